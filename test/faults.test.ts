import { expect, test } from 'vitest';
import { sabotages } from './faults/sabotage.ts';
import { makeProject, type Project } from './support/project.ts';

const files = ['account', 'chance', 'effects', 'handlers', 'play', 'produce', 'run', 'sabotage', 'wire-faults'];

interface Account {
  readonly accepted: number;
  readonly reported: number;
  readonly requested: number;
  readonly violations: readonly string[];
}

test('under faults nothing is lost, nothing happens twice, and without a protection the suite notices', () => {
  const project = bank();
  expect(
    project.tsc(
      'typescript',
      files.map((file) => `${file}.ts`),
    ).stdout,
  ).toBe('');
  for (const account of play(project, '--seeds', '3', '--events', '600')) {
    expect(account.violations).toEqual([]);
    expect(account.reported).toBeGreaterThan(0);
    expect(account.accepted + account.reported).toBe(account.requested);
  }
  for (const [protection, { found }] of Object.entries(sabotages)) {
    if (protection === 'none') continue;
    const [account] = play(project, '--events', '1200', '--without', protection);
    expect(account?.violations, `without ${protection}`).toContainEqual(expect.stringMatching(`^${found}`));
  }
});

function bank(): Project {
  const project = makeProject();
  for (const file of files) project.copy(`test/faults/${file}.ts`, `${file}.ts`);
  project.copy('test/faults/asyncapi.yaml', 'asyncapi.yaml');
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);
  return project;
}

function play(project: Project, ...options: readonly string[]): readonly Account[] {
  const { code, stdout, stderr } = project.run('run.ts', ...options);
  expect(code, stderr).toBe(0);
  return stdout
    .trim()
    .split('\n')
    .map((line): Account => JSON.parse(line));
}
