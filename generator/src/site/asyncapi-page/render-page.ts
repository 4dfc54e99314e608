import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { sortBy } from '../../model/order.ts';
import { UsageError } from '../../usage-error.ts';
import type { SiteFile } from '../site-file.ts';

/**
 * Runs in a process of its own: the AsyncAPI Generator prints, takes a gigabyte, and fails at import in its own ways. Its
 * packages are those of the project. All that a failure says is its message.
 */
const script = `
const [, project, spec, out] = process.argv;
const tell = (error) => {
  process.stderr.write('\\0' + (error && error.message || error));
  process.exit(1);
};
process.on('uncaughtException', tell);
process.on('unhandledRejection', tell);
const ask = require('node:module').createRequire(require('node:path').join(project, 'package.json'));
const found = ask('@asyncapi/generator');
const Generator = found.default || found;
const template = require('node:path').dirname(ask.resolve('@asyncapi/html-template/package.json'));
const text = require('node:fs').readFileSync(spec, 'utf8');
const generator = new Generator(template, out, { forceWrite: true, install: false });
generator.generateFromString(text).catch(tell);
`;

/**
 * Renders a document with the packages of a project; files are sorted by path.
 * @throws {UsageError} `html-template-failed`
 */
export async function renderPage(bundle: SiteFile['content'], project: string): Promise<readonly SiteFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eventloom-asyncapi-'));
  try {
    const [spec, out] = [join(folder, 'asyncapi.json'), join(folder, 'page')];
    writeFileSync(spec, bundle);
    await run([project, spec, out]);
    return filesBelow(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(argv: readonly string[]): Promise<void> {
  const options = { env: { ...process.env, ...nodePath() }, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--input-type=commonjs', '-e', script, '--', ...argv], options, (error, _, stderr) => {
      if (error === null) resolve();
      else reject(failure(stderr));
    });
  });
}

/** The generator looks for npm beside Node, and does not start without one; here is that which runs us, if one does. */
function nodePath(): { readonly NODE_PATH?: string } {
  const { npm_execpath: npm, NODE_PATH: known } = process.env;
  if (npm === undefined) return {};
  const folder = dirname(dirname(dirname(npm)));
  return { NODE_PATH: known === undefined ? folder : `${known}${delimiter}${folder}` };
}

function failure(stderr: string): UsageError {
  const [, told = ''] = stderr.split('\0');
  const [line = ''] = told.trim().split('\n');
  const message = `The official HTML template did not render: ${line === '' ? 'it ended without a word' : line}`;
  const help = line.includes("'npm'")
    ? 'The AsyncAPI Generator needs npm beside Node: run eventloom by `npx eventloom`.'
    : 'The rest of the site needs no template: leave out --html-template.';
  return new UsageError('html-template-failed', /[.!?]$/.test(message) ? message : `${message}.`, { help });
}

/** The template leaves what it was compiled to with some versions; it holds paths of this machine. */
function filesBelow(folder: string): readonly SiteFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.split('/').includes('__transpiled'));
  return sortBy(paths, (path) => path).map((path) => ({ path, content: readFileSync(join(folder, path)) }));
}
