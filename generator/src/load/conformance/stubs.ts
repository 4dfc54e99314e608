import type { Kind } from './places.ts';

/** What each kind of object needs at least. */
const required: Readonly<Partial<Record<Kind, Readonly<Record<string, unknown>>>>> = {
  correlationIds: { location: '$message.header#/id' },
  externalDocs: { url: 'https://example.com' },
  operations: { action: 'send', channel: {} },
  replyAddresses: { location: '$message.header#/id' },
  securitySchemes: { type: 'userPassword' },
  servers: { host: 'localhost', protocol: 'eventbridge' },
  tags: { name: 'tag' },
};

/** A faultless object of a kind; those of different references differ, since lists must not repeat themselves. */
export function stubOf(kind: Kind, reference: string): Readonly<Record<string, unknown>> {
  return { ...required[kind], 'x-reference': reference };
}
