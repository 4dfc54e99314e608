import { resolve } from 'node:path';
import { check } from './check/check.ts';
import { deduplicate } from './diagnostics/deduplicate.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { sortDiagnostics } from './diagnostics/sort.ts';
import { type InputFile, load } from './load/load.ts';
import { filesOnDisk, type ReadFile } from './load/read-file.ts';
import type { SpecDocument } from './load/spec-document.ts';
import { buildModel } from './model/build-model.ts';
import type { EventModel } from './model/event-model.ts';
import { UsageError } from './usage-error.ts';

/** Which spec is loaded. */
export interface LoadModelOptions {
  /** Path of the spec, from the working directory. */
  readonly spec: string;
  /** How files are read. Default: from the disk. */
  readonly io?: ReadFile;
}

/** A spec as far as it was understood. */
export interface LoadedModel {
  /** Path of the spec, as it was given. */
  readonly spec: string;
  /** True when there is no error among the diagnostics; then `model` is there. */
  readonly ok: boolean;
  /** With errors it holds what could be understood, and may be null; it is never emitted then. */
  readonly model: EventModel | null;
  /** The spec as it is written, with the files it refers to; null when nothing of it can be read. */
  readonly document: SpecDocument | null;
  /** Everything there is to say about the spec, each once, sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, the spec first; paths are relative to the spec's folder. */
  readonly inputs: readonly InputFile[];
  /** Text of every file by `Origin.file`, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads a spec, builds its model and judges it. Mistakes in the spec are diagnostics, all of them at once.
 * @throws {UsageError} when there is no readable file at the path.
 */
export async function loadModel({ spec, io = filesOnDisk }: LoadModelOptions): Promise<LoadedModel> {
  const { kind, document, diagnostics: found, inputs, texts } = await load(spec, io);
  const [first] = found;
  if (kind === 'missing') {
    const message = `${(first?.message ?? 'There is no spec').replace(/\.$/, '')} (${resolve(spec)}).`;
    throw new UsageError(first?.code ?? 'spec-not-found', message, { help: first?.help ?? '', file: spec });
  }
  const built = document === null ? { model: null, diagnostics: [] } : buildModel(document);
  const judged = built.model === null ? [] : check(built.model);
  const diagnostics = sortDiagnostics(deduplicate([...found, ...built.diagnostics, ...judged]));
  const ok = built.model !== null && diagnostics.every(({ severity }) => severity !== 'error');
  return { spec, ok, model: built.model, document, diagnostics, inputs, texts };
}
