import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { decodeText } from './decode-text.ts';
import { type ImageVerdict, judgeImage } from './judge-image.ts';
import { parseReference } from './reference.ts';
import type { SourceReader } from './source-reader.ts';
import type { DocsFile, SpecNode } from './spec-document.ts';

/** A logo larger than this is refused: it is on every page. */
const largestLogoBytes = 256 * 1024;

/** A page larger than this is refused. */
const largestPageBytes = 1024 * 1024;

/** Files that `x-docs` names, by the `identity` of the place that names them. */
export interface DocsFiles {
  readonly files: ReadonlyMap<string, DocsFile>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the files that `x-docs` at the root names without a `$ref`: the logo and the pages. They are found and refused
 * as references are: below the spec's folder, relative to the file that names them.
 */
export async function readDocsFiles(reader: SourceReader, root: SpecNode): Promise<DocsFiles> {
  const docs = root.get('x-docs');
  const files = new Map<string, DocsFile>();
  const diagnostics: Diagnostic[] = [];
  const logo = docs?.get('logo');
  const pages = (docs?.get('pages')?.entries() ?? []).map(([, page]) => page);
  const wanted = [...(logo === undefined ? [] : [{ node: logo, kind: logoKind }]), ...pages.map(asPage)];
  for (const { node, kind } of wanted) {
    if (typeof node.value !== 'string' || node.value === '') continue;
    const found = await readOne(reader, node, node.value, kind);
    if ('kind' in found) files.set(node.identity, found);
    else diagnostics.push(found);
  }
  return { files, diagnostics };
}

/** What files of a kind are called, and what is made of their bytes: a text says why not. */
interface FileKind {
  readonly name: string;
  readonly pattern: RegExp;
  readonly expected: string;
  readonly largestBytes: number;
  understand(file: string, bytes: Uint8Array): DocsFile | Fault;
}

interface Fault {
  readonly code: DiagnosticCode;
  readonly message: string;
}

const logoKind: FileKind = {
  name: 'logo',
  pattern: /\.(svg|png|jpe?g|webp)$/i,
  expected: 'A logo is an SVG, PNG, JPEG or WebP image, and its name says which.',
  largestBytes: largestLogoBytes,
  understand: (file, bytes) => {
    const verdict: ImageVerdict = judgeImage(file, bytes);
    if (!verdict.ok) return { code: 'docs-file', message: verdict.message };
    return { kind: 'logo', file, extension: verdict.extension, base64: Buffer.from(bytes).toString('base64') };
  },
};

const pageKind: FileKind = {
  name: 'page',
  pattern: /\.(md|markdown)$/i,
  expected: 'A page is a Markdown file, called `….md`.',
  largestBytes: largestPageBytes,
  understand: (file, bytes) => {
    const decoded = decodeText(bytes);
    return decoded.ok
      ? { kind: 'page', file, markdown: decoded.text }
      : { code: 'invalid-encoding', message: decoded.message };
  },
};

function asPage(node: SpecNode): { readonly node: SpecNode; readonly kind: FileKind } {
  return { node, kind: pageKind };
}

async function readOne(
  reader: SourceReader,
  node: SpecNode,
  path: string,
  kind: FileKind,
): Promise<DocsFile | Diagnostic> {
  const what = `The ${kind.name} ${JSON.stringify(path)}`;
  const parsed = parseReference(path, node.origin.file);
  if (parsed.kind === 'refused') return report(parsed.code, node.origin, parsed.message);
  if (path.includes('#') || !kind.pattern.test(parsed.file)) {
    return report('docs-file', node.origin, `${what} is none by its name.`, kind.expected);
  }
  const bytes = await reader.openBytes(parsed.file, kind.largestBytes);
  const found = 'kind' in bytes ? bytes : kind.understand(parsed.file, bytes);
  if (!('code' in found)) return found;
  const cannot = `${what} cannot be read: ${found.message}`;
  return report(found.code, node.origin, cannot, helpOf(found.code, kind));
}

/** What the catalogue says of documents does not always fit a picture. */
function helpOf(code: DiagnosticCode, { name, expected }: FileKind): string | undefined {
  switch (code) {
    case 'reference-file-not-found':
      return 'The path is relative to the file that names it.';
    case 'file-too-large':
      return `Take a smaller ${name}.`;
    case 'docs-file':
      return expected;
    default:
      return undefined;
  }
}
