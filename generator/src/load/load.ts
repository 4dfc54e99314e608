import { deduplicate } from '../diagnostics/deduplicate.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { checkConformance } from './conformance/check-conformance.ts';
import { Cursor } from './cursor.ts';
import { readDefinitions } from './definitions.ts';
import { readDocsFiles } from './docs-files.ts';
import { rootOf } from './location.ts';
import type { ReadFile } from './read-file.ts';
import { readReferences } from './references.ts';
import type { SourceFile } from './source-file.ts';
import { type InputFile, type Refusal, SourceReader } from './source-reader.ts';
import type { SpecDocument } from './spec-document.ts';
import { versionProblem } from './version.ts';

export type { InputFile } from './source-reader.ts';

/** What came of reading a spec. */
export interface LoadResult {
  /** `missing`: there is no readable file at the path, which is a usage error; else the spec was read. */
  readonly kind: 'read' | 'missing';
  /** Null when the spec's own syntax or version leaves nothing to look at. May be there along with errors. */
  readonly document: SpecDocument | null;
  /** Every file that was read, the spec first. */
  readonly inputs: readonly InputFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file by `Origin.file`, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What to do beyond reading. */
export interface LoadOptions {
  /** Whether the document is held against the AsyncAPI specification; default true. It is most of the work. */
  readonly conformance?: boolean;
}

/**
 * Reads a spec with all files it refers to, and holds it against the AsyncAPI specification. Touches files only
 * through `io`, nothing outside the spec's folder, and never the network. Whatever is wrong with the spec is a
 * diagnostic, and all of them are found at once.
 */
export async function load(specPath: string, io: ReadFile, options: LoadOptions = {}): Promise<LoadResult> {
  const { folder, name } = splitPath(specPath);
  const reader = new SourceReader(io, folder);
  const spec = await reader.open(name);
  if ('kind' in spec) return missing(name, spec, reader);
  const found = await examine(spec, reader, options.conformance ?? true);
  return result(reader, found.document, [...reader.diagnostics, ...found.diagnostics]);
}

async function examine(
  spec: SourceFile,
  reader: SourceReader,
  conformance: boolean,
): Promise<{ document: SpecDocument | null; diagnostics: readonly Diagnostic[] }> {
  if (!spec.usable) return { document: null, diagnostics: [] };
  const root = rootOf(spec);
  const version = versionProblem(root);
  if (version !== undefined) return { document: null, diagnostics: [version] };
  const references = await readReferences(reader, spec);
  const cursor = new Cursor(reader, root);
  const definitions = await readDefinitions(reader, cursor);
  const docs = await readDocsFiles(reader, cursor);
  const document = { root: cursor, file: spec.name, docsFiles: docs.files };
  const conforming = conformance ? await checkConformance(reader, root) : [];
  return { document, diagnostics: [...references, ...definitions, ...docs.diagnostics, ...conforming] };
}

function missing(name: string, refusal: Refusal, reader: SourceReader): LoadResult {
  const code = refusal.code === 'reference-file-not-found' ? 'spec-not-found' : refusal.code;
  const origin = { file: name, pointer: '', line: 1, column: 1 };
  const problem = report(code, origin, refusal.message);
  return { ...result(reader, null, [problem]), kind: 'missing' };
}

function result(reader: SourceReader, document: SpecDocument | null, diagnostics: readonly Diagnostic[]): LoadResult {
  const { inputs, texts } = reader;
  return { kind: 'read', document, inputs, diagnostics: deduplicate(diagnostics), texts };
}

function splitPath(path: string): { folder: string; name: string } {
  const normal = path.replaceAll('\\', '/');
  const slash = normal.lastIndexOf('/');
  const folder = slash === -1 ? '' : slash === 0 ? '/' : normal.slice(0, slash);
  return { folder, name: normal.slice(slash + 1) };
}
