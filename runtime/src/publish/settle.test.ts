import { describe, expect, test } from 'vitest';
import { type AwsClient, type Connection, connect } from '../connection.ts';
import { within } from './allowance.ts';
import type { Outcome } from './entry.ts';
import { encode } from './prepare.ts';
import { sendToBus } from './send-to-bus.ts';
import { settle } from './settle.ts';
import { toBus } from './to-bus.ts';

/** Settles an event of each name. */
function settleAll(connection: Connection, ...names: readonly string[]): Promise<readonly Outcome[]> {
  const entries = names.map((name) => {
    const destination = { transport: toBus, environmentVariable: 'BUS' };
    const event = { name, source: 's', validate: (_: unknown): _ is unknown => true, destination, headers: [] };
    return encode(connection, { event, payload: {}, options: {} });
  });
  return within(connection, {}, (allowance) => settle(connection, sendToBus, entries, allowance));
}

/** Answers PutEvents from the verdicts on each entry, one at each attempt; keeps the entries of each request. */
function busOf(verdicts: Readonly<Record<string, readonly string[]>>): {
  connection: Connection;
  requests: string[][];
} {
  const requests: string[][] = [];
  const eventBridge: AwsClient = {
    send: async (command) => {
      const { Entries } = (command as { input: { Entries: { DetailType: string }[] } }).input;
      requests.push(Entries.map(({ DetailType }) => DetailType));
      const results = Entries.map(({ DetailType }) => {
        const attempt = requests.filter((names) => names.includes(DetailType)).length - 1;
        const verdict = verdicts[DetailType]?.[attempt] ?? '';
        return verdict ? { ErrorCode: verdict, ErrorMessage: 'no' } : { EventId: `id of ${DetailType}` };
      });
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
  };
  const clock = { now: () => new Date(0), sleep: async () => {} };
  return { connection: connect({ clients: { eventBridge }, clock, environment: { BUS: 'shop' } }), requests };
}

describe('settle', () => {
  test('sends only the entries again that failed and may succeed, and keeps the order of outcomes', async () => {
    const { connection, requests } = busOf({
      B: ['ThrottlingException'],
      C: ['MalformedDetail'],
      D: ['InternalFailure', 'InternalFailure'],
    });
    const outcomes = await settleAll(connection, 'A', 'B', 'C', 'D');
    expect(requests).toEqual([['A', 'B', 'C', 'D'], ['B', 'D'], ['D']]);
    expect(outcomes).toEqual([
      { id: 'id of A', name: 'A', source: 's' },
      { id: 'id of B', name: 'B', source: 's' },
      { code: 'MalformedDetail', message: 'no', retryable: false },
      { id: 'id of D', name: 'D', source: 's' },
    ]);
  });

  test('calls refused for sure only what no earlier try of the SDK can have brought', async () => {
    const { connection } = busOf({
      A: ['MalformedDetail'],
      B: Array(10).fill('InternalFailure'),
      C: ['InternalFailure'],
    });
    const { eventBridge } = connection.clients;
    let attempts = 2;
    connection.clients.eventBridge = {
      send: async (command) => ({ ...Object(await eventBridge?.send(command)), $metadata: { attempts: attempts-- } }),
    };
    const outcomes = await settleAll(connection, 'A', 'B', 'C');
    expect(outcomes).toMatchObject([
      { code: 'unconfirmed', cause: { code: 'MalformedDetail' } },
      { code: 'unconfirmed', cause: { code: 'InternalFailure' } },
      { id: 'id of C' },
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
    const outcomes = await settleAll(connection, 'A', 'B');
    expect(outcomes).toMatchObject([{ id: 'id of A' }, { code: 'TypeError', message: 'connection reset' }]);
  });
});
