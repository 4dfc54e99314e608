import { screenHighValueOrder } from '../generated/services/fraud/index.js';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';
import { readSchema, runTimeAjv } from './validator.ts';

const records = 10;

/**
 * Microseconds to handle a batch of ten valid orders that came over a bus: the generated handler, against no more than
 * `JSON.parse` of each body and the validator that Ajv compiles from the same schema at run time.
 */
export async function benchHandling(rounds: number): Promise<readonly Figure[]> {
  const bodies = Array.from({ length: records }, (_, index) => envelope(index));
  const batch = { Records: bodies.map(record) };
  const validate = runTimeAjv();
  let handled = 0;
  const handler = screenHighValueOrder(() => {
    handled++;
  });
  const bare = (): void => {
    for (const body of bodies) if (!validate((JSON.parse(body) as Envelope).detail)) throw new Error('Not valid');
  };
  const context = { getRemainingTimeInMillis: () => 30_000 };
  const own: number[] = [];
  const baseline: number[] = [];
  // Of the least of each, since what else the machine does only adds; pairs are short, so that some are left alone.
  const ratioOf = (): number => Math.min(...own) / Math.min(...baseline);
  const pairs = rounds * pairsOfARound;
  // Over budget it measures up to three times as long.
  for (let pair = 0; pair < pairs || (pair < pairs * 3 && ratioOf() > mostRatio); pair++) {
    baseline.push(await microseconds(bare));
    own.push(await microseconds(() => handler(batch, context)));
  }
  if (handled !== records * own.length * times) throw new Error('Not every order was handled');
  return [
    { name: 'ten orders, parsed and run-time Ajv', value: median(baseline), unit: 'µs', budget: null },
    { name: 'ten orders, handled', value: median(own), unit: 'µs', budget: null },
    { name: 'handled to parsed and run-time Ajv', value: ratioOf(), unit: 'x', budget: mostRatio },
  ];
}

const mostRatio = 1.6;
const pairsOfARound = 21;
const times = 150;

/** Of CPU time, in which what else runs on the machine takes no part. */
async function microseconds(work: () => unknown): Promise<number> {
  const started = process.cpuUsage();
  for (let count = 0; count < times; count++) await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / times;
}

interface Envelope {
  readonly detail: unknown;
}

function envelope(index: number): string {
  const detail = readSchema('events/order-placed.schema.json').examples?.[0];
  return JSON.stringify({
    version: '0',
    id: `00000000-0000-4000-8000-00000000000${index}`,
    'detail-type': 'OrderPlaced',
    source: 'shop.orders',
    account: '111122223333',
    time: '2026-11-20T18:43:48Z',
    region: 'eu-west-1',
    resources: [],
    detail,
  });
}

function record(body: string, index: number): object {
  return {
    messageId: `059f36b4-87a3-44ab-83d2-66197583000${index}`,
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body,
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1545082649183', SenderId: 'AIDAIENQZJOLO23YVJ4VO' },
    messageAttributes: {},
    md5OfBody: '098f6bcd4621d373cade4e832627b4f6',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:q',
    awsRegion: 'eu-west-1',
  };
}
