import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The repository, where `tsx` is found. */
const repository = join(import.meta.dirname, '../../..');
const entry = new URL('./main.ts', import.meta.url).href;
const script = `
const { main } = await import(${JSON.stringify(entry)});
process.exitCode = await main(process.argv.slice(1));
`;

describe('processTerminal', () => {
  test('a reader that goes away is no error', { timeout: 30_000 }, async () => {
    const args = [
      '--conditions=@eventloom/source',
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      script,
      'match',
    ];
    const child = spawn(process.execPath, args, { cwd: repository, stdio: 'pipe' });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const line = `{"pattern":{"a":[1]},"event":{"a":1}}\n`;
    child.stdin.on('error', () => {});
    child.stdin.write(line);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stdin.end(line.repeat(20_000));
    const [code] = await once(child, 'close');
    expect([code, errors]).toEqual([0, '']);
  });
});
