import { describe, expect, test } from 'vitest';
import {
  accepted,
  fakeClient,
  onBus,
  onQueue,
  onTopic,
  publisherSystem,
} from '../../../test/support/publisher-system.ts';
import type { PublishedEventDefinition } from '../definitions.ts';

const inPayload = { correlation: { in: 'payload', pointer: '/meta/id' } } as const;
const inHeader = { correlation: { in: 'header', pointer: '/x-correlation' } } as const;

/** What is sent for a payload with the correlation id `c-1`. */
async function sent(event: PublishedEventDefinition, payload: object, headers?: Readonly<Record<string, unknown>>) {
  const client = fakeClient(accepted);
  await publisherSystem(event, client).publisher.place(payload, { correlationId: 'c-1', headers });
  const input = client.sent[0]?.input ?? {};
  const [entry = input] = (input.Entries ?? []) as Readonly<Record<string, unknown>>[];
  return {
    payload: JSON.parse(String(entry.Detail ?? entry.Message ?? entry.MessageBody)) as unknown,
    resources: entry.Resources,
    attributes: entry.MessageAttributes as Readonly<Record<string, { readonly StringValue: string }>> | undefined,
  };
}

describe.each([
  ['bus', onBus],
  ['topic', onTopic],
  ['queue', onQueue],
])('a correlation id that belongs into the payload, on a %s', (_, event) => {
  test('is put there, into a copy', async () => {
    const payload = { total: 5, meta: {} };
    expect((await sent({ ...event, ...inPayload }, payload)).payload).toEqual({ total: 5, meta: { id: 'c-1' } });
    expect(payload).toEqual({ total: 5, meta: {} });
  });

  test('gives way to one that the payload has', async () => {
    const payload = { total: 5, meta: { id: 'own' } };
    const { payload: body, resources } = await sent({ ...event, ...inPayload }, payload);
    expect([body, resources]).toEqual([payload, undefined]);
  });

  test('leaves a payload alone that has no place for it', async () => {
    const payload = { total: 5, meta: 'none' };
    expect((await sent({ ...event, ...inPayload }, payload)).payload).toEqual(payload);
  });
});

describe('a correlation id', () => {
  test('is a resource on a bus, when the payload has no place for it', async () => {
    const resources = ['urn:eventloom:correlation:c-1'];
    expect((await sent(onBus, { total: 5 })).resources).toEqual(resources);
    expect((await sent({ ...onBus, ...inPayload }, { total: 5 })).resources).toEqual(resources);
    expect((await sent({ ...onBus, ...inPayload }, { total: 5, meta: {} })).resources).toBeUndefined();
  });

  test.each([
    ['topic', onTopic],
    ['queue', onQueue],
  ])('is the message attribute on a %s that its header names, unless the caller gives another', async (_, event) => {
    const header = { name: 'x-correlation', attributeType: 'String', required: true } as const;
    const definition = { ...event, ...inHeader, headers: [header] };
    expect((await sent(definition, { total: 5 })).attributes?.['x-correlation']?.StringValue).toBe('c-1');
    const given = await sent(definition, { total: 5 }, { 'x-correlation': 'own' });
    expect(given.attributes?.['x-correlation']?.StringValue).toBe('own');
  });
});
