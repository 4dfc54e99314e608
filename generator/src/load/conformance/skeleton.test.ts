import { describe, expect, it } from 'vitest';
import type { Location } from '../location.ts';
import { rootOf } from '../location.ts';
import { parseSource } from '../source-file.ts';
import { makeSkeleton, type SkeletonShape } from './skeleton.ts';

function skeletonOf(text: string, shape: SkeletonShape) {
  const { file } = parseSource('asyncapi.yaml', text);
  const root: Location = rootOf(file);
  return makeSkeleton({ get: (name) => (name === file.name ? file : undefined) }, root, shape);
}

const spec = `channels:
  a: { address: a, messages: { A1: { $ref: '#/components/messages/M1' }, A2: { $ref: '#/components/messages/M2' } } }
  b: { address: b, messages: { B1: { $ref: '#/components/messages/M3' } } }
operations:
  one: { action: send, channel: { $ref: '#/channels/a' }, messages: [{ $ref: '#/channels/a/messages/A1' }] }
  two: { action: send, channel: { $ref: '#/channels/b' }, messages: [{ $ref: '#/channels/b/messages/B1' }] }
  three: { action: receive, channel: { $ref: '#/channels/b' }, x-service: s }
components:
  messages:
    M1: { name: One, payload: { type: string } }
    M2: { name: Two, payload: { type: object, properties: { a: {} } } }
    M3: { name: Three, payload: { $ref: '#/components/schemas/S' }, examples: [{ payload: 5 }] }
  schemas: { S: { type: object }, T: { type: array } }
`;

describe('makeSkeleton', () => {
  it('keeps one of all that look alike', () => {
    expect(skeletonOf(spec.replace(', examples: [{ payload: 5 }]', ''), 'folded')?.json).toEqual({
      components: {
        schemas: { S: { type: 'object' } },
        messages: { M1: { name: 'text', payload: { type: 'object' } } },
      },
      channels: { a: { address: 'text', messages: { message0: { $ref: '#/components/messages/M1' } } } },
      operations: {
        one: {
          action: 'send',
          channel: { $ref: '#/channels/a' },
          messages: [{ $ref: '#/channels/a/messages/message0' }],
        },
        three: { action: 'receive', channel: { $ref: '#/channels/a' } },
      },
    });
  });

  it('keeps what looks different', () => {
    const folded = skeletonOf(spec, 'folded')?.json;
    expect(Object.keys(folded?.channels as object)).toEqual(['a', 'b']);
    expect((folded as { components: { messages: object } }).components.messages).toEqual({
      M1: { name: 'text', payload: { type: 'object' } },
      M3: { name: 'text', payload: { type: 'object' }, examples: [{ payload: {} }] },
    });
  });

  it('keeps everything when it is not to fold', () => {
    const whole = skeletonOf(spec, 'whole')?.json;
    expect(Object.keys(whole?.operations as object)).toEqual(['one', 'two', 'three']);
    expect((whole as { channels: { b: unknown } }).channels.b).toEqual({
      address: 'text',
      messages: { B1: { $ref: '#/components/messages/M3' } },
    });
  });

  it('ends references in stubs of their own when it is to be cut', () => {
    const cut = skeletonOf(spec, 'cut')?.json as { operations: { one: unknown } };
    expect(cut.operations.one).toEqual({
      action: 'send',
      channel: { 'x-reference': 'channels/a' },
      messages: [{ 'x-reference': 'channels/a/messages/A1' }],
    });
  });

  it('hides the key `__proto__`, which the parser would take for the prototype', () => {
    const text = "channels: { __proto__: {} }\noperations: { o: { channel: { $ref: '#/channels/__proto__' } } }";
    expect(skeletonOf(text, 'whole')?.json).toEqual({
      channels: { 'proto-stand-in': {} },
      operations: { o: { channel: { $ref: '#/channels/proto-stand-in' } } },
    });
  });

  it('gives up folding when a reference leads to what folding takes away', () => {
    expect(skeletonOf(`${spec}x-a: {}\nservers: { s: { $ref: '#/components/schemas/T' } }`, 'folded')).toBeUndefined();
  });

  it.each([
    ["info: { contact: { $ref: '#/x' } }\nx: {}", true],
    ["servers: { s: { $ref: '#/components/servers/s' } }\ncomponents: { servers: { s: {} } }", false],
    [
      "channels: { c: { messages: { m: { traits: [{ $ref: '#/components/messageTraits/t' }] } } } }\ncomponents: { messageTraits: { t: {} } }",
      false,
    ],
    ["channels: { c: { messages: { $ref: '#/x' } } }\nx: {}", true],
  ])('tells whether %j has a reference in an odd place', (text, odd) => {
    expect(skeletonOf(text, 'whole')?.hasOddReferences).toBe(odd);
  });
});
