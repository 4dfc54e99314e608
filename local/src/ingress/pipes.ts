import { limits, type QueueIngress, type TableIngress, type Topology } from '@eventloom/engine';
import { addQueue, deadLetterSettings } from '../state/build/queues.ts';
import type { Site } from '../state/build/site.ts';
import { addTable } from '../state/build/stores.ts';
import { createContent } from '../state/content.ts';
import { deadLetterQueueName } from '../state/names.ts';
import { publish, receive, remove, send as sendMessage } from '../state/queue.ts';
import { eventNameOf } from '../state/stream-record.ts';
import type { Queue, World } from '../state/world.ts';
import type { Sender } from './sender.ts';

/** Where somebody who knows no event bus puts what becomes an event. */
export interface IngressPlace {
  /** Of an ingress of type `queue`. */
  readonly queueUrl?: string;
  /** Of an ingress of type `table`. */
  readonly tableName?: string;
  /** URL of the queue with what the pipe could not put on the bus. */
  readonly deadLetterQueueUrl: string;
}

/** Seconds that a pipe may take for a batch, as in the CDK constructs. */
const visibilityTimeoutSeconds = 60;
/** How long SQS keeps a message by default. */
const retentionSeconds = limits.retentionSecondsDefault.value;
/** Pipes back off up to some minutes, for as long as the stream keeps a record. */
const streamRetries = { milliseconds: 600_000, times: 138 } as const;

/** Makes the queue or the table of a pipe, and the pipe. Those of others are played by ones of our own. */
export function addPipe(
  site: Site,
  world: World,
  { ingress, send }: { readonly ingress: QueueIngress | TableIngress; readonly send: Sender },
): IngressPlace {
  const name = pipeName(site.topology, ingress);
  const deadLetters = addQueue(site, { ...deadLetterSettings, name: deadLetterQueueName(name), fifo: false });
  if (ingress.kind === 'table') return addTablePipe(site, world, { ingress, send, name, deadLetters });
  const queue = addQueue(site, {
    name,
    fifo: false,
    visibilityTimeoutSeconds,
    retentionSeconds,
    redrive: { queue: deadLetters, maxReceiveCount: ingress.maxReceiveCount },
  });
  queue.onWaiting = (at) => {
    world.scheduler.schedule(at, () => drain(world, { queue, ingress, send }));
  };
  return { queueUrl: queue.url, deadLetterQueueUrl: deadLetters.url };
}

function pipeName({ system }: Topology, { service, operation }: QueueIngress | TableIngress): string {
  return `${system}-${service}-${operation.replace(/[^A-Za-z0-9_-]/g, '-')}`;
}

interface QueuePipe {
  readonly queue: Queue;
  readonly ingress: QueueIngress;
  readonly send: Sender;
}

/** A message that is no JSON object, or that the bus refuses, is shown again until the queue moves it aside. */
async function drain(world: World, pipe: QueuePipe): Promise<void> {
  const { queue, ingress, send } = pipe;
  for (const message of receive(world, queue, { maximum: ingress.batchSize })) {
    const payload = objectText(message.content.body);
    if (payload === null || !(await isSent(send, ingress, payload))) continue;
    remove(queue, message);
  }
  const next = queue.shelf.nextVisibleAt(world.scheduler.now());
  if (next !== null) world.scheduler.schedule(next, () => drain(world, pipe));
}

async function isSent(send: Sender, { event }: QueueIngress | TableIngress, payload: string): Promise<boolean> {
  try {
    await send({ event, payload, id: '', attributes: {}, group: null });
    return true;
  } catch {
    return false;
  }
}

function objectText(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : null;
  } catch {
    return null;
  }
}

interface TablePipe {
  readonly ingress: TableIngress;
  readonly send: Sender;
  readonly name: string;
  readonly deadLetters: Queue;
}

function addTablePipe(site: Site, world: World, { ingress, send, name, deadLetters }: TablePipe): IngressPlace {
  addTable(site, {
    name,
    timeToLive: 'expiration',
    stream: (change) => {
      const value = change.after?.get(ingress.attribute);
      if (eventNameOf(change) !== 'INSERT' || value?.type !== 'S') return;
      const text = value.value;
      world.scheduler.schedule(world.scheduler.now(), () => attempt(1, text));
    },
  });
  const attempt = async (number: number, text: string): Promise<void> => {
    const payload = objectText(text);
    if (payload !== null && (await isSent(send, ingress, payload))) return;
    if (number < streamRetries.times && payload !== null) {
      world.scheduler.schedule(world.scheduler.now() + streamRetries.milliseconds, () => attempt(number + 1, text));
      return;
    }
    const event = publish(world, {
      id: `${name}-${deadLetters.sequence}`,
      name: ingress.event.name,
      source: ingress.event.source,
      destination: name,
      publisher: null,
      causes: [],
    });
    sendMessage(world, deadLetters, { content: createContent(text), event, senderId: 'AIDAPIPELOCAL00000001' });
  };
  return { tableName: name, deadLetterQueueUrl: deadLetters.url };
}
