import { relative, resolve } from 'node:path';

/** Turns a path relative to the spec's folder (`Origin.file`) into the path a user sees. */
export type DisplayPath = (file: string) => string;

/**
 * Shows paths relative to the working directory, with `/`.
 *
 * @param specPath the spec as the user gave it
 * @param workingDirectory absolute
 */
export function displayFrom(specPath: string, workingDirectory: string): DisplayPath {
  const folder = resolve(workingDirectory, specPath, '..');
  return (file) => relative(workingDirectory, resolve(folder, file)).replaceAll('\\', '/');
}
