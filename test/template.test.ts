import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from './support/project.ts';
import { repository } from './support/repository.ts';

test('the AsyncAPI Generator writes the same bytes through the template as the command line', () => {
  const project = makeProject();
  project.copy('asyncapi.yaml');
  project.copy('schemas');
  expect(project.eventloom('generate').code).toBe(0);
  const outcome = runTemplate(project.folder, 'asyncapi.yaml');
  expect(outcome.status, outcome.stderr).toBe(0);
  expect(project.tree('by-template')).toEqual(project.tree('generated'));
});

test('the template refuses to generate from another file than the one it is told', () => {
  const project = makeProject();
  project.copy('asyncapi.yaml');
  project.copy('schemas');
  project.write({ 'other.yaml': project.read('asyncapi.yaml').replace('title: Shop', 'title: Other') });
  const outcome = runTemplate(project.folder, 'other.yaml');
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toContain('other.yaml is not the document being generated');
  expect(project.tree('by-template')).not.toHaveProperty('index.ts');
});

/** The generator looks for npm beside the node binary at import; NODE_PATH shows it the npm that runs the tests. */
function runTemplate(folder: string, spec: string): { readonly status: number | null; readonly stderr: string } {
  const npm = process.env.npm_execpath;
  const path = npm === undefined ? {} : { NODE_PATH: join(npm, '../../..') };
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script(spec)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...path },
  });
}

function script(spec: string): string {
  return `
import { createRequire } from 'node:module';
const Generator = createRequire(${JSON.stringify(join(repository, 'package.json'))})('@asyncapi/generator');
const template = ${JSON.stringify(join(repository, 'generator/asyncapi-template'))};
const generator = new Generator(template, 'by-template', { forceWrite: true, templateParams: { spec: ${JSON.stringify(spec)} } });
try {
  await generator.generateFromFile('asyncapi.yaml');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
`;
}
