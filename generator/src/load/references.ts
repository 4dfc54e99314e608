import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { fileCycles } from './file-cycles.ts';
import { followAll, followOnce } from './follow.ts';
import { childOf, keysOf, type Location, referenceAt, referenceOriginOf, rootOf } from './location.ts';
import { parseReference } from './reference.ts';
import type { SourceFile } from './source-file.ts';
import type { SourceReader } from './source-reader.ts';

/** A reference from one file to another. */
export interface FileReference {
  readonly from: string;
  readonly to: string;
  /** Where the `$ref` stands. */
  readonly location: Location;
}

/**
 * Reads every file that references reach from the spec, and reports references that lead nowhere, to themselves, out
 * of the folder, or round in a circle of files. Only what is reached is looked at.
 */
export async function readReferences(reader: SourceReader, spec: SourceFile): Promise<readonly Diagnostic[]> {
  const walk = new ReferenceWalk(reader);
  await walk.from(rootOf(spec));
  return [...walk.diagnostics, ...fileCycles(spec.name, walk.fileReferences)];
}

class ReferenceWalk {
  readonly diagnostics: Diagnostic[] = [];
  readonly fileReferences: FileReference[] = [];
  readonly #reader: SourceReader;
  readonly #seen = new Set<unknown>();
  readonly #loops = new Set<string>();
  readonly #pending: Location[] = [];

  constructor(reader: SourceReader) {
    this.#reader = reader;
  }

  async from(root: Location): Promise<void> {
    this.#collect(root);
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) await this.#visit(next);
  }

  /** Queues the references at and below a place. */
  #collect(location: Location): void {
    const { value, area } = location;
    if (area === 'data' || typeof value !== 'object' || value === null || this.#seen.has(value)) return;
    this.#seen.add(value);
    // JSON Schema evaluates what stands beside a `$ref` as Ajv does, so references there count too.
    const isReference = referenceAt(location) !== undefined;
    if (isReference) this.#pending.push(location);
    else if (area === 'object' && Object.hasOwn(value, '$ref')) this.#reportNoText(location);
    for (const key of keysOf(value)) {
      const child = childOf(location, key);
      if (child !== undefined) this.#collect(child);
    }
  }

  async #visit(location: Location): Promise<void> {
    const reference = referenceAt(location);
    if (reference === undefined) return;
    const parsed = parseReference(reference, location.file.name);
    if (parsed.kind === 'local' && parsed.file !== location.file.name) {
      this.fileReferences.push({ from: location.file.name, to: parsed.file, location });
      const file = await this.#reader.open(parsed.file);
      if ('kind' in file) {
        const message = `The reference ${JSON.stringify(reference)} cannot be followed: ${file.message}`;
        const help = file.code === 'reference-file-not-found' ? await this.#nearbyFile(location, reference) : undefined;
        this.diagnostics.push(report(file.code, referenceOriginOf(location), message, help));
        return;
      }
    }
    const followed = followOnce(this.#reader, location.file, reference);
    if (followed.kind === 'lost') {
      this.diagnostics.push(report(followed.code, referenceOriginOf(location), followed.message, followed.help));
    } else if (followed.kind === 'found') this.#collect(followed.location);
    this.#reportLoop(location);
  }

  /** A common slip: the path is right from the folder of the spec, but not from that of the file it stands in. */
  async #nearbyFile(location: Location, reference: string): Promise<string | undefined> {
    const fromSpec = parseReference(reference, '');
    if (fromSpec.kind === 'refused' || !(await this.#reader.exists(fromSpec.file))) return undefined;
    const path = relativePath(location.file.name, fromSpec.file);
    return `Paths are relative to the file that contains the \`$ref\`. Did you mean ${JSON.stringify(path)}?`;
  }

  #reportLoop(location: Location): void {
    const followed = followAll(this.#reader, location);
    if (followed.kind !== 'loop') return;
    const loop = [...followed.loop].sort().join(' ');
    if (this.#loops.has(loop)) return;
    this.#loops.add(loop);
    const way =
      followed.loop.length === 1 ? '' : ` through ${followed.loop.length} references: ${followed.loop.join(' → ')}`;
    this.diagnostics.push(
      report('circular-reference', referenceOriginOf(location), `The reference comes back to itself${way}.`),
    );
  }

  #reportNoText(location: Location): void {
    const message = 'The value of `$ref` is not text.';
    this.diagnostics.push(report('malformed-reference', referenceOriginOf(location), message));
  }
}

/** The path that leads from one file to another, both seen from the same folder. */
function relativePath(from: string, to: string): string {
  const folders = from.split('/').slice(0, -1);
  const steps = to.split('/');
  let shared = 0;
  while (shared < folders.length && folders[shared] === steps[shared]) shared++;
  const up = '../'.repeat(folders.length - shared);
  return `${up === '' ? './' : up}${steps.slice(shared).join('/')}`;
}
