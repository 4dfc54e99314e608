import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Generates and plays the patterns that are named, or all.

const here = fileURLToPath(new URL('.', import.meta.url));
const all = readdirSync(here).filter((name) => existsSync(join(here, name, 'play.ts')));
const names = process.argv.slice(2);
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no pattern ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}

for (const name of names.length > 0 ? names : all) {
  console.info(`\n${name}`);
  run('npx', [
    'eventloom',
    'generate',
    '--spec',
    join(here, name, 'asyncapi.yaml'),
    '--out',
    join(here, name, 'generated'),
  ]);
  run('npx', ['tsx', join(here, name, 'play.ts')]);
}

function run(command: string, args: readonly string[]): void {
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const { status } = spawnSync(command, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
