import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { onTestFinished } from 'vitest';
import { repository } from './repository.ts';

/** What a finished command said. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user's folder, with the packages of this repository installed. */
export interface Project {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  copy(from: string, to?: string): void;
  read(path: string): string;
  /** Path below `folder` to content, of every file. */
  tree(folder: string): Readonly<Record<string, string>>;
  eventloom(...args: readonly string[]): Outcome;
  /** Runs a TypeScript file of the project. */
  run(file: string, ...args: readonly string[]): Outcome;
  /** Type-checks files of the project with the flags that the contract promises. */
  tsc(version: 'typescript' | 'typescript-5.9', files: readonly string[]): Outcome;
}

/** Makes a folder that goes when the test ends, or when `whenDone` has the given function called. */
export function makeProject(whenDone: (remove: () => void) => void = onTestFinished): Project {
  const folder = mkdtempSync(join(tmpdir(), 'eventloom-test-'));
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const run = (command: string, args: readonly string[]): Outcome => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      maxBuffer: 2 ** 28,
    });
    return { code: status, stdout, stderr };
  };
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  };
  return {
    folder,
    write,
    copy: (from, to = from) => cpSync(join(repository, from), join(folder, to), { recursive: true }),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    tree: (below) => treeOf(join(folder, below)),
    eventloom: (...args) => run(join(repository, 'generator/bin/eventloom.js'), args),
    run: (file, ...args) => run(join(repository, 'node_modules/tsx/dist/cli.mjs'), [file, ...args]),
    tsc: (version, files) => {
      write({ 'tsconfig.json': JSON.stringify({ compilerOptions: strictest, files }) });
      return run(join(repository, `node_modules/${version}/bin/tsc`), ['-p', folder]);
    },
  };
}

const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  erasableSyntaxOnly: true,
  declaration: true,
  noEmit: true,
  target: 'es2022',
  module: 'nodenext',
  types: ['node'],
  skipLibCheck: false,
  preserveSymlinks: false,
  allowImportingTsExtensions: true,
};

function treeOf(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
