import { didYouMean } from '@eventloom/engine';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import { childOf, identityOf, keysOf, type Location, referenceAt, rootOf } from './location.ts';
import { parseReference, type ReferenceTarget } from './reference.ts';
import type { SourceFile } from './source-file.ts';

/** The files read so far, by name. */
export interface Files {
  get(name: string): SourceFile | undefined;
}

/** Where a reference leads, or why it leads nowhere. */
export type Followed =
  | { readonly kind: 'found'; readonly location: Location }
  | { readonly kind: 'lost'; readonly code: DiagnosticCode; readonly message: string; readonly help?: string }
  /** The file is not there or not usable, which is reported where it is read. */
  | { readonly kind: 'unread' }
  /** The references from here come back to themselves; `loop` names the places. */
  | { readonly kind: 'loop'; readonly loop: readonly string[] };

/** Follows one `$ref` that stands in `file`, but not a `$ref` that stands where it leads. */
export function followOnce(files: Files, file: SourceFile, reference: string): Followed {
  const parsed = parseReference(reference, file.name);
  if (parsed.kind === 'refused') return { kind: 'lost', code: parsed.code, message: parsed.message };
  const target = files.get(parsed.file);
  if (target === undefined || !target.usable) return { kind: 'unread' };
  return find(files, target, parsed.target, reference, new Set());
}

/** Follows references from `location` until a place that is none. */
export function followAll(files: Files, location: Location): Followed {
  return follow(files, location, new Set());
}

/** `onTheWay` holds the references being followed, also those that a pointer passes through. */
function follow(files: Files, start: Location, onTheWay: Set<string>): Followed {
  let location = start;
  const passed: string[] = [];
  for (;;) {
    const reference = referenceAt(location);
    if (reference === undefined) return { kind: 'found', location };
    const identity = identityOf(location);
    if (onTheWay.has(identity)) return { kind: 'loop', loop: [...onTheWay].slice([...onTheWay].indexOf(identity)) };
    onTheWay.add(identity);
    passed.push(identity);
    const parsed = parseReference(reference, location.file.name);
    if (parsed.kind === 'refused') return { kind: 'lost', code: parsed.code, message: parsed.message };
    const file = files.get(parsed.file);
    if (file === undefined || !file.usable) return { kind: 'unread' };
    const next = find(files, file, parsed.target, reference, onTheWay);
    if (next.kind !== 'found') return next;
    location = next.location;
  }
}

function find(
  files: Files,
  file: SourceFile,
  target: ReferenceTarget,
  reference: string,
  onTheWay: Set<string>,
): Followed {
  if (target.kind === 'name') return findNamed(file, target.name, reference);
  let location = rootOf(file);
  for (const key of target.keys) {
    const child = childOf(location, key);
    if (child !== undefined) {
      location = child;
      continue;
    }
    const through = referenceAt(location) === undefined ? undefined : follow(files, location, onTheWay);
    if (through !== undefined && through.kind !== 'found') return through;
    const beyond = through === undefined ? undefined : childOf(through.location, key);
    if (beyond === undefined) return lost(through?.location ?? location, key, reference);
    location = beyond;
  }
  return { kind: 'found', location };
}

function lost(parent: Location, key: string, reference: string): Followed {
  const where = parent.pointer === '' ? `${parent.file.name} has` : `${parent.pointer} of ${parent.file.name} has`;
  const what = Array.isArray(parent.value) ? `no element ${key}` : `no ${JSON.stringify(key)}`;
  const message = `The reference ${JSON.stringify(reference)} leads nowhere: ${where} ${what}.`;
  const suggestion = didYouMean(key, keysOf(parent.value));
  return { kind: 'lost', code: 'reference-not-found', message, ...(suggestion === '' ? {} : { help: suggestion }) };
}

function findNamed(file: SourceFile, name: string, reference: string): Followed {
  const names = new Map<string, Location>();
  collectNames(rootOf(file), names, new Set());
  const location = names.get(name);
  if (location !== undefined) return { kind: 'found', location };
  const message = `The reference ${JSON.stringify(reference)} leads nowhere: no schema in ${file.name} has \`$id: '#${name}'\`.`;
  const pointer = name.includes('/') ? `A pointer starts with a slash: \`#/${name}\`.` : '';
  const help = didYouMean(name, names.keys()) || pointer;
  return { kind: 'lost', code: 'reference-not-found', message, ...(help === '' ? {} : { help }) };
}

function collectNames(location: Location, names: Map<string, Location>, seen: Set<unknown>): void {
  const { value, area } = location;
  if (area === 'data' || typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  const id: unknown = Object.hasOwn(value, '$id') ? (value as Record<string, unknown>).$id : undefined;
  if (area === 'object' && typeof id === 'string' && id.startsWith('#')) names.set(id.slice(1), location);
  for (const key of keysOf(value)) {
    const child = childOf(location, key);
    if (child !== undefined) collectNames(child, names, seen);
  }
}
