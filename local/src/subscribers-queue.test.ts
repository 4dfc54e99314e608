import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { publish, put, subscriber, systemOf } from './fixtures/subscribers.ts';
import { busRoute, topicRoute } from './fixtures/topology.ts';

const all = busRoute('all', { source: ['s'] });
const none = { type: 'none', arn: null, visibilityTimeoutSeconds: 60, maxReceiveCount: 2, fifo: false } as const;

describe('a queue without a function', () => {
  test('keeps its messages until a client has received and deleted them', async () => {
    const system = systemOf([subscriber('a/pull', none, [all, topicRoute('t', 'topic:slots')])]);
    await put(system);
    await publish(system, { slot: 1 });
    await system.settle();
    const QueueUrl = system.queueUrl('a/pull');
    expect(system.received('a/pull')).toMatchObject([
      { content: { detail: { n: 1 } }, attributes: {} },
      { content: { slot: 1 }, attributes: { type: 'SlotBooked', id: 'slot-1' } },
    ]);
    expect(system.report().subscribers).toMatchObject([{ received: 2, handled: 0, inFlight: 2 }]);
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await system.clients.sqs.send(receive);
    for (const { ReceiptHandle } of Messages) {
      await system.clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    expect(system.report().subscribers).toMatchObject([{ received: 2, handled: 2, lost: 0, inFlight: 0 }]);
  });

  test('gives up what is received in vain', async () => {
    const system = systemOf([
      subscriber('a/pull', { ...none, arn: 'arn:aws:sqs:us-east-1:111122223333:theirs' }, [all]),
    ]);
    await put(system);
    const QueueUrl = system.queueUrl('a/pull');
    for (let n = 0; n < 3; n++) {
      await system.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      await system.advance(60_000);
    }
    expect(system.deadLetters('a/pull')).toMatchObject([{ event: { name: 'D' }, from: 'queue', receiveCount: 2 }]);
    expect(system.report().accounted).toMatchObject([{ verdicts: { 'a/pull': { kind: 'deadLettered' } } }]);
  });

  test('counts what is brought back from its dead-letter queue by its new end', async () => {
    const system = systemOf([subscriber('a/pull', { ...none, maxReceiveCount: 1 }, [all])]);
    await put(system);
    const { sqs } = system.clients;
    const QueueUrl = system.queueUrl('a/pull');
    await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 1 }));
    await system.advance(2_000);
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const letters = `${QueueUrl}-dlq`;
    const { Messages: [letter] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: letters }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: letter?.Body ?? '' }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl: letters, ReceiptHandle: letter?.ReceiptHandle }));
    const { Messages: [again] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
    expect(system.report().subscribers).toMatchObject([
      { received: 1, handled: 1, deadLettered: 0, redriven: 1, lost: 0, inFlight: 0 },
    ]);
  });

  test('is read by the function that plays its reader, in order where it is FIFO', async () => {
    const seen: unknown[] = [];
    const system = systemOf([subscriber('a/vans', { ...none, fifo: true }, [topicRoute('v', 'topic:vans.fifo')])], {
      targets: {
        'a/vans': ({ content, event }, { attempt }) => {
          seen.push([content, event.name, attempt]);
          if (attempt === 1) throw new Error('not yet');
        },
      },
    });
    await publish(system, { n: 1 }, 'vans.fifo');
    await publish(system, { n: 2 }, 'vans.fifo');
    await system.settle();
    expect(seen.filter((each) => JSON.stringify(each).endsWith(',2]'))).toEqual([
      [{ n: 1 }, 'SlotBooked', 2],
      [{ n: 2 }, 'SlotBooked', 2],
    ]);
    expect(system.report().subscribers).toMatchObject([{ received: 2, handled: 2, inFlight: 0 }]);
  });
});
