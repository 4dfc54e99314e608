import type { Connection, RequestOptions } from '../connection.ts';
import {
  type BusEntry,
  type MessageEntry,
  type Outcome,
  type QueueEntry,
  type TopicEntry,
  unconfirmed,
} from './entry.ts';
import { queueClient } from './queue-client.ts';
import { sendToBus } from './send-to-bus.ts';
import type { SendOnce } from './settle.ts';
import { topicClient } from './topic-client.ts';

type EventBridge = Promise<typeof import('@aws-sdk/client-eventbridge')>;
type Sns = Promise<typeof import('@aws-sdk/client-sns')>;
type Sqs = Promise<typeof import('@aws-sdk/client-sqs')>;

/**
 * Makes what sends entries of one kind, and of one topic or queue, in one request. It imports each client once, since an
 * import costs even when it is not the first, and rejects with the SDK's error, after the SDK's own retries.
 */
export function batchSender(): SendOnce {
  let eventBridge: EventBridge | undefined;
  let sns: Sns | undefined;
  let sqs: Sqs | undefined;
  return (connection, entries, options) => {
    switch (entries[0]?.kind) {
      case 'topic':
        sns ??= import('@aws-sdk/client-sns');
        return publishBatch(connection, entries as readonly TopicEntry[], options, sns);
      case 'queue':
        sqs ??= import('@aws-sdk/client-sqs');
        return sendMessageBatch(connection, entries as readonly QueueEntry[], options, sqs);
      default:
        eventBridge ??= import('@aws-sdk/client-eventbridge');
        return sendToBus(connection, entries as readonly BusEntry[], options, eventBridge);
    }
  };
}

async function publishBatch(
  connection: Connection,
  entries: readonly TopicEntry[],
  options: RequestOptions | undefined,
  sdk: Sns,
): Promise<Outcome[]> {
  const { PublishBatchCommand } = await sdk;
  const PublishBatchRequestEntries = entries.map(({ input: { TopicArn, ...message } }, Id) => ({
    Id: `${Id}`,
    ...message,
  }));
  const command = new PublishBatchCommand({ TopicArn: entries[0]?.input.TopicArn, PublishBatchRequestEntries });
  return outcomesOf(entries, await (await topicClient(connection)).send(command, options));
}

async function sendMessageBatch(
  connection: Connection,
  entries: readonly QueueEntry[],
  options: RequestOptions | undefined,
  sdk: Sqs,
): Promise<Outcome[]> {
  const { SendMessageBatchCommand } = await sdk;
  const Entries = entries.map(({ input: { QueueUrl, ...message } }, Id) => ({ Id: `${Id}`, ...message }));
  const command = new SendMessageBatchCommand({ QueueUrl: entries[0]?.input.QueueUrl, Entries });
  return outcomesOf(entries, await (await queueClient(connection)).send(command, options));
}

/** What SNS and SQS answer to a batch. */
interface Answer {
  readonly Successful?: readonly { readonly Id?: string }[];
  readonly Failed?: readonly Failed[];
}

interface Failed {
  readonly Id?: string;
  readonly Code?: string;
  readonly Message?: string;
  /** True when the same entry would fail again. */
  readonly SenderFault?: boolean;
}

/** The outcome of each entry: its `Id` in the request is its place. */
function outcomesOf(entries: readonly MessageEntry[], answer: unknown): Outcome[] {
  const { Successful, Failed } = (answer ?? {}) as Answer;
  const accepted = new Set(Successful?.map(({ Id }) => Id));
  const failed = new Map(Failed?.map((one) => [one.Id, one]));
  return entries.map(({ id }, place) => (accepted.has(`${place}`) ? { id } : refusalIn(failed.get(`${place}`))));
}

function refusalIn(failed: Failed | undefined): Outcome {
  if (failed === undefined) return unconfirmed;
  const { Code: code = 'Error', Message: message = code, SenderFault } = failed;
  return { code, message, retryable: SenderFault === false };
}
