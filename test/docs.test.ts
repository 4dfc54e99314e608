import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { badSpecs } from '../docs/bad-specs.ts';
import { diagnosticsPage } from '../docs/make-diagnostics.ts';
import { filesInMemory, loadModel } from '../generator/src/index.ts';
import { makeProject, type Outcome, type Project } from './support/project.ts';
import { repository } from './support/repository.ts';

const readme = read('README.md');
const pages = readdirSync(join(repository, 'docs')).filter((name) => name.endsWith('.md'));

describe('the README adds a consumer', () => {
  const [operation = ''] = blocksOf(readme, 'yaml');
  const [handler = '', record = ''] = blocksOf(readme, 'ts');

  test('that compiles once the record of handlers names it, and runs and is synthesized with the rule it states', () => {
    const project = shop(operation);
    expect(project.eventloom('generate').stderr).toMatch(/^generated: \d+ written, 0 unchanged\.\n$/);
    project.write({ 'examples/marketing/thankGoldCustomer.ts': handler });
    expect(typecheck(project, ['examples/start.ts']).stdout).toContain("'marketing/thankGoldCustomer'' is missing");

    addToRecord(project, record);
    expect(typecheck(project, ['examples/start.ts', 'infra/app.ts'])).toMatchObject({ code: 0, stdout: '' });
    expect(project.run('examples/start.ts').stdout).toMatch(/^marketing\/thankGoldCustomer +\d/m);

    expect(project.run('infra/app.ts').stdout).toMatch(/^shop-marketing /m);
    const stated = /`(\{ source:[^`]*\})`/.exec(readme)?.[1] ?? '';
    expect(rulePatterns(project)).toEqual([parse(stated)]);
  });

  test('whose typo is told as the README shows', () => {
    const typo = operation.replace('tier: [gold]', 'teir: [gold]');
    const { code, stdout } = shop(typo).eventloom('validate');
    expect(code).toBe(1);
    const [shown = ''] = blocksOf(readme, 'text');
    expect(shown).toContain('Did you mean');
    expect(stdout).toContain(shown);
  });
});

describe('the documentation', () => {
  test('compiles: every block of TypeScript is the file that its first line names, and tests among them pass', () => {
    const blocks = pages.flatMap((page) => blocksOf(read(`docs/${page}`), 'ts'));
    const files = Object.fromEntries(blocks.map((block) => [pathOf(block), block]));
    expect(Object.keys(files)).toHaveLength(blocks.length);
    expect(blocks.length).toBeGreaterThan(0);

    const project = threeSystems();
    project.write(files);
    expect(typecheck(project, Object.keys(files))).toMatchObject({ code: 0, stdout: '' });

    const tests = Object.keys(files).filter((path) => path.endsWith('.test.ts'));
    expect(tests.length).toBeGreaterThan(5);
    const outcome = shell(project, `"${process.execPath}" node_modules/vitest/vitest.mjs run --root .`);
    expect(outcome.stdout).toMatch(new RegExp(`Test Files +${tests.length} passed`));
    expect(outcome.code, outcome.stdout).toBe(0);
  });

  test('shows what the command line prints', () => {
    const project = shop();
    project.write({ 'order.json': blocksOf(read('docs/commands.md'), 'json')[0] ?? '' });
    expect(project.eventloom('generate').code).toBe(0);
    for (const { command, output } of sessionsOf(read('docs/commands.md'))) {
      expect(shell(project, command).stdout, command).toMatch(output);
    }
  });

  test('shows a filter that fits the orders of the shop', async () => {
    const [filter = ''] = blocksOf(read('docs/spec.md'), 'yaml');
    const indented = filter.replaceAll(/^/gm, '    ').trimEnd();
    const project = shop(`
  example:
    action: receive
    channel: { $ref: '#/channels/orders' }
    messages: [{ $ref: '#/channels/orders/messages/OrderPlaced' }]
    x-service: example
${indented}
`);
    const { stdout, code } = project.eventloom('validate');
    expect(stdout).toBe('asyncapi.yaml is fine.\n');
    expect(code).toBe(0);
  });

  test('links to files that are there', () => {
    for (const page of ['README.md', 'CONTRIBUTING.md', ...pages.map((name) => `docs/${name}`)]) {
      const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
      const missing = links.filter((link) => !existsSync(join(repository, page, '..', link)));
      expect(missing, page).toEqual([]);
    }
  });
});

describe('docs/diagnostics.md', () => {
  test('is what docs/make-diagnostics.ts writes', () => {
    expect(read('docs/diagnostics.md')).toBe(diagnosticsPage());
  });

  test('starts from a spec without a fault', async () => {
    expect(await codesOf(badSpecs.base)).toEqual([]);
  });

  test.each(Object.entries(badSpecs.changes))('shows a spec that gets %s', async (code, change) => {
    const spec = change.startsWith('asyncapi') ? change : stringify(merged(parse(badSpecs.base), parse(change)));
    expect(await codesOf(spec)).toContain(code);
  });
});

function read(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

/** The fenced blocks of a page in one language. */
function blocksOf(markdown: string, language: string): readonly string[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, text = '']) =>
    found === language ? [text] : [],
  );
}

/** The file that a block of TypeScript is, from its first line. */
function pathOf(block: string): string {
  const path = /^\/\/ (\S+\.ts)\n/.exec(block)?.[1];
  if (path === undefined) throw new Error(`This block does not name its file:\n${block}`);
  return path;
}

/** The shop in a folder of its own, with more operations if given. */
function shop(operations = ''): Project {
  const project = makeProject();
  for (const path of ['asyncapi.yaml', 'schemas', 'examples', 'infra']) project.copy(path);
  const spec = project.read('asyncapi.yaml');
  project.write({ 'asyncapi.yaml': spec.replace('\noperations:\n', () => `\noperations:\n${operations}`) });
  return project;
}

/** The shop, and beside it the hotel of `test/hotel` and the parcels for what the shop does not do; all generated. */
function threeSystems(): Project {
  const project = shop();
  project.copy('test/hotel/asyncapi.yaml', 'hotel/asyncapi.yaml');
  expect(project.eventloom('generate').code).toBe(0);
  project.copy('test/golden/calls/asyncapi.yaml', 'parcels/asyncapi.yaml');
  for (const folder of ['hotel', 'parcels']) {
    const options = ['--spec', `${folder}/asyncapi.yaml`, '--out', `${folder}/generated`];
    expect(project.eventloom('generate', ...options).code).toBe(0);
  }
  return project;
}

function addToRecord(project: Project, line: string): void {
  const path = 'examples/handlers.ts';
  project.write({ [path]: project.read(path).replace(/^};$/m, () => `${line}};`) });
}

/** With the flags of this repository's own services. */
function typecheck(project: Project, files: readonly string[]): Outcome {
  const { compilerOptions } = parse(read('tsconfig.json'));
  const { isolatedDeclarations, customConditions, ...options } = compilerOptions;
  const base = JSON.parse(read('tsconfig.base.json')).compilerOptions;
  const all = { ...base, ...options, isolatedDeclarations: false, types: ['node'] };
  project.write({ 'tsconfig.json': JSON.stringify({ compilerOptions: all, files }) });
  return shell(project, `"${process.execPath}" node_modules/typescript/bin/tsc -p .`);
}

/** Runs a line of a terminal session; `stdout` has what went to standard error too. */
function shell({ folder }: Project, line: string): Outcome {
  const bin = join(repository, 'generator/bin/eventloom.js');
  const command = line.replaceAll('npx eventloom', `"${process.execPath}" "${bin}"`);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `{ ${command}\n} 2>&1`], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  return { code: status, stdout, stderr };
}

interface Shown {
  readonly command: string;
  readonly output: RegExp;
}

/** Commands of the `console` blocks with what they print; a line of `…` stands for any lines. */
function sessionsOf(markdown: string): readonly Shown[] {
  return blocksOf(markdown, 'console').flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [command = '', ...lines] = text.trimEnd().split('\n');
        const output = lines.map((line) => (/^\s*…$/.test(line) ? '(.*\n)*?' : `${escaped(line)}\n`)).join('');
        return { command, output: new RegExp(`^${output}$`) };
      }),
  );
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function rulePatterns(project: Project): readonly unknown[] {
  const [path = ''] = Object.keys(project.tree('cdk.out')).filter((name) => /Marketing.*\.template\.json$/.test(name));
  const { Resources } = JSON.parse(project.read(`cdk.out/${path}`));
  return Object.values<{ Type: string; Properties: { EventPattern: unknown } }>(Resources)
    .filter(({ Type }) => Type === 'AWS::Events::Rule')
    .map(({ Properties }) => Properties.EventPattern);
}

async function codesOf(spec: string): Promise<readonly string[]> {
  const { diagnostics } = await loadModel({ spec: 'asyncapi.yaml', io: filesInMemory({ 'asyncapi.yaml': spec }) });
  return diagnostics.map(({ code }) => code);
}

/** `change` on top of `base`; null removes. */
function merged(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const result = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(change)) {
    if (value === null) result.delete(key);
    else result.set(key, merged(result.get(key), value));
  }
  return Object.fromEntries(result);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
