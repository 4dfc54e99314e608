import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { GeneratedFile } from '../emit/generated-file.ts';
import type { InputFile } from '../load/load.ts';
import { openOutputFolder } from '../write/output-folder.ts';
import { cacheFolder } from './cache-folder.ts';
import { type CacheRecord, readRecord, sha256, writeRecord } from './record.ts';
import { toolFingerprint } from './tool-fingerprint.ts';

/** Which run is asked for, in absolute paths. */
export interface CacheQuestion {
  readonly spec: string;
  readonly out: string;
  /** Where the user is; decides where records are kept. */
  readonly workingDirectory: string;
}

/** A run whose result stands on the disk as a new run would leave it. */
export interface CachedRun {
  readonly outputs: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every input by `Origin.file`, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Answers a run that would change nothing: the same tool wrote this output from these bytes, and both still are what
 * they were. Everything is compared by content, so that no clock and no editor can make the answer wrong.
 * @returns null when that is not certain, for whatever reason.
 */
export function lookUp(question: CacheQuestion): CachedRun | null {
  try {
    const record = readRecord(recordPath(question));
    if (record === null || record.tool !== toolFingerprint()) return null;
    const texts = unchangedInputs(question, record);
    if (texts === null || !outputsAreUnchanged(question, record)) return null;
    return { outputs: record.outputs.length, diagnostics: record.diagnostics, texts };
  } catch {
    return null;
  }
}

/** Remembers a run without errors. Not being able to is no failure. */
export function remember(
  question: CacheQuestion,
  run: {
    readonly inputs: readonly InputFile[];
    readonly files: readonly GeneratedFile[];
    readonly diagnostics: readonly Diagnostic[];
  },
): void {
  try {
    writeRecord(recordPath(question), {
      tool: toolFingerprint(),
      specFolder: realpathSync(dirname(question.spec)),
      inputs: run.inputs,
      outputs: run.files.map(({ path, content }) => ({ path, sha256: sha256(content) })),
      diagnostics: run.diagnostics,
    });
  } catch {
    // The next run does the work again.
  }
}

/** One record for every spec and output folder; a later run replaces it. */
function recordPath({ spec, out, workingDirectory }: CacheQuestion): string {
  const key = JSON.stringify([spec, out]);
  return join(cacheFolder(workingDirectory), `generate-${sha256(key)}.json`);
}

/** A link put in the place of a file may lead out of the folder, which a new run would refuse: there may be none. */
function unchangedInputs(question: CacheQuestion, record: CacheRecord): ReadonlyMap<string, string> | null {
  const folder = realpathSync(dirname(question.spec));
  if (folder !== record.specFolder) return null;
  const texts = new Map<string, string>();
  for (const { path, sha256: expected } of record.inputs) {
    const full = join(folder, path);
    const content = readFileSync(full);
    if (realpathSync(full) !== full || sha256(content) !== expected) return null;
    texts.set(path, content.toString('utf8'));
  }
  return texts;
}

function outputsAreUnchanged({ out }: CacheQuestion, record: CacheRecord): boolean {
  const folder = openOutputFolder(out);
  return record.outputs.every(({ path, sha256: expected }) => {
    const entry = folder?.entry(path);
    return entry?.kind === 'file' && sha256(entry.content) === expected;
  });
}
