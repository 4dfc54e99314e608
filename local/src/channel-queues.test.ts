import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { queueHandler, type ReceivedEvent, type Validator } from '@eventloom/runtime';
import { expect, test } from 'vitest';
import { queue, queueConsumer, queueRoute, topologyOf } from './fixtures/topology.ts';
import { createLocalSystem } from './system.ts';

const validate: Validator<unknown> = (value): value is unknown => value !== null;

test('what fails backs off in each of the queues of channels that feed one consumer', async () => {
  const attempts: string[] = [];
  const lines: string[] = [];
  const work = queueHandler(
    {
      key: 'works/work',
      service: 'works',
      consumer: 'work',
      onInvalid: 'deadLetter',
      fifo: false,
      routes: ['sqs'],
      receives: ['jobs', 'chores'].map((source) => ({ name: source, source, validate })),
      emits: [],
      backoff: { firstSeconds: 4, maximumSeconds: 4 },
    },
    ({ name }: ReceivedEvent<string, string, unknown>, { attempt }) => {
      attempts.push(`${name} ${attempt}`);
      if (attempt === 1) throw new Error('down');
    },
  );
  const system = createLocalSystem({
    topology: topologyOf(
      [queue('jobs'), queue('chores')],
      [queueConsumer('works/work', [queueRoute('takeJobs', 'queue:jobs'), queueRoute('takeChores', 'queue:chores')])],
    ),
    handlers: { 'works/work': async () => ({ handler: work }) },
    onLog: (line) => lines.push(JSON.stringify(line)),
  });
  const startedAt = system.now().valueOf();
  for (const name of ['jobs', 'chores']) {
    const QueueUrl = system.environment[`EVENTLOOM_QUEUE_${name.toUpperCase()}`];
    const MessageAttributes = { type: { DataType: 'String', StringValue: name } };
    await system.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}', MessageAttributes }));
  }
  await system.settle();
  expect(attempts.sort()).toEqual(['chores 1', 'chores 2', 'jobs 1', 'jobs 2']);
  expect(lines.join()).not.toContain('Visibility not changed');
  // The visibility timeout of the queues is 60 seconds.
  expect(system.now().valueOf() - startedAt).toBeLessThan(10_000);
});
