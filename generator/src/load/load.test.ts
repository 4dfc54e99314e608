import { describe, expect, it } from 'vitest';
import { load } from './load.ts';
import { filesInMemory } from './read-file.ts';

const header = 'asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\n';

async function problems(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  const { diagnostics } = await load('asyncapi.yaml', filesInMemory(files), { conformance: false });
  return diagnostics.map(({ code, origin }) => `${origin.file}:${origin.line}:${origin.column} ${code}`);
}

const problemsOf = (text: string | Uint8Array) => problems({ 'asyncapi.yaml': text });

describe('load', () => {
  it('gives a cursor, the inputs with their digests, and the texts', async () => {
    const io = filesInMemory({ 'specs/asyncapi.yaml': header });
    const { kind, document, inputs, texts, diagnostics } = await load('specs/asyncapi.yaml', io, {
      conformance: false,
    });
    expect(kind).toBe('read');
    expect(diagnostics).toEqual([]);
    expect(document?.file).toBe('asyncapi.yaml');
    expect(document?.root.get('info')?.get('title')?.value).toBe('T');
    expect(inputs).toEqual([{ path: 'asyncapi.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(texts.get('asyncapi.yaml')).toBe(header);
  });

  it('follows references that stand beside another reference', async () => {
    const text = `${header}components:\n  schemas:\n    A: { $ref: ./a.json, properties: { b: { $ref: ./b.json } } }\n`;
    const io = filesInMemory({ 'asyncapi.yaml': text, 'a.json': '{}', 'b.json': '{ "type": "string" }' });
    const { inputs, diagnostics } = await load('asyncapi.yaml', io, { conformance: false });
    expect(diagnostics).toEqual([]);
    expect(inputs.map(({ path }) => path).sort()).toEqual(['a.json', 'asyncapi.yaml', 'b.json']);
  });

  it('tells a missing spec from a wrong one', async () => {
    const { kind, document, diagnostics } = await load('none.yaml', filesInMemory({}));
    expect(kind).toBe('missing');
    expect(document).toBeNull();
    expect(diagnostics).toMatchObject([{ code: 'spec-not-found', message: 'There is no file none.yaml.' }]);
  });

  it('counts a spec that cannot be read as missing', async () => {
    const denied = {
      ...filesInMemory({ 'a.yaml': '' }),
      read: () => Promise.reject(Object.assign(new Error(), { code: 'EACCES' })),
    };
    const { kind, diagnostics } = await load('a.yaml', denied);
    expect(kind).toBe('missing');
    expect(diagnostics).toMatchObject([{ code: 'file-unreadable', message: 'a.yaml cannot be read (EACCES).' }]);
  });
});

describe('encoding', () => {
  it('ignores a byte order mark', async () => {
    expect(await problemsOf(`\ufeff${header}`)).toEqual([]);
  });

  it('points at the first byte that is not UTF-8', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('info:\n  title: Caf'), 0xe9, 0x0a]);
    expect(await problemsOf(bytes)).toEqual(['asyncapi.yaml:2:13 invalid-encoding']);
  });

  it('points at the beginning of a character that is cut off', async () => {
    expect(await problemsOf(new Uint8Array([0x61, 0xe2, 0x82]))).toEqual(['asyncapi.yaml:1:2 invalid-encoding']);
  });

  it('recognises UTF-16', async () => {
    const { diagnostics } = await load('a.yaml', filesInMemory({ 'a.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0]) }));
    expect(diagnostics).toMatchObject([{ code: 'invalid-encoding', message: 'The file is UTF-16.' }]);
  });
});

describe('version', () => {
  it.each(['3.0.0', '3.1.0', "'3.0.0'", '"3.1.0"'])('takes %s', async (version) => {
    expect(await problemsOf(`asyncapi: ${version}\n`)).toEqual([]);
  });

  it.each([
    ['asyncapi: 2.6.0', '1:11 asyncapi-2'],
    ['info: {}\nasyncapi: 2.0.0', '2:11 asyncapi-2'],
    ['asyncapi: 1.2.0', '1:11 asyncapi-version-unsupported'],
    ['asyncapi: 4.0.0', '1:11 asyncapi-version-unsupported'],
    ['asyncapi: 3.0', '1:11 asyncapi-version-unsupported'],
    ['asyncapi: 3.2.0', '1:11 asyncapi-version-unsupported'],
    ['asyncapi:', '1:1 asyncapi-version-unsupported'],
    ['info: {}\nopenapi: 3.1.0', '2:1 not-asyncapi'],
    ['swagger: "2.0"', '1:1 not-asyncapi'],
    ['info: {}', '1:1 asyncapi-version-missing'],
    ['[]', '1:1 not-an-object'],
    ['text', '1:1 not-an-object'],
    ['', '1:1 not-an-object'],
    ['# nothing', '1:1 not-an-object'],
  ])('says one clear thing about %j', async (text, problem) => {
    expect(await problemsOf(text)).toEqual([`asyncapi.yaml:${problem}`]);
  });
});

describe('references to files', () => {
  const spec = (reference: string) => `${header}components:\n  schemas:\n    A:\n      $ref: '${reference}'\n`;

  it.each([
    'schemas/a.json',
    './schemas/a.json',
    './schemas/../schemas/a.json#',
    'schemas/a%2Ejson#/',
    'schemas/b.yaml#/definitions/x~1y',
  ])('follows %s', async (reference) => {
    const files = { 'schemas/a.json': '{"": {}}', 'schemas/b.yaml': 'definitions: { x/y: {} }' };
    const io = filesInMemory({ 'asyncapi.yaml': spec(reference), ...files });
    const { document, inputs, diagnostics } = await load('asyncapi.yaml', io, { conformance: false });
    expect(diagnostics).toEqual([]);
    expect(inputs).toHaveLength(2);
    expect(document?.root.get('components')?.get('schemas')?.get('A')?.origin.file).toMatch(/^schemas\//);
  });

  it.each([
    ['https://example.com/a.json', 'remote-reference'],
    ['HTTP://example.com/a.json', 'remote-reference'],
    ['//example.com/a.json', 'remote-reference'],
    ['urn:example:a', 'remote-reference'],
    ['file:///etc/passwd', 'reference-outside-folder'],
    ['/etc/passwd', 'reference-outside-folder'],
    ['C:\\\\a.json', 'reference-outside-folder'],
    ['../a.json', 'reference-outside-folder'],
    ['schemas/../../a.json', 'reference-outside-folder'],
    ['%2E%2E/a.json', 'reference-outside-folder'],
    ['none.json', 'reference-file-not-found'],
    ['.\\a.json', 'malformed-reference'],
    ['a%ZZ.json', 'malformed-reference'],
    ['#/a~2', 'malformed-reference'],
    ['', 'malformed-reference'],
  ])('refuses %j at the line of the `$ref`', async (reference, code) => {
    const io = filesInMemory({ 'asyncapi.yaml': spec(reference) });
    const { diagnostics, inputs } = await load('asyncapi.yaml', io, { conformance: false });
    expect(diagnostics.map(({ code, origin }) => `${origin.line}:${origin.column} ${code}`)).toEqual([`6:7 ${code}`]);
    expect(diagnostics[0]?.origin.pointer).toBe('/components/schemas/A/$ref');
    expect(inputs).toHaveLength(1);
  });

  it('never asks for a file outside the folder', async () => {
    const asked: string[] = [];
    const io = filesInMemory({ 'specs/asyncapi.yaml': spec('../secret.json') });
    const spying = { ...io, read: (path: string) => io.read(asked[asked.push(path) - 1] ?? '') };
    await load('specs/asyncapi.yaml', spying, { conformance: false });
    expect(asked).toEqual(['specs/asyncapi.yaml']);
  });

  it('suggests the path that would lead to a file from the folder of the spec', async () => {
    const files = {
      'asyncapi.yaml': spec('schemas/a.yaml'),
      'schemas/a.yaml': '$ref: schemas/b.yaml',
      'schemas/b.yaml': '{}',
    };
    const { diagnostics } = await load('asyncapi.yaml', filesInMemory(files), { conformance: false });
    expect(diagnostics).toMatchObject([
      { code: 'reference-file-not-found', origin: { file: 'schemas/a.yaml', line: 1 } },
    ]);
    expect(diagnostics[0]?.help).toContain('"./b.yaml"');
  });

  it('reports the mistakes of referenced files in those files', async () => {
    const files = { 'asyncapi.yaml': spec('a.json'), 'a.json': '{\n  "a": 1,\n  "a": 2\n}' };
    expect(await problems(files)).toEqual(['a.json:3:3 duplicate-key']);
  });

  it('says nothing about references into a file that cannot be parsed beyond why', async () => {
    const files = { 'asyncapi.yaml': spec('a.json#/definitions/x'), 'a.json': '{\n  "a": \n}' };
    expect(await problems(files)).toEqual(['a.json:3:1 syntax-error']);
  });

  it('tells a mistake that ends the document too early once, and not at every line behind it', async () => {
    const text = 'a: { path: /halls/{hall}/tickets }\nb: 1\nc: { d: 2 }\ne: [3]\n';
    expect(await problems({ 'asyncapi.yaml': text })).toEqual(['asyncapi.yaml:1:19 syntax-error']);
  });
});

describe('references within a file', () => {
  it('suggests the nearest key for a pointer that leads nowhere', async () => {
    const text = `${header}components:\n  schemas:\n    Order: {}\n    A: { $ref: '#/components/schemas/Ordr' }\n`;
    const { diagnostics } = await load('asyncapi.yaml', filesInMemory({ 'asyncapi.yaml': text }), {
      conformance: false,
    });
    expect(diagnostics).toMatchObject([
      {
        code: 'reference-not-found',
        message:
          'The reference "#/components/schemas/Ordr" leads nowhere: /components/schemas of asyncapi.yaml has no "Ordr".',
        help: 'Did you mean "Order"?',
        origin: { line: 6, column: 10 },
      },
    ]);
  });

  it('lets schemas be recursive', async () => {
    const node = "{ properties: { next: { $ref: '#/components/schemas/Node' } } }";
    expect(await problemsOf(`${header}components: { schemas: { Node: ${node} } }`)).toEqual([]);
  });

  it('reports a chain of references that comes back, once', async () => {
    const chain =
      "components:\n  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n";
    expect(await problemsOf(header + chain)).toEqual(['asyncapi.yaml:5:10 circular-reference']);
  });

  it('reports a reference to itself, and one through itself', async () => {
    expect(await problemsOf(`${header}components: { schemas: { A: { $ref: '#/components/schemas/A' } } }`)).toEqual([
      'asyncapi.yaml:3:31 circular-reference',
    ]);
    expect(await problemsOf(`${header}components: { schemas: { A: { $ref: '#/components/schemas/A/b' } } }`)).toEqual([
      'asyncapi.yaml:3:31 circular-reference',
    ]);
  });

  it('reports a `$ref` that is no text', async () => {
    expect(await problemsOf(`${header}channels: { a: { $ref: 5 } }`)).toEqual([
      'asyncapi.yaml:3:18 malformed-reference',
    ]);
  });

  it('takes `$ref` for a name where names stand', async () => {
    const schema = '{ type: object, properties: { $ref: { type: string } } }';
    expect(await problemsOf(`${header}components: { schemas: { A: ${schema} } }`)).toEqual([]);
  });

  it.each([
    'components: { schemas: { A: { examples: [{ $ref: nowhere.json }] } } }',
    'components: { schemas: { A: { default: { $ref: nowhere.json } } } }',
    'components: { schemas: { A: { enum: [{ $ref: nowhere.json }] } } }',
    'components: { schemas: { A: { const: { a: { $ref: nowhere.json } } } } }',
    'components: { messages: { A: { examples: [{ payload: { $ref: nowhere.json } }] } } }',
    'operations: { a: { x-filter: { $ref: [5] } } }',
    'operations: { a: { x-foreign: { $ref: nowhere.json } } }',
  ])('takes `$ref` for data in %s', async (text) => {
    expect(await problemsOf(header + text)).toEqual([]);
  });

  it.each([
    'components: { schemas: { A: { properties: { default: { $ref: nowhere.json } } } } }',
    'components: { schemas: { examples: { $ref: nowhere.json } } }',
    'components: { schemas: { A: { properties: { properties: { properties: { a: { $ref: nowhere.json } } } } } } }',
    'channels: { enum: { messages: { const: { $ref: nowhere.json } } } }',
    'operations: { a: { x-delivery: { $ref: nowhere.json } } }',
  ])('takes `$ref` for a reference in %s', async (text) => {
    expect(await problemsOf(header + text)).toEqual([expect.stringMatching(/reference-file-not-found$/)]);
  });
});

describe('files that refer to each other', () => {
  const spec = `${header}components:\n  schemas:\n    A: { $ref: a.yaml }\n`;

  it('may share a third file', async () => {
    const files = {
      'a.yaml': 'properties: { b: { $ref: b.yaml }, c: { $ref: c.yaml } }',
      'b.yaml': 'properties: { c: { $ref: c.yaml } }',
      'c.yaml': '{}',
    };
    expect(await problems({ 'asyncapi.yaml': spec, ...files })).toEqual([]);
  });

  it('may refer to themselves by name', async () => {
    expect(await problems({ 'asyncapi.yaml': spec, 'a.yaml': 'properties: { next: { $ref: "./a.yaml#" } }' })).toEqual(
      [],
    );
  });

  it('must not go in a circle', async () => {
    const files = {
      'a.yaml': 'properties:\n  b: { $ref: b.yaml }\n  again: { $ref: b.yaml }',
      'b.yaml': 'properties:\n\n  a: { $ref: "a.yaml#/properties" }',
    };
    const io = filesInMemory({ 'asyncapi.yaml': spec, ...files });
    const { diagnostics } = await load('asyncapi.yaml', io, { conformance: false });
    expect(diagnostics).toMatchObject([
      {
        code: 'file-cycle',
        message: 'These files refer to each other in a circle: a.yaml → b.yaml → a.yaml.',
        origin: { file: 'b.yaml', line: 3, column: 8 },
        related: [{ origin: { file: 'a.yaml', line: 2 } }],
      },
    ]);
  });

  it('must not go in a circle through the spec', async () => {
    const files = { 'a.yaml': '$ref: "asyncapi.yaml#/components/schemas/B"' };
    expect(await problems({ 'asyncapi.yaml': `${spec}    B: {}\n`, ...files })).toEqual(['a.yaml:1:1 file-cycle']);
  });
});
