import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import type { Terminal } from './terminal.ts';

/** Characters of a line that are read; what a longer one has beyond the next is dropped. */
export const maximumLineCharacters = 67_108_864;

/**
 * Lines of a stream of text, each as soon as it is complete, without its line break. Takes time linear in the text; a line
 * of more than {@link maximumLineCharacters} is cut one character after them.
 */
export async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let pieces: string[] = [];
  let room = maximumLineCharacters + 1;
  const keep = (piece: string): void => {
    const kept = piece.slice(0, room);
    room -= kept.length;
    if (kept !== '') pieces.push(kept);
  };
  const takeLine = (): string => {
    const line = pieces.join('').replace(/\r$/, '');
    pieces = [];
    room = maximumLineCharacters + 1;
    return line;
  };
  for await (const chunk of chunks) {
    const [first = '', ...others] = chunk.split('\n');
    keep(first);
    for (const other of others) {
      yield takeLine();
      keep(other);
    }
  }
  if (pieces.length > 0) yield takeLine();
}

/**
 * Reads a JSON file, or standard input for `-`.
 * @throws {UsageError} when it is missing or no JSON.
 */
export async function readJsonInput(path: string, terminal: Terminal): Promise<unknown> {
  const name = path === '-' ? 'standard input' : path;
  const text = path === '-' ? await readAll(terminal.input) : readFile(path, terminal.workingDirectory);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError('input-not-json', `${name} is no JSON: ${reason}.`, {
      file: path === '-' ? '' : path,
      cause: error,
    });
  }
}

async function readAll(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

function readFile(path: string, workingDirectory: string): string {
  try {
    return readFileSync(resolve(workingDirectory, path), 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const message = missing ? `There is no file ${path}.` : `Cannot read ${path}: ${String(error)}.`;
    throw new UsageError('input-missing', message, { file: path, cause: error });
  }
}
