import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { emit } from './emit/emit.ts';
import type { GeneratedFile } from './emit/generated-file.ts';
import { type LoadedModel, type LoadModelOptions, loadModel } from './load-model.ts';
import type { QueueIdentities } from './model/infrastructure/queue-identities.ts';
import { replacedQueues } from './replaced-queues.ts';
import { packageVersion } from './version.ts';
import { openOutputFolder } from './write/output-folder.ts';
import { readManifest, type WriteReport, writeOutput } from './write/write-output.ts';

/** What is generated from which spec, and where to. */
export interface GenerateOptions extends LoadModelOptions {
  /** Output folder, from the working directory. */
  readonly out: string;
  /** Write nothing, only report what would change. Default: false. */
  readonly check?: boolean;
}

/** What came of it: the output, and what is to be said about the spec. */
export interface GenerateResult extends LoadedModel {
  /** What was written, or with `check` would be; null when the spec has errors, and then nothing was. */
  readonly report: WriteReport | null;
  /** The whole output; empty when the spec has errors. */
  readonly files: readonly GeneratedFile[];
  /**
   * Warnings of queues that the output had before and has no more. Beside the diagnostics of the spec, since they are about
   * this run: the next one finds the new output.
   */
  readonly replacedQueues: readonly Diagnostic[];
}

/**
 * The whole line: load, model, check, emit, write.
 * @throws {UsageError} when the spec is missing or the output folder cannot be written.
 */
export async function generate({ out, check = false, ...input }: GenerateOptions): Promise<GenerateResult> {
  const loaded = await loadModel(input);
  if (!loaded.ok || loaded.model === null) return { ...loaded, report: null, files: [], replacedQueues: [] };
  const files = emit(loaded.model, packageVersion());
  const warnings = replacedQueues(loaded.model, queuesBefore(out));
  return { ...loaded, files, replacedQueues: warnings, report: writeOutput(files, out, { check }) };
}

/** The queues of the output as it stands; none when it has no manifest that says. */
function queuesBefore(out: string): QueueIdentities {
  const folder = openOutputFolder(out);
  return (folder === null ? null : readManifest(folder))?.queues ?? {};
}
