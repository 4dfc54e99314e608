import { beforeAll, describe, expect, it } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';
import { museum, museumFiles } from '../../../test/support/museum.ts';
import { addressKey } from '../model/order.ts';
import type { CostOptions } from './cost-options.ts';
import { type CostEstimate, estimateCost } from './estimate-cost.ts';
import { monthlyInvocations } from './schedule-rate.ts';
import { stateCount } from './state-count.ts';

let estimate: CostEstimate;

beforeAll(async () => {
  const { model } = await understand(museum, museumFiles);
  const published = new Map(model.catalog.events.map((event) => [addressKey(event), 1e6]));
  const options: CostOptions = {
    published,
    bytes: 2_048,
    durationMs: 100,
    memoryMb: null,
    batch: null,
    shares: new Map([['transport/packLoan', 0.5]]),
    environment: null,
    freeTier: false,
  };
  estimate = estimateCost(model, options);
});

const quantities = (key: string) => {
  const found = estimate.consumers.find((consumer) => consumer.key === key);
  if (found === undefined) throw new Error(`no ${key} among ${estimate.consumers.map((one) => one.key).join(' ')}`);
  return Object.fromEntries(found.lines.map(({ price, quantity }) => [price, quantity]));
};

describe('what has no handler costs', () => {
  it('an execution of an express workflow, and its run time by its states', () => {
    const { workflowExecutions, workflowTime } = quantities('transport/packLoan');
    expect(workflowExecutions).toBe(0.5e6);
    expect(workflowTime).toBeGreaterThan(0);
  });

  it('the transitions of a standard one, five of them where its definition is not known', () => {
    expect(quantities('transport/insureLoan')).toEqual({ workflowTransitions: 2e6 * 5 });
  });

  it('a mail to each address', () => {
    expect(quantities('guards/mailGuards')).toMatchObject({ topicEmails: 1e6 });
  });

  it('what Firehose takes by 5 KB, its partitions, and what is kept in the bucket', () => {
    const found = quantities('archive/keepVisits');
    expect(found.firehoseBytes).toBeCloseTo((1e6 * 5 * 1024) / 2 ** 30, 6);
    expect(found).toHaveProperty('firehosePartitionBytes');
    expect(found).toHaveProperty('bucketStorage');
    expect(found.topicFirehoseDeliveries).toBe(1e6);
  });

  it('as much as its parts, together with all else', () => {
    const parts = [...estimate.events, ...estimate.consumers, ...estimate.incoming, ...estimate.standing];
    const micro = (usd: number) => Math.round(usd * 1e6);
    for (const { usd, lines } of parts) expect(micro(usd)).toBe(lines.reduce((sum, line) => sum + micro(line.usd), 0));
    expect(micro(estimate.totalUsd)).toBe(parts.reduce((sum, { usd }) => sum + micro(usd), 0));
  });
});

describe('the states of a definition', () => {
  it.each([
    ['{"States":{"A":{"Type":"Pass"},"B":{"Type":"Succeed"}}}', 2],
    ['{"States":{"P":{"Branches":[{"States":{"A":{}}},{"States":{"B":{},"C":{}}}]}}}', 4],
    ['{"States":{"M":{"ItemProcessor":{"States":{"A":{}}}}}}', 2],
    ['{}', null],
    ['no JSON', null],
  ])('%s are %j', (definition, states) => {
    expect(stateCount(definition)).toBe(states);
  });
});

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', 43_800],
    ['rate(5 minutes)', 8_760],
    ['rate(1 hour)', 730],
    ['rate(2 days)', 730 / 48],
    ['at(2026-12-24T18:00:00)', 1],
    ['cron(0 6 * * ? *)', 730 / 24],
    ['cron(0/15 * * * ? *)', 2_920],
    ['cron(0 8,20 ? * MON-FRI *)', (2 * 5 * 730) / 24 / 7],
    ['cron(0 0 1 * ? *)', 1],
    ['cron(0 0 1 JAN,JUL ? *)', 2 / 12],
    ['cron(0 0 L * ? *)', 1],
    ['cron(0 9 ? * 6#3 *)', 1],
    ['every now and then', null],
    ['cron(whenever)', null],
  ])('%s fires %j times a month', (expression, times) => {
    const found = monthlyInvocations(expression);
    if (times === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(times, 6);
  });
});
