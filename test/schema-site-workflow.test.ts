import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../generator/src/cli/commands.ts';
import { repository } from './support/repository.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: { readonly name: string };
  readonly steps: readonly Step[];
}

const workflow = parse(read('.github/workflows/schema-site.yml')) as {
  readonly on: { readonly push: { readonly branches: readonly string[]; readonly paths: readonly string[] } };
  readonly permissions: object;
  readonly jobs: Readonly<Record<'build' | 'deploy', Job>>;
};
const { build, deploy } = workflow.jobs;

describe('the workflow that publishes the site on GitHub Pages', () => {
  test('runs by hand, and when what the site is made of changes on main', () => {
    const { push, ...others } = workflow.on;
    expect(others).toEqual({ workflow_dispatch: null });
    expect(push.branches).toEqual(['main']);
    const missing = push.paths.filter((path) => !existsSync(join(repository, path.replace(/\/\*\*$/, ''))));
    expect(missing).toEqual([]);
    expect(push.paths).toContain('asyncapi.yaml');
  });

  test('runs commands that there are, and uploads the folder that they write', () => {
    const lines = build.steps.flatMap(({ run }) => run ?? []);
    expect(lines[0]).toBe('npm ci');
    const scripts = JSON.parse(read('package.json')).scripts as Readonly<Record<string, string>>;
    expect(scripts.prepare).toBe('npm run build');
    expect(existsSync(join(repository, 'package-lock.json'))).toBe(true);

    const words = (lines[1] ?? '').split(' ');
    expect(words).toEqual(['npx', 'eventloom', 'docs', '--out', 'site']);
    const docs = commands.find(({ name }) => name === words[2]);
    expect(docs?.options.find(({ name }) => `--${name}` === words[3])?.value).toBe('folder');
    const upload = build.steps.find(({ uses }) => uses?.startsWith('actions/upload-pages-artifact@'));
    expect(upload?.with).toEqual({ path: words[4] });
    expect(scripts.site).toBe('npm run --silent build && eventloom docs --out site');
  });

  test('may do no more than each job needs', () => {
    expect(workflow.permissions).toEqual({});
    expect(build.permissions).toEqual({ contents: 'read', pages: 'read' });
    expect(deploy.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
    expect({ needs: deploy.needs, environment: deploy.environment?.name }).toEqual({
      needs: 'build',
      environment: 'github-pages',
    });
  });

  test("uses GitHub's own actions, each of one major version", () => {
    const used = [...build.steps, ...deploy.steps].flatMap(({ uses }) => uses ?? []);
    expect(used.filter((action) => !/^actions\/[a-z-]+@v\d+$/.test(action))).toEqual([]);
    expect(used).toHaveLength(5);
  });
});

test('the built site is no part of the repository, and its sources are', () => {
  const ignored = read('.gitignore').split('\n');
  expect(ignored).toContain('/site/');
  expect(ignored).not.toContain('site/');
});

function read(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}
