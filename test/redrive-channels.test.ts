import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { LocalSystem } from '@eventloom/local';
import { describe, expect, test } from 'vitest';
import { redriveIn, systemOf } from './support/redrive.ts';

/** A consumer of two queues; that of the first deletes what its filter does not match. */
const depot = (events: { readonly arrivals: string; readonly returns: string }): string => `
asyncapi: 3.0.0
info: { title: Depot, version: 1.0.0 }
channels:
  arrivals:
    address: arrival-jobs
    bindings: { sqs: { queue: { name: arrival-jobs, fifoQueue: false } } }
    messages: { ${events.arrivals}: { payload: { type: object, properties: { weight: { type: number } } } } }
  returns:
    address: return-jobs
    bindings: { sqs: { queue: { name: return-jobs, fifoQueue: false } } }
    messages: { ${events.returns}: { payload: { type: object } } }
operations:
  acceptHeavy:
    action: receive
    channel: { $ref: '#/channels/arrivals' }
    x-service: depot
    x-consumer: shelve
    x-filter: { weight: [{ numeric: ['>', 10] }] }
    x-filter-unmatched: delete
    x-delivery: { type: queue, maxReceiveCount: 5 }
  takeReturn: { action: receive, channel: { $ref: '#/channels/returns' }, x-service: depot, x-consumer: shelve }
`;

interface SqsMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes: Readonly<Record<string, { readonly stringValue?: string }>>;
  readonly eventSourceARN: string;
}

const urlOf = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;

/** What the handler refuses, it puts on the consumer's dead-letter queue, as the runtime does. */
async function refuse({ clients }: LocalSystem, { body, messageAttributes, messageId }: SqsMessage): Promise<void> {
  const attributes = Object.entries(messageAttributes).map(([name, { stringValue }]) => [
    name,
    text(stringValue ?? ''),
  ]);
  const failure = text(JSON.stringify({ code: 'no-room', reason: 'no room', messageId }));
  const MessageAttributes = Object.fromEntries([...attributes, ['eventloom.failure', failure]]);
  const QueueUrl = urlOf('depot-depot-shelve-dlq');
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes }));
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

async function fullDepot(spec: string) {
  const state = { isFull: true, refused: [] as string[], shelved: [] as string[], ids: [] as unknown[] };
  const handler = async (input: unknown): Promise<void> => {
    for (const record of (input as { readonly Records: readonly SqsMessage[] }).Records) {
      const { type, id } = record.messageAttributes;
      if (state.isFull) {
        state.refused.push(record.messageId);
        await refuse(system, record);
      } else {
        state.shelved.push(`${type?.stringValue} by ${record.eventSourceARN.split(':')[5]}`);
        state.ids.push(id?.stringValue);
      }
    }
  };
  const system = await systemOf(spec, { handlers: { 'depot/shelve': async () => ({ handler }) } });
  return { system, state };
}

async function send({ clients }: LocalSystem, queue: string, type: string, body: string): Promise<void> {
  const MessageAttributes = { type: text(type) };
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody: body, MessageAttributes }));
}

describe('a consumer of two queues', () => {
  test('gets each event back by the queue that carries it', async () => {
    const spec = depot({ arrivals: 'ParcelArrived', returns: 'ParcelReturned' });
    const { system, state } = await fullDepot(spec);
    await send(system, 'return-jobs', 'ParcelReturned', '{"parcelId":"r-1"}');
    await send(system, 'arrival-jobs', 'ParcelArrived', '{"weight":20}');
    await system.settle();
    state.isFull = false;
    const { exitCode } = await redriveIn(system, { spec, consumer: 'depot/shelve' });
    await system.settle();
    expect([exitCode, system.deadLetters('depot/shelve')]).toEqual([0, []]);
    expect(state.ids.sort()).toEqual(state.refused.sort());
    expect(state.shelved.sort()).toEqual(['ParcelArrived by arrival-jobs', 'ParcelReturned by return-jobs']);
  });

  test('does not get back what may have come by either, until the caller names the queue', async () => {
    const spec = depot({ arrivals: 'ParcelMoved', returns: 'ParcelMoved' });
    const { system, state } = await fullDepot(spec);
    await send(system, 'return-jobs', 'ParcelMoved', '{}');
    await system.settle();
    state.isFull = false;
    const error = expect.stringContaining('arrival-jobs or return-jobs: name the queue with --queue-url');
    const failed = { messages: [{ outcome: 'failed', code: 'no-room', error }] };
    const dry = await redriveIn(system, { spec, consumer: 'depot/shelve', options: { 'dry-run': '' } });
    expect(dry).toMatchObject({ exitCode: 0, json: failed });
    const refused = await redriveIn(system, { spec, consumer: 'depot/shelve' });
    expect(refused).toMatchObject({ exitCode: 1, json: failed });

    const options = { 'queue-url': urlOf('return-jobs') };
    const { json } = await redriveIn(system, { spec, consumer: 'depot/shelve', options });
    await system.settle();
    expect(json).toMatchObject({ messages: [{ outcome: 'redriven' }] });
    expect([state.shelved, system.deadLetters('depot/shelve')]).toEqual([['ParcelMoved by return-jobs'], []]);
  });
});
