import type { Consumer } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import type { Queues } from './aws.ts';
import { type RedriveOptions, redrive } from './redrive.ts';

interface Letter {
  readonly code: string;
  readonly groupId?: string;
}

const none = () => Promise.reject(new Error('none'));

/** A dead-letter queue in memory. A message is sent, and deleted, in a tenth of a second. */
function queueWith(letters: readonly Letter[], { fifo = false, receiveSeconds = 0.05 } = {}) {
  let now = 0;
  const standing = letters.map(({ code, groupId }, index) => ({
    ...{ id: `m${index}`, receipt: `m${index}`, body: '{}', sentAt: 0, groupId, hiddenUntil: 0 },
    attributes: { 'eventloom.failure': { DataType: 'String', StringValue: JSON.stringify({ code }) } },
  }));
  const sent: string[] = [];
  const isHidden = ({ hiddenUntil }: (typeof standing)[number]) => hiddenUntil > now;
  const queues: Partial<Queues> = {
    receive: async (_url, hiddenSeconds) => {
      now += receiveSeconds;
      const locked = new Set(fifo ? standing.filter(isHidden).map(({ groupId }) => groupId) : []);
      const received = standing.filter((one) => !isHidden(one) && !locked.has(one.groupId)).slice(0, 10);
      for (const one of received) one.hiddenUntil = now + hiddenSeconds;
      return received;
    },
    send: async (_url, { deduplicationId, message }) => {
      now += 0.1;
      sent.push(`${message.groupId ?? ''}${deduplicationId ?? ''}`);
    },
    remove: async (_url, receipt) => {
      now += 0.1;
      standing.splice(
        standing.findIndex(({ id }) => id === receipt),
        1,
      );
    },
    release: async (_url, receipts) => {
      for (const one of standing) if (receipts.includes(one.receipt)) one.hiddenUntil = 0;
    },
  };
  const suffix = fifo ? '.fifo' : '';
  const link = { deadLetterQueueUrl: `dlq${suffix}`, target: { kind: 'queue', url: `q${suffix}` } } as const;
  const run = (options: Partial<RedriveOptions>) =>
    redrive({ queues: queues as Queues, functions: none, topics: none }, link, {
      ...{ dryRun: false, maximum: Number.POSITIVE_INFINITY, code: null, startedAt: 1, ...options },
      consumer: { delivery: { type: 'queue' }, routes: [] } as unknown as Consumer,
    });
  return { run, sent, standing, isHidden };
}

const lettersOf = (count: number, code: string, groupId?: string): readonly Letter[] =>
  Array.from({ length: count }, () => (groupId === undefined ? { code } : { code, groupId }));

describe('a standard dead-letter queue', () => {
  test('is read to its end, also when what stays in front is visible again before', async () => {
    const { run, sent, standing, isHidden } = queueWith([...lettersOf(200, 'other'), ...lettersOf(1_800, 'wanted')]);
    const { messages, unseen } = await run({ code: 'wanted' });
    expect([messages.length, sent.length, standing.length]).toEqual([1_800, 1_800, 200]);
    expect([unseen, standing.some(isHidden)]).toEqual([{ blockedGroups: [], isQuotaReached: false }, false]);
  });

  test('is read to its end when reading what stays takes longer than it is hidden at first', async () => {
    const { run, standing, isHidden } = queueWith(lettersOf(600, 'other'), { receiveSeconds: 5 });
    expect((await run({ dryRun: true })).messages).toHaveLength(600);
    expect(standing.some(isHidden)).toBe(false);
  });
});

describe('a FIFO dead-letter queue', () => {
  test('shows what is behind a few letters that stay', async () => {
    const letters = [...lettersOf(3, 'other', 'g'), ...lettersOf(30, 'wanted', 'g')];
    const { run, sent, standing } = queueWith(letters, { fifo: true });
    const { unseen } = await run({ code: 'wanted' });
    expect(sent).toEqual(Array.from({ length: 30 }, (_, index) => `gm${index + 3}`));
    expect([standing.length, unseen.blockedGroups]).toEqual([3, []]);
  });

  test('has groups that ten letters block, which the run tells, and others that they do not', async () => {
    const letters = [...lettersOf(10, 'other', 'g'), ...lettersOf(5, 'wanted', 'g'), ...lettersOf(15, 'wanted', 'h')];
    const { run, sent, standing, isHidden } = queueWith(letters, { fifo: true });
    const { unseen } = await run({ code: 'wanted' });
    expect(sent).toEqual(Array.from({ length: 15 }, (_, index) => `hm${index + 15}`));
    expect([unseen.blockedGroups, standing.length, standing.some(isHidden)]).toEqual([['g'], 15, false]);
  });

  test('shows ten letters of a group in a dry run', async () => {
    const { run } = queueWith([...lettersOf(6, 'a', 'g'), ...lettersOf(40, 'a', 'h')], { fifo: true });
    const { messages, unseen } = await run({ dryRun: true });
    expect([messages.length, unseen.blockedGroups]).toEqual([16, ['h']]);
  });
});
