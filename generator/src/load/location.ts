import type { Origin } from '../diagnostics/diagnostic.ts';
import { type Area, areaBelow } from './areas.ts';
import { appendToPointer } from './json-pointer.ts';
import { originAt, type SourceFile } from './source-file.ts';
import { childEntry } from './syntax/position-tape.ts';

/** One value in one file. */
export interface Location {
  readonly file: SourceFile;
  /** Its entry on the file's tape. */
  readonly entry: number;
  readonly pointer: string;
  readonly value: unknown;
  readonly area: Area;
}

/** The whole of a file. */
export function rootOf(file: SourceFile): Location {
  return { file, entry: 0, pointer: '', value: file.value, area: 'object' };
}

/** The child at `key`; undefined when the value has no such own key or element. */
export function childOf(location: Location, key: string): Location | undefined {
  const { file, value } = location;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  if (Array.isArray(value) && key === 'length') return undefined;
  const child: unknown = (value as Record<string, unknown>)[key];
  const entry = childEntry(file.tape, location.entry, key) ?? location.entry;
  return {
    file,
    entry,
    pointer: appendToPointer(location.pointer, key),
    value: child,
    area: areaBelow(location.area, key, child),
  };
}

/** The keys of an object or the indices of an array, in the order in which they are written or, for numbers, sorted. */
export function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** Where the value is written; for one on a later line than its key, where the key is. */
export function originOf(location: Location): Origin {
  const { file, entry, pointer } = location;
  return originAt(file, file.tape.valueOffsets[entry] ?? 0, pointer);
}

/** Where the key of the value is written. */
export function keyOriginOf(location: Location): Origin {
  const { file, entry, pointer } = location;
  return originAt(file, file.tape.keyOffsets[entry] ?? 0, pointer);
}

/** `<file>#<pointer>`. */
export function identityOf(location: Location): string {
  return `${location.file.name}#${location.pointer}`;
}

/** The `$ref` of a place that is a reference; undefined for any other place. */
export function referenceAt(location: Location): string | undefined {
  const { value, area } = location;
  if (area === 'data' || typeof value !== 'object' || value === null || !Object.hasOwn(value, '$ref')) return undefined;
  const reference: unknown = (value as Record<string, unknown>).$ref;
  return typeof reference === 'string' ? reference : undefined;
}

/** Where the `$ref` of a reference is written. */
export function referenceOriginOf(location: Location): Origin {
  return keyOriginOf(childOf(location, '$ref') ?? location);
}
