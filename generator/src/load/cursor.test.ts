import { describe, expect, it } from 'vitest';
import { load } from './load.ts';
import { filesInMemory } from './read-file.ts';
import type { SpecNode } from './spec-document.ts';

async function rootOf(text: string, files: Readonly<Record<string, string>> = {}): Promise<SpecNode> {
  const io = filesInMemory({ 'asyncapi.yaml': `asyncapi: 3.0.0\n${text}`, ...files });
  const { document } = await load('asyncapi.yaml', io, { conformance: false });
  if (document === null) throw new Error('The spec was refused.');
  return document.root;
}

function at(node: SpecNode | undefined, ...keys: readonly (string | number)[]): SpecNode {
  const found = keys.reduce((current, key) => current?.get(key), node);
  if (found === undefined) throw new Error(`Nothing at ${keys.join('/')}.`);
  return found;
}

const place = ({ file, line, column, pointer }: SpecNode['origin']) => `${file}:${line}:${column} ${pointer}`;

describe('SpecNode', () => {
  it('knows where values and keys are written', async () => {
    const root = await rootOf(
      'info:\n  title: Shop\n  tags:\n    - name: a\n    -\n      name: b\n  license: { name: MIT }\n',
    );
    expect(place(at(root, 'info', 'title').origin)).toBe('asyncapi.yaml:3:10 /info/title');
    expect(place(at(root, 'info').keyOrigin('title'))).toBe('asyncapi.yaml:3:3 /info/title');
    expect(place(at(root, 'info', 'license').origin)).toBe('asyncapi.yaml:8:12 /info/license');
    expect(place(at(root, 'info', 'tags', 0).origin)).toBe('asyncapi.yaml:5:7 /info/tags/0');
    expect(place(at(root, 'info', 'tags', 1).origin)).toBe('asyncapi.yaml:7:7 /info/tags/1');
  });

  it('takes the line of the key for a value that begins below it', async () => {
    const root = await rootOf('info:\n  title: Shop\n  description:\n    On the next line.\n  contact:\n');
    expect(place(at(root, 'info').origin)).toBe('asyncapi.yaml:2:1 /info');
    expect(place(at(root, 'info', 'description').origin)).toBe('asyncapi.yaml:4:3 /info/description');
    expect(place(at(root, 'info', 'contact').origin)).toBe('asyncapi.yaml:6:3 /info/contact');
  });

  it('takes the place of the object for a key that is not there', async () => {
    const root = await rootOf('info: {}\n');
    expect(place(at(root, 'info').keyOrigin('title'))).toBe('asyncapi.yaml:2:7 /info');
  });

  it('follows references through files and remembers where it came from', async () => {
    const root = await rootOf("channels:\n  orders: { $ref: 'c.yaml#/orders' }\n", {
      'c.yaml': 'other: { address: x }\norders:\n  $ref: "#/other"\n',
    });
    const channel = at(root, 'channels', 'orders');
    expect(channel.value).toEqual({ address: 'x' });
    expect(place(channel.origin)).toBe('c.yaml:1:8 /other');
    expect(place(channel.referrer)).toBe('asyncapi.yaml:3:13 /channels/orders/$ref');
    expect(channel.identity).toBe('c.yaml#/other');
    expect(place(at(channel, 'address').referrer)).toBe('c.yaml:1:19 /other/address');
  });

  it('gives the same identity to one definition reached twice', async () => {
    const root = await rootOf("channels: { a: { $ref: '#/channels/b' }, b: {}, c: { $ref: '#/channels/a' } }");
    expect(at(root, 'channels', 'a').identity).toBe('asyncapi.yaml#/channels/b');
    expect(at(root, 'channels', 'c').identity).toBe(at(root, 'channels', 'b').identity);
  });

  it('does not follow when asked for the raw child', async () => {
    const root = await rootOf("channels: { a: { $ref: '#/channels/b' }, b: {} }");
    expect(at(root, 'channels').raw('a')?.value).toEqual({ $ref: '#/channels/b' });
  });

  it('passes references in the middle of a pointer', async () => {
    const root = await rootOf(
      "channels: { a: { messages: { M: { $ref: '#/components/messages/M' } } } }\ncomponents: { messages: { M: { payload: { type: string } } } }",
    );
    const payload = root.resolve('#/channels/a/messages/M/payload');
    expect(payload?.identity).toBe('asyncapi.yaml#/components/messages/M/payload');
  });

  it('finds nothing behind a broken reference', async () => {
    const root = await rootOf("channels: { a: { $ref: '#/nowhere' }, b: { $ref: '#/channels/b' } }");
    expect(at(root, 'channels').get('a')).toBeUndefined();
    expect(at(root, 'channels').get('b')).toBeUndefined();
    expect(at(root, 'channels').entries()).toEqual([]);
  });

  it('lists the fields of an object by code unit and the elements of a list in order', async () => {
    const root = await rootOf(
      'info: { b: 1, a: 2, B: 3, "10": 4, "9": 5, ä: 6 }\ntags: [z, y, x, w, v, u, t, s, r, q, p]\n',
    );
    expect(
      at(root, 'info')
        .entries()
        .map(([key]) => key),
    ).toEqual(['10', '9', 'B', 'a', 'b', 'ä']);
    expect(
      at(root, 'tags')
        .entries()
        .map(([, node]) => node.value)
        .join(''),
    ).toBe('zyxwvutsrqp');
    expect(at(root, 'asyncapi').entries()).toEqual([]);
  });

  it('sees own properties only, and names of prototypes as any other', async () => {
    const root = await rootOf('info: { __proto__: { evil: 1 }, constructor: { x: 1 } }\n');
    const info = at(root, 'info');
    expect(info.get('toString')).toBeUndefined();
    expect(info.get('evil')).toBeUndefined();
    expect(info.get('__proto__')?.get('evil')?.value).toBe(1);
    expect(info.entries().map(([key]) => key)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(info.value)).toBe(Object.prototype);
    expect(at(root, 'asyncapi').get('length')).toBeUndefined();
    expect(at(root, 'asyncapi').get(0)).toBeUndefined();
  });

  it('resolves a reference as if written here', async () => {
    const root = await rootOf("channels: { a: { $ref: 'folder/c.yaml' } }", { 'folder/c.yaml': 'x: { y: 1 }' });
    expect(at(root, 'channels', 'a').resolve('#/x/y')?.value).toBe(1);
    expect(at(root, 'channels', 'a').resolve('../asyncapi.yaml#/asyncapi')?.value).toBe('3.0.0');
    expect(root.resolve('#/x/y')).toBeUndefined();
    expect(root.resolve('https://example.com')).toBeUndefined();
  });

  it('finds schemas by their plain names', async () => {
    const root = await rootOf(
      "components: { schemas: { A: { $id: '#item', type: string }, B: { $ref: '#item' }, C: { const: { $id: '#no' } } } }",
    );
    expect(at(root, 'components', 'schemas', 'B').identity).toBe('asyncapi.yaml#/components/schemas/A');
    expect(root.resolve('#no')).toBeUndefined();
  });

  it('decodes pointers', async () => {
    const root = await rootOf('channels: { "a/b": 1, "c~d": 2, "e f": 3, "g%h": 4, "é": 5 }');
    const values = ['a~1b', 'c~0d', 'e%20f', 'g%25h', '%C3%A9', 'é'].map(
      (key) => root.resolve(`#/channels/${key}`)?.value,
    );
    expect(values).toEqual([1, 2, 3, 4, 5, 5]);
  });
});

describe('YAML beyond JSON', () => {
  it('gives aliases the place of their anchor', async () => {
    const root = await rootOf('info:\n  title: &t { a: 1 }\n  other: *t\n');
    expect(at(root, 'info', 'other', 'a').value).toBe(1);
    expect(place(at(root, 'info', 'other', 'a').origin)).toBe('asyncapi.yaml:3:18 /info/other/a');
    expect(place(at(root, 'info', 'other').origin)).toBe('asyncapi.yaml:4:10 /info/other');
  });

  it('honours merge keys; own fields win, then the first source', async () => {
    const root = await rootOf(
      'x-a: &a { one: 1, two: 1, deep: { x: 1 } }\nx-b: &b { two: 2, three: 2 }\ninfo:\n  one: 0\n  <<: [*a, *b]\n',
    );
    expect(at(root, 'info').value).toEqual({ one: 0, two: 1, deep: { x: 1 }, three: 2 });
    expect(place(at(root, 'info', 'three').origin)).toBe('asyncapi.yaml:3:26 /info/three');
    expect(place(at(root, 'info', 'deep', 'x').origin)).toBe('asyncapi.yaml:2:38 /info/deep/x');
  });
});

describe('withTraits', () => {
  const traits = `
channels: {}
operations:
  send:
    traits:
      - { $ref: '#/components/operationTraits/base' }
      - { title: Second, tags: [{ name: two }], bindings: { sqs: { b: 2, c: null } } }
    title: Own
    action: send
    bindings: { sns: { own: true } }
  plain: { action: send }
components:
  operationTraits:
    base: { title: First, summary: From base, tags: [{ name: one }], bindings: { sqs: { a: 1, b: 1, c: 1 } } }
`;

  it('merges traits in order under the own fields, objects deeply, lists as a whole', async () => {
    const merged = at(await rootOf(traits), 'operations', 'send').withTraits();
    expect(merged.value).toEqual({
      title: 'Own',
      action: 'send',
      summary: 'From base',
      tags: [{ name: 'two' }],
      bindings: { sqs: { a: 1, b: 2 }, sns: { own: true } },
    });
    expect(merged.entries().map(([key]) => key)).toEqual(['action', 'bindings', 'summary', 'tags', 'title']);
    expect(
      at(merged, 'bindings')
        .entries()
        .map(([key]) => key),
    ).toEqual(['sns', 'sqs']);
  });

  it('keeps the place each field comes from, and its own', async () => {
    const node = at(await rootOf(traits), 'operations', 'send');
    const merged = node.withTraits();
    expect(merged.origin).toEqual(node.origin);
    expect(merged.identity).toBe(node.identity);
    expect(at(merged, 'summary').origin.line).toBe(15);
    expect(merged.keyOrigin('summary').pointer).toBe('/components/operationTraits/base/summary');
    expect(at(merged, 'bindings', 'sqs', 'b').origin.line).toBe(8);
    expect(merged.get('traits')).toBeUndefined();
  });

  it('is the node itself without traits', async () => {
    const node = at(await rootOf(traits), 'operations', 'plain');
    expect(node.withTraits()).toBe(node);
  });
});
