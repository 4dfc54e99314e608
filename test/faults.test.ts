import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { makeProject } from './support/project.ts';

const modules = 'bank cases chance handlers instance lines main notebook platform play print produce weather witness';
const parts = [...modules.split(' ').map((name) => `${name}.ts`), 'checks', 'sabotages', 'asyncapi.yaml'];

test('under faults nothing is lost, nothing happens twice, and without a protection the suite notices', () => {
  const run = suite();
  const named = ['--sabotage', 'events are remembered', '--sabotage', 'partial batch response'];
  const whole = run('--seeds', '1', '--events', '300', ...named);
  expect(whole.stderr).toBe('');
  expect(whole.stdout.match(/^without ".*": noticed on seed 1/gm)).toHaveLength(2);
  expect(whole.stdout).toMatch(/\n1 seeds, \d{3} accepted events, 0 exceptions\n$/);
  expect(whole.status).toBe(0);

  const silent = run('--seed', '1', '--events', '100', '--without', 'partial batch response');
  expect(silent.stderr).toMatch(/^ {2}lost: \w+ \w+-\d+ at /m);
  expect(silent.stderr).toContain('Again: npm run test:faults -- --seed 1 --events 100 --without');
  expect(silent.status).toBe(1);
}, 300_000);

/** Builds the suite in a folder of its own, and returns what runs it. */
function suite() {
  const project = makeProject();
  for (const part of parts) project.copy(`test/faults/${part}`, part);
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);
  expect(project.tsc('typescript', ['main.ts']).stdout).toBe('');
  const outfile = join(project.folder, 'main.js');
  const entryPoints = [join(project.folder, 'main.ts')];
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  return (...options: readonly string[]) =>
    spawnSync(process.execPath, [outfile, ...options], { encoding: 'utf8', env });
}
