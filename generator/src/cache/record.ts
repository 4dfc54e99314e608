import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What is remembered of a run without errors. */
export interface CacheRecord {
  /** See `toolFingerprint`. */
  readonly tool: string;
  /** Absolute, without links. */
  readonly specFolder: string;
  readonly inputs: readonly HashedFile[];
  /** Paths below the output folder. */
  readonly outputs: readonly HashedFile[];
  /** Warnings, to be told again. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface HashedFile {
  readonly path: string;
  readonly sha256: string;
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Reads a record; null when there is none that can be read. */
export function readRecord(path: string): CacheRecord | null {
  try {
    const { sum, record } = JSON.parse(readFileSync(path, 'utf8')) as { sum: string; record: CacheRecord };
    return sum === sha256(JSON.stringify(record)) ? record : null;
  } catch {
    return null;
  }
}

/** Writes a record at once, so that no other run reads half of it. */
export function writeRecord(path: string, record: CacheRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify({ sum: sha256(JSON.stringify(record)), record }));
  renameSync(temporary, path);
  forgetOldest(dirname(path));
}

/** Records of projects that are gone would stay for ever. */
function forgetOldest(folder: string): void {
  const records = readdirSync(folder).map((name) => ({ name, written: statSync(join(folder, name)).mtimeMs }));
  const oldest = records.sort((a, b) => b.written - a.written).slice(recordsKept);
  for (const { name } of oldest) rmSync(join(folder, name), { force: true });
}

const recordsKept = 50;
