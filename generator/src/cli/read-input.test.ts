import { describe, expect, it } from 'vitest';
import { matchLine } from './match.ts';
import { maximumLineCharacters, readLines } from './read-input.ts';

async function* streamed(...chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}

async function linesOf(...chunks: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of readLines(streamed(...chunks))) lines.push(line);
  return lines;
}

describe('lines of a stream', () => {
  it('are put together from chunks that break anywhere, and lose their line breaks', async () => {
    expect(await linesOf('a', 'b\r', '\nc\n\nd', '', '\n', 'e')).toEqual(['ab', 'c', '', 'd', 'e']);
    expect(await linesOf('a\n')).toEqual(['a']);
    expect(await linesOf()).toEqual([]);
  });

  it('are read in linear time, however long one is', async () => {
    const chunks = Array(4_000).fill('x'.repeat(8_192));
    const start = performance.now();
    expect((await linesOf(...chunks)).map(({ length }) => length)).toEqual([4_000 * 8_192]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('are cut when they are longer than can be read, and then refused', async () => {
    const chunks = Array(2_100).fill('x'.repeat(32_768));
    const [line = '', next] = await linesOf(...chunks, '\nnext');
    expect([line.length, next]).toEqual([maximumLineCharacters + 1, 'next']);
    expect(matchLine(line)).toBe('invalid: the line has more than 67108864 characters');
  });
});
