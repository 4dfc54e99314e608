import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../usage-error.ts';
import { asyncapiPage } from './asyncapi-page.ts';

/** Stands for the AsyncAPI Generator: writes what it was asked for. */
const fakeGenerator = `
const { mkdirSync, writeFileSync } = require('node:fs');
console.log('noise');
module.exports = class {
  constructor(template, out, options) { Object.assign(this, { template, out, options }); }
  async generateFromString(text) {
    mkdirSync(this.out + '/js', { recursive: true });
    mkdirSync(this.out + '/__transpiled');
    writeFileSync(this.out + '/__transpiled/x.js', '');
    writeFileSync(this.out + '/js/app.js', text);
    writeFileSync(this.out + '/index.html', require('node:path').basename(this.template));
  }
};`;

describe('the page of the official HTML template', () => {
  let project = '';
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'eventloom-project-'));
    writeFileSync(join(project, 'package.json'), '{}');
  });
  afterEach(() => rmSync(project, { recursive: true, force: true }));

  const put = (path: string, text: string): void => {
    const file = join(project, 'node_modules/@asyncapi', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const template = (): void => put('html-template/package.json', '{ "version": "3.5.0" }');
  const failing = async (): Promise<UsageError> => {
    const error = await asyncapiPage({ bundle: [{ path: 'asyncapi.json', content: '{}' }], project }).catch(
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof UsageError)) throw new Error('did not fail as it should');
    return error;
  };

  it('is what the packages of the project make of the bundle, below asyncapi/', async () => {
    put('generator/index.js', fakeGenerator);
    template();
    const files = await asyncapiPage({ bundle: [{ path: 'asyncapi.json', content: '{"asyncapi":"3.0.0"}' }], project });
    expect(files.map(({ path, content }) => [path, Buffer.from(content).toString()])).toEqual([
      ['asyncapi/index.html', 'html-template'],
      ['asyncapi/js/app.js', '{"asyncapi":"3.0.0"}'],
    ]);
  });

  it('needs packages, and says which are missing and how to get them', async () => {
    put('generator/index.js', fakeGenerator);
    const { code, message, help } = await failing();
    expect(code).toBe('html-template-missing');
    expect(message).toContain('needs @asyncapi/html-template, which');
    expect(help).toBe('Install them: npm install --save-dev @asyncapi/generator@2.11 @asyncapi/html-template@3.5');
  });

  it.each([
    [
      'at import',
      `throw new Error("Cannot find module 'npm'\\nRequire stack: …")`,
      "Cannot find module 'npm'.",
      /npm beside Node/,
    ],
    [
      'while it renders',
      'module.exports = class { generateFromString() { return Promise.reject(new Error("no such hook!")); } }',
      'no such hook!',
      /leave out/,
    ],
    [
      'later',
      'setTimeout(() => { throw new Error("late") }); module.exports = class { generateFromString() { return new Promise(() => {}); } }',
      'late.',
      /leave out/,
    ],
    ['in silence', 'process.exit(3)', 'it ended without a word.', /leave out/],
  ])('says in a line what went wrong %s, without a stack', async (_, generator, said, advice) => {
    put('generator/index.js', generator);
    template();
    const { code, message, help } = await failing();
    expect({ code, message }).toEqual({
      code: 'html-template-failed',
      message: `The official HTML template did not render: ${said}`,
    });
    expect(help).toMatch(advice);
  });
});
