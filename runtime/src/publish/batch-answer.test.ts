import { describe, expect, test } from 'vitest';
import { environment, onQueue, onTopic } from '../../../test/support/publisher-system.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { GivenEvent } from './publish-many.ts';
import { createPublisher } from './publisher.ts';

interface Failed {
  readonly Id: string;
  readonly Code?: string;
  readonly SenderFault?: boolean;
}

const ok = (...places: readonly string[]): { readonly Id: string }[] => places.map((Id) => ({ Id }));
const failed = (Id: string): Failed => ({ Id, Code: 'InvalidMessageContents', SenderFault: true });

/** The codes of three events, `ok` for those accepted, when AWS gives this answer to their batch; and the requests. */
async function outcomes(event: typeof onTopic, answer: unknown): Promise<[codes: string[], requests: number]> {
  let requests = 0;
  const client = { send: async () => (requests++ === 0 ? answer : { Successful: ok('0', '1', '2') }) };
  const publisher = createPublisher<EventPublisher<GivenEvent>>(
    { service: 'orders', operations: { place: [event] } },
    { environment, clients: { sns: client, sqs: client }, clock: { now: () => new Date(0), sleep: async () => {} } },
  );
  const given = [1, 2, 3].map((total) => ({ name: 'OrderPlaced', payload: { total } }));
  const results = await publisher.$publishSettled(given);
  return [results.map(({ failure }) => failure?.code ?? 'ok'), requests];
}

describe.each([
  ['topic', onTopic],
  ['queue', onQueue],
])('the answer to a batch for a %s', (_, event) => {
  test.each<[string, unknown, string[], number]>([
    [
      'in another order',
      { Successful: ok('2', '0'), Failed: [failed('1')] },
      ['ok', 'InvalidMessageContents', 'ok'],
      1,
    ],
    ['without an entry', { Successful: ok('0', '2'), Failed: [] }, ['ok', 'unconfirmed', 'ok'], 1],
    ['without a list', { Successful: ok('0', '1') }, ['ok', 'ok', 'unconfirmed'], 1],
    ['that names an entry twice', { Successful: ok('0', '0', '1') }, ['ok', 'ok', 'unconfirmed'], 1],
    [
      'that contradicts itself',
      { Successful: ok('0', '1', '2'), Failed: [failed('1')] },
      ['ok', 'unconfirmed', 'ok'],
      1,
    ],
    ['with an id that was not sent', { Successful: ok('0', '1', '7', '') }, ['ok', 'ok', 'unconfirmed'], 1],
    ['that is empty', {}, Array(3).fill('unconfirmed'), 1],
    ['that is none', undefined, Array(3).fill('unconfirmed'), 1],
    ['with a failure of nobody known', { Successful: ok('0', '1'), Failed: [{ Id: '2' }] }, ['ok', 'ok', 'Error'], 1],
    [
      'with a failure of AWS',
      { Successful: ok('0', '1'), Failed: [{ Id: '2', SenderFault: false }] },
      ['ok', 'ok', 'ok'],
      2,
    ],
  ])('%s is read by the ids of its entries', async (_case, answer, codes, requests) => {
    expect(await outcomes(event, answer)).toEqual([codes, requests]);
  });
});
