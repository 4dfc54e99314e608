import { describe, expect, test } from 'vitest';
import {
  accepted,
  environment,
  fakeClient,
  onBus,
  onQueue,
  onTopic,
  publisherSystem,
  thrown,
} from '../../../test/support/publisher-system.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import type { EventOptions } from './options.ts';
import type { GivenEvent } from './publish-many.ts';

const fifo = `${environment.QUEUE}.fifo`;
const level = { name: 'level', attributeType: 'String', required: false } as const;
const tags = { name: 'tags', attributeType: 'String.Array', required: false } as const;
const inHeader = { correlation: { in: 'header', pointer: '/trace' } } as const;

interface Bad {
  readonly payload?: object;
  readonly options?: EventOptions<Record<string, unknown>>;
  readonly address?: string;
}

const everywhere: readonly [string, string, Bad][] = [
  ['a time that is none', 'option-invalid', { options: { time: new Date(Number.NaN) } }],
  ['a time that is a text', 'option-invalid', { options: { time: '2026-11-25' as never } }],
  ['an empty id', 'option-invalid', { options: { id: '' } }],
  ['an id that is no text', 'option-invalid', { options: { id: 5 as never } }],
  ['an empty trace header', 'option-invalid', { options: { traceHeader: '' } }],
  ['a long trace header', 'option-invalid', { options: { traceHeader: 'x'.repeat(501) } }],
];

const onBuses: readonly [string, string, Bad][] = [
  ['a long correlation id', 'option-invalid', { options: { correlationId: 'c'.repeat(2_023) } }],
  ['a long id', 'option-invalid', { options: { id: 'c'.repeat(2_032) } }],
];

const onMessages: readonly [string, string, Bad][] = [
  ['half a surrogate pair in a header', 'header-invalid', { payload: { level: 'a smile 😀'.slice(0, 9) } }],
  ['a control character in a header', 'header-invalid', { options: { headers: { level: '\0' } } }],
  ['U+FFFF in a list', 'header-invalid', { payload: { tags: ['\uffff'] } }],
  ['an empty header where the payload has one', 'header-invalid', { payload: { level: 'a' }, options: { headers: { level: '' } } }], // biome-ignore format: a table
  ['half a pair in its id', 'option-invalid', { options: { id: '\ud83d' } }],
  ['half a pair in its correlation id', 'option-invalid', { options: { correlationId: '\ude00' } }],
  ['half a pair in its part', 'option-invalid', { options: { part: { of: '\ude00', index: 0, count: 2 } } }],
  ['a group with a space', 'group-invalid', { options: { groupId: 'Ada Lovelace' } }],
  ['a long group', 'group-invalid', { options: { groupId: 'x'.repeat(129) } }],
  ['a group with letters beyond ASCII', 'group-invalid', { options: { groupId: 'Zoë' } }],
  ['a deduplication id', 'option-invalid', { options: { deduplicationId: 'd' } }],
];

const onFifo: readonly [string, string, Bad][] = [
  ['a group of the payload with a space', 'group-invalid', { address: fifo, payload: { group: 'a b' } }],
  ['a long deduplication id', 'option-invalid', { address: fifo, options: { deduplicationId: 'd'.repeat(129) } }],
  ['an empty deduplication id', 'option-invalid', { address: fifo, options: { deduplicationId: '' } }],
  ['an id that is none for deduplication', 'option-invalid', { address: fifo, options: { id: 'a b' } }],
];

const beside = { headers: [level, tags], ...inHeader };
const onFifoQueue = { ...onQueue, ...beside, ordering: '/group' };

describe.each<[string, PublishedEventDefinition, readonly [string, string, Bad][]]>([
  ['a bus', onBus, [...everywhere, ...onBuses]],
  ['a topic', { ...onTopic, ...beside }, [...everywhere, ...onMessages]],
  ['a queue', { ...onQueue, ...beside }, [...everywhere, ...onMessages]],
  ['a FIFO queue', onFifoQueue, onFifo],
])('on %s', (_where, event, cases) => {
  const group = event.ordering ? { group: 'a' } : {};

  test.each(cases)('%s is refused before anything is sent', async (_what, code, { payload, options, address }) => {
    const client = fakeClient(accepted);
    const { publisher } = publisherSystem(event, client, address);
    const error = await thrown(publisher.place({ total: 1, ...group, ...payload }, options));
    expect(error).toMatchObject({ name: 'PublishError', code });
    expect(client.sent).toEqual([]);
  });

  test.each(cases)('%s takes no other event with it', async (_what, code, { payload, options, address }) => {
    const client = fakeClient({ Entries: [{ EventId: '0' }, { EventId: '1' }], Successful: [{ Id: '0' }, { Id: '1' }] }); // biome-ignore format: one line
    const { publisher } = publisherSystem(event, client, address);
    const good: GivenEvent = { name: 'OrderPlaced', payload: { total: 1, ...group } };
    const bad = { ...options, name: 'OrderPlaced', payload: { total: 1, ...group, ...payload } } as GivenEvent;
    const results = await publisher.$publishSettled([good, bad, good], { sendValid: true });
    expect(results.map(({ failure }) => failure?.code)).toEqual([undefined, code, undefined]);
  });
});

test('what AWS takes is taken', async () => {
  const group = { groupId: "!az09AZ~'".padEnd(128, '_'), deduplicationId: '~'.repeat(128) };
  const most = { ...group, id: 'x'.repeat(128), traceHeader: 'x'.repeat(500), time: new Date(0) };
  const headers = [level, tags];
  const client = fakeClient({ MessageId: 'm' });
  await publisherSystem({ ...onQueue, headers }, client, fifo).publisher.place(
    { total: 1, level: '\t\n\r ~é😀\ufffd', tags: ['\ud83d', '\0'] },
    most,
  );
  expect(client.sent).toHaveLength(1);
  const onEntry = fakeClient(accepted);
  await publisherSystem(onBus, onEntry).publisher.place({ total: 1 }, { correlationId: 'c'.repeat(2_022) });
  expect(onEntry.sent).toHaveLength(1);
});

test('an event on a bus has room for what JSON makes of its resources', async () => {
  const bus = { ...onBus, maximumBytes: 1_000 };
  const note = 'x'.repeat(1_000 - 'shop.ordersOrderPlaced{"total":1,"note":""}urn:eventloom:correlation:'.length - 200);
  const { publisher } = publisherSystem(bus, fakeClient(accepted));
  await publisher.place({ total: 1, note }, { correlationId: 'c'.repeat(200) });
  for (const text of ['"'.repeat(200), '\u0001'.repeat(200)]) {
    const error = await thrown(publisher.place({ total: 1, note }, { correlationId: text }));
    expect(error).toMatchObject({ code: 'event-too-large' });
  }
});
