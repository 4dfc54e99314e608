import { decodeText } from './decode-text.ts';
import type { ImageExtension } from './spec-document.ts';

/** What an image is, or why it is not taken. */
export type ImageVerdict =
  | { readonly ok: true; readonly extension: ImageExtension }
  | { readonly ok: false; readonly message: string };

/**
 * Judges an image by its first bytes, which must agree with its name. An SVG may only draw: a browser that opens the
 * file by itself would run what is in it.
 */
export function judgeImage(file: string, bytes: Uint8Array): ImageVerdict {
  const named = extensionOf(file);
  const found = signatures.find(({ matches }) => matches(bytes))?.extension ?? (isSvg(bytes) ? 'svg' : null);
  if (found === null || found !== named) {
    const is = found === null ? 'no image that a page can show' : `${article(found)} image`;
    return { ok: false, message: `its content is ${is}, whatever its name says.` };
  }
  const active = found === 'svg' ? activePart(new TextDecoder().decode(bytes)) : null;
  if (active !== null) return { ok: false, message: `it holds \`${active}\`; a logo may only draw.` };
  return { ok: true, extension: found };
}

function extensionOf(file: string): string {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  return extension === 'jpeg' ? 'jpg' : extension;
}

function article(extension: ImageExtension): string {
  return `${extension === 'svg' ? 'an' : 'a'} ${extension.toUpperCase()}`;
}

const signatures: readonly { readonly extension: ImageExtension; matches(bytes: Uint8Array): boolean }[] = [
  { extension: 'png', matches: (bytes) => hasBytes(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { extension: 'jpg', matches: (bytes) => hasBytes(bytes, 0, [0xff, 0xd8, 0xff]) },
  {
    extension: 'webp',
    // `RIFF`, four bytes of length, `WEBP`.
    matches: (bytes) => hasBytes(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && hasBytes(bytes, 8, [0x57, 0x45, 0x42, 0x50]),
  },
];

function hasBytes(bytes: Uint8Array, offset: number, expected: readonly number[]): boolean {
  return expected.every((byte, index) => bytes[offset + index] === byte);
}

/** An element `svg` after at most a declaration, a document type and comments. */
function isSvg(bytes: Uint8Array): boolean {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return false;
  let rest = decoded.text.trimStart();
  for (const [start, end] of prologues) {
    while (rest.startsWith(start)) {
      const close = rest.indexOf(end, start.length);
      if (close === -1) return false;
      rest = rest.slice(close + end.length).trimStart();
    }
  }
  return /^<svg[\s>]/.test(rest);
}

const prologues = [
  ['<?xml', '?>'],
  ['<!--', '-->'],
  ['<!DOCTYPE', '>'],
  ['<!--', '-->'],
] as const;

/** The first thing in an SVG that does more than draw, as it is written; null without one. */
function activePart(svg: string): string | null {
  const found =
    /<(?:[\w-]+:)?(?:script|foreignObject|iframe|handler)\b|<!ENTITY|\battributeName\s*=\s*["']?\s*(?:\w+:)?href|\son\w+\s*=|javascript\s*:/i.exec(
      svg,
    );
  return found === null ? outsideReference(svg) : found[0].trim();
}

/** A logo that loads another file would ask the network for it. */
function outsideReference(svg: string): string | null {
  const references = svg.matchAll(/\b(?:href|src)\s*=\s*["']?\s*([^"'\s>]+)|\burl\(\s*["']?\s*([^"'\s)]+)|@import/gi);
  for (const [whole, href = '', url = ''] of references) {
    const target = href + url;
    if (!/^(#|data:image\/(png|jpeg|webp|gif)[;,])/i.test(target))
      return whole.length > 60 ? `${whole.slice(0, 57)}…` : whole;
  }
  return null;
}
