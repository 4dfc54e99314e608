import {
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Cloud } from './clouds.ts';
import type { PhysicalIds } from './deploy.ts';
import type { Lookout } from './stacks.ts';
import { sleep } from './wait.ts';

/** A copy of an event that came to a consumer. */
export interface Copy {
  readonly id: string;
  readonly payload: unknown;
}

/** What came to each consumer, by its key. */
export type Received = ReadonlyMap<string, readonly Copy[]>;

/** What to read, and when it is enough. */
export interface ReceiveOptions {
  readonly lookouts: readonly Lookout[];
  readonly stacks: ReadonlyMap<string, PhysicalIds>;
  /** Copies that each consumer is to get, by its key. */
  readonly expected: ReadonlyMap<string, number>;
}

/**
 * Empties the queues of the lookouts until everything that should come has come, and nothing more comes after that; or
 * until nothing has come for a long time.
 */
export async function receiveAll(cloud: Cloud, { lookouts, stacks, expected }: ReceiveOptions): Promise<Received> {
  const sources = lookouts.map(async (lookout) => ({
    key: lookout.consumer.key,
    url: await queueUrl(cloud, lookout.queue, stacks),
    read: (message: Message) => copiesIn(lookout, message),
  }));
  return emptyAll(cloud, await Promise.all(sources), expected);
}

/** The same for queues by operation, to which a topic has delivered raw. */
export async function receiveFrom(
  cloud: Cloud,
  queues: ReadonlyMap<string, string>,
  sent: readonly { readonly copies: ReadonlyMap<string, number> }[],
): Promise<Received> {
  const expected = [...queues.keys()].map((key) => [key, sent.filter(({ copies }) => copies.has(key)).length] as const);
  const read = ({ Body = '', MessageAttributes = {} }: Message) => [copyOf(Body, MessageAttributes.id?.StringValue)];
  return emptyAll(
    cloud,
    [...queues].map(([key, url]) => ({ key, url, read })),
    new Map(expected),
  );
}

interface Source {
  readonly key: string;
  readonly url: string;
  readonly read: (message: Message) => readonly Copy[];
}

async function emptyAll(
  cloud: Cloud,
  sources: readonly Source[],
  expected: ReceiveOptions['expected'],
): Promise<Received> {
  const received = new Map<string, Copy[]>(sources.map(({ key }) => [key, []]));
  let changed = Date.now();
  for (;;) {
    const counts = await Promise.all(
      sources.map(async ({ key, url, read }) => {
        const copies = (await empty(cloud, url)).flatMap(read);
        received.get(key)?.push(...copies);
        return copies.length;
      }),
    );
    if (counts.some((count) => count > 0)) changed = Date.now();
    const isComplete = [...expected].every(([key, count]) => (received.get(key)?.length ?? 0) >= count);
    if (Date.now() - changed > (isComplete ? cloud.quietMs : cloud.patienceMs)) return received;
    await sleep(200);
  }
}

async function queueUrl({ sqs }: Cloud, queue: Lookout['queue'], stacks: ReceiveOptions['stacks']): Promise<string> {
  if ('queueName' in queue) {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue.queueName }));
    if (QueueUrl !== undefined) return QueueUrl;
  } else {
    const url = stacks.get(queue.stack)?.get(queue.logicalId);
    if (url !== undefined) return url;
  }
  throw new Error(`there is no queue ${JSON.stringify(queue)}`);
}

/** Receives and deletes all that a queue shows. */
async function empty({ sqs }: Cloud, QueueUrl: string): Promise<readonly Message[]> {
  const found: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    if (Messages.length === 0) return found;
    found.push(...Messages);
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

function copiesIn({ kind }: Lookout, { Body = '', MessageAttributes = {} }: Message): readonly Copy[] {
  if (kind === 'queue') return [copyOf(Body, MessageAttributes.id?.StringValue)];
  const { Records: records } = JSON.parse(Body) as { readonly Records?: readonly LambdaRecord[] };
  if (records === undefined) return [copyOf(Body, undefined)];
  return records.map(({ Sns, body = '', messageAttributes }) =>
    Sns === undefined
      ? copyOf(body, messageAttributes?.id?.stringValue)
      : copyOf(Sns.Message, Sns.MessageAttributes?.id?.Value),
  );
}

/** A record of SQS or of SNS, as Lambda gets it. */
interface LambdaRecord {
  readonly body?: string;
  readonly messageAttributes?: { readonly id?: { readonly stringValue?: string } };
  readonly Sns?: {
    readonly Message: string;
    readonly MessageAttributes?: { readonly id?: { readonly Value?: string } };
  };
}

/** Topics and queues carry the payload, with the id in an attribute; a bus carries it in an envelope. */
function copyOf(body: string, id: string | undefined): Copy {
  const content: unknown = JSON.parse(body);
  if (id !== undefined) return { id, payload: content };
  const envelope = content as { readonly id: string; readonly detail: unknown };
  return { id: envelope.id, payload: envelope.detail };
}
