import { describe, expect, test } from 'vitest';
import { type AwsClient, type Connection, connect } from '../connection.ts';
import type { BusEntry, Entry } from './entry.ts';
import { send } from './send.ts';

const ofBus = (DetailType: string): BusEntry => ({
  kind: 'bus',
  bytes: 10,
  input: { EventBusName: 'shop', Source: 's', DetailType, Detail: '{}' },
});

const ofQueue = (id: string): Entry => ({
  kind: 'queue',
  id,
  bytes: 2,
  input: { QueueUrl: 'https://sqs/1/q', MessageBody: '{}', MessageAttributes: {} },
});

/** Answers PutEvents from the verdicts on each entry, one at each attempt; keeps the entries of each request. */
function busOf(verdicts: Readonly<Record<string, readonly string[]>>): {
  connection: Connection;
  requests: string[][];
} {
  const requests: string[][] = [];
  const eventBridge: AwsClient = {
    send: async (command) => {
      const { Entries } = (command as { input: { Entries: BusEntry['input'][] } }).input;
      requests.push(Entries.map(({ DetailType }) => DetailType));
      const results = Entries.map(({ DetailType }) => {
        const attempt = requests.filter((names) => names.includes(DetailType)).length - 1;
        const verdict = verdicts[DetailType]?.[attempt] ?? '';
        return verdict ? { ErrorCode: verdict, ErrorMessage: 'no' } : { EventId: `id of ${DetailType}` };
      });
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
  };
  const sqs: AwsClient = { send: async () => ({ MessageId: 'm' }) };
  return {
    connection: connect({ clients: { eventBridge, sqs }, clock: { now: () => new Date(0), sleep: async () => {} } }),
    requests,
  };
}

describe('send', () => {
  test('sends only the entries again that failed and may succeed, and keeps the order of outcomes', async () => {
    const { connection, requests } = busOf({
      B: ['ThrottlingException'],
      C: ['MalformedDetail'],
      D: ['InternalFailure', 'InternalFailure'],
    });
    const outcomes = await send(connection, ['A', 'B', 'C', 'D'].map(ofBus));
    expect(requests).toEqual([['A', 'B', 'C', 'D'], ['B', 'D'], ['D']]);
    expect(outcomes).toEqual([
      { id: 'id of A' },
      { id: 'id of B' },
      { code: 'MalformedDetail', message: 'no', retryable: false },
      { id: 'id of D' },
    ]);
  });

  test('keeps what was accepted when a later request fails as a whole', async () => {
    const { connection, requests } = busOf({ B: ['ThrottlingException'] });
    const first = connection.clients.eventBridge;
    connection.clients.eventBridge = {
      send: async (command) => {
        if (requests.length > 0) throw new TypeError('connection reset');
        return first?.send(command);
      },
    };
    const outcomes = await send(connection, ['A', 'B'].map(ofBus));
    expect(outcomes).toMatchObject([{ id: 'id of A' }, { code: 'TypeError', message: 'connection reset' }]);
  });

  test('says for entries of mixed kinds in order what became of each', async () => {
    const { connection } = busOf({ B: ['MalformedDetail'] });
    const outcomes = await send(connection, [ofQueue('1'), ofBus('A'), ofQueue('2'), ofBus('B')]);
    expect(outcomes).toMatchObject([{ id: '1' }, { id: 'id of A' }, { id: '2' }, { code: 'MalformedDetail' }]);
  });

  test('sends no request for no entries', async () => {
    const { connection, requests } = busOf({});
    expect(await send(connection, [])).toEqual([]);
    expect(requests).toEqual([]);
  });
});
