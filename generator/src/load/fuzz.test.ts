import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePointer } from './json-pointer.ts';
import { type LoadResult, load } from './load.ts';
import { filesInMemory } from './read-file.ts';
import type { SpecNode } from './spec-document.ts';

// On failure fast-check prints seed and path; put them beside `numRuns` to see that run again.
const seed = 20240131;

const spec = `asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
channels:
  orders:
    address: shop.orders
    messages: { A: { $ref: '#/components/messages/A' } }
operations:
  send: { action: send, channel: { $ref: '#/channels/orders' }, messages: [{ $ref: '#/channels/orders/messages/A' }] }
components:
  messages:
    A: { name: A, payload: { $ref: './a.json#/definitions/x' }, traits: [{ $ref: '#/components/messageTraits/t' }] }
  messageTraits: { t: { headers: { type: object } } }
`;
const schema =
  '{\n  "definitions": { "x": { "type": "object", "properties": { "y": { "$ref": "#/definitions/x" } } } }\n}\n';

const shreds = fc.constantFrom(
  ...[
    '&a ',
    '*a',
    '<<: ',
    '!!set ',
    '{',
    '}',
    '[',
    ']',
    '\n',
    '\t',
    '  ',
    ':',
    ' - ',
    '"',
    "'",
    '|',
    '#',
    '---\n',
    '\ufeff',
    '\u0000',
  ],
  ...[
    '$ref: ',
    '../x',
    'https://x',
    '#/%',
    '~2',
    '__proto__: ',
    '5',
    'null',
    '.nan',
    '\ud800',
    '2.6.0',
    'é',
    'constructor',
  ],
);

/** A text with some of it cut out and something else put there. */
function mutations(text: string): fc.Arbitrary<string> {
  const edit = fc.tuple(fc.nat(text.length), fc.nat(8), fc.oneof(shreds, fc.string({ maxLength: 4 })));
  return fc
    .array(edit, { maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (current, [at, length, inserted]) => current.slice(0, at) + inserted + current.slice(at + length),
        text,
      ),
    );
}

function expectSound({ diagnostics, document, texts }: LoadResult): void {
  for (const { message, origin, related } of diagnostics) {
    expect(message).not.toBe('');
    for (const { file, line, column, pointer } of [origin, ...related.map((other) => other.origin)]) {
      const lines = (texts.get(file) ?? '').split(/\r\n?|\n/);
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeGreaterThanOrEqual(1);
      expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
      expect(parsePointer(pointer)).toBeDefined();
    }
  }
  if (document !== null) walk(document.root, 5);
  expect(document !== null || diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
}

function walk(node: SpecNode, depth: number): void {
  expect(node.origin.line).toBeGreaterThanOrEqual(1);
  expect(node.referrer.line).toBeGreaterThanOrEqual(1);
  if (depth === 0) return;
  for (const [, child] of [...node.entries(), ...node.withTraits().entries()]) walk(child, depth - 1);
}

const loadTexts = (files: Readonly<Record<string, string | Uint8Array>>, conformance: boolean) =>
  load('asyncapi.yaml', filesInMemory(files), { conformance });

describe('load never throws for the sake of its input, and places every diagnostic in it', () => {
  it('given any bytes', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => expectSound(await loadTexts({ 'asyncapi.yaml': content }, false))),
      { numRuns: 500, seed },
    );
  });

  it('given scraps of YAML', async () => {
    const scraps = fc.array(fc.oneof(shreds, fc.constantFrom('a', 'asyncapi: 3.0.0\n', 'b: ', ' ')), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(scraps, async (parts) =>
        expectSound(await loadTexts({ 'asyncapi.yaml': parts.join('') }, false)),
      ),
      { numRuns: 1500, seed },
    );
  });

  it('given damaged files', async () => {
    await fc.assert(
      fc.asyncProperty(mutations(spec), mutations(schema), async (text, json) =>
        expectSound(await loadTexts({ 'asyncapi.yaml': text, 'a.json': json }, false)),
      ),
      { numRuns: 1500, seed },
    );
  });

  it('given a spec with values of any kind anywhere, with the rules of AsyncAPI', async () => {
    const base = JSON.parse(
      JSON.stringify({ asyncapi: '3.0.0', channels: {}, operations: {}, components: {}, info: {} }),
    );
    const value = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(
          null,
          5,
          'text',
          true,
          [],
          {},
          { $ref: '#/channels/a' },
          { $ref: 5 },
          { $ref: '#/info' },
        ),
        fc.dictionary(
          fc.constantFrom('a', 'messages', 'traits', 'channel', 'payload', '__proto__', 'servers', 'x-a'),
          tie('node'),
          {
            maxKeys: 3,
          },
        ),
        fc.array(tie('node'), { maxLength: 2 }),
      ),
    })).node;
    const fields = fc.record(
      { channels: value, operations: value, components: value, info: value },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fields, async (changed) => {
        const text = JSON.stringify({ ...base, ...changed });
        expectSound(await loadTexts({ 'asyncapi.yaml': text }, true));
      }),
      { numRuns: 12, seed },
    );
  }, 60_000);
});
