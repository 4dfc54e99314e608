import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes a folder to measure in, in memory where the system has such a place. A disk is no part of what is measured, and
 * its cost is not steady: ext4 passes over the inodes of files deleted in the last minutes one by one, so that making
 * 3,200 files takes the kernel 0.2 s, or 3 s after many were deleted.
 */
export function makeScratchFolder(): string {
  return mkdtempSync(join(existsSync(inMemory) ? inMemory : tmpdir(), 'eventloom-bench-'));
}

const inMemory = '/dev/shm';
