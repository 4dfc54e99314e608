import type { DiagnosticCode } from '../diagnostics/codes.ts';
import { parsePointer } from './json-pointer.ts';

/** A `$ref` taken apart. */
export type Reference =
  | {
      readonly kind: 'local';
      /** File it leads to, relative to the spec's folder. */
      readonly file: string;
      readonly target: ReferenceTarget;
    }
  | { readonly kind: 'refused'; readonly code: DiagnosticCode; readonly message: string };

/** What a fragment selects in a file. */
export type ReferenceTarget =
  | { readonly kind: 'pointer'; readonly keys: readonly string[] }
  /** A schema with `$id: '#<name>'`. */
  | { readonly kind: 'name'; readonly name: string };

/** Takes apart a `$ref` that stands in `file` (relative to the spec's folder, with `/`). Reads nothing. */
export function parseReference(reference: string, file: string): Reference {
  const hash = reference.indexOf('#');
  const path = hash === -1 ? reference : reference.slice(0, hash);
  const target = parseFragment(hash === -1 ? '' : reference.slice(hash + 1));
  if (reference === '' || target === undefined) return refuse('malformed-reference', reference, 'is not a reference');
  if (path === '') return { kind: 'local', file, target };
  if (/^([a-z]:[\\/]|file:|\/(?!\/)|\\)/i.test(path)) {
    return refuse('reference-outside-folder', reference, 'is an absolute path');
  }
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(path)) return refuse('remote-reference', reference, 'points to the network');
  const decoded = decode(path);
  if (decoded === undefined || decoded.includes('\\') || decoded.includes('\0')) {
    return refuse('malformed-reference', reference, 'is not a relative path with `/` between its folders');
  }
  const resolved = joinPath(file, decoded);
  if (resolved === undefined)
    return refuse('reference-outside-folder', reference, 'leads out of the folder of the spec');
  return { kind: 'local', file: resolved, target };
}

function refuse(code: DiagnosticCode, reference: string, why: string): Reference {
  return { kind: 'refused', code, message: `The reference ${JSON.stringify(reference)} ${why}.` };
}

function parseFragment(fragment: string): ReferenceTarget | undefined {
  const decoded = decode(fragment);
  if (decoded === undefined) return undefined;
  if (decoded !== '' && !decoded.startsWith('/')) return { kind: 'name', name: decoded };
  const keys = parsePointer(decoded);
  return keys === undefined ? undefined : { kind: 'pointer', keys };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** `path` as seen from the folder of `file`; undefined when it leaves the top folder. */
function joinPath(file: string, path: string): string | undefined {
  const steps = file.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
