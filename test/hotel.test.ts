import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from './support/project.ts';
import { repository } from './support/repository.ts';

test('the testing kit tests every kind of handler of another domain in a few lines, typed', () => {
  const project = makeProject();
  project.copy('test/hotel/asyncapi.yaml', 'asyncapi.yaml');
  project.copy('test/hotel/kit.ts', 'kit.test.ts');
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);
  expect(project.tsc('typescript', ['generated/index.ts', 'kit.test.ts']).stdout).toBe('');

  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', '--root', '.'], {
    cwd: project.folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(run.status, run.stdout + run.stderr).toBe(0);
  expect(run.stdout).toMatch(/Test Files +1 passed/);
});
