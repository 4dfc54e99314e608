import { limits } from '@eventloom/engine';
import type { Queues, StandingMessage } from './aws.ts';
import { ask, importSdk, type SdkClient } from './import-sdk.ts';

/**
 * SQS by a client of the AWS SDK.
 * @param client default: one with the SDK's defaults
 * @throws {UsageError} when the package of the client is not installed.
 */
export async function openQueues(client?: SdkClient): Promise<Queues> {
  const sdk = await importSdk('@aws-sdk/client-sqs', () => import('@aws-sdk/client-sqs'));
  const { AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL } = process.env;
  // Else the client sends to the host of the queue's URL, whatever endpoint the environment sets.
  const useQueueUrlAsEndpoint = (AWS_ENDPOINT_URL_SQS ?? AWS_ENDPOINT_URL ?? '') === '';
  const sqs = client ?? (new sdk.SQSClient({ useQueueUrlAsEndpoint }) as SdkClient);
  return {
    list: (QueueNamePrefix) =>
      allPages(async (NextToken) => {
        const command = new sdk.ListQueuesCommand({ QueueNamePrefix, NextToken, MaxResults: 1_000 });
        const page = await ask<{ QueueUrls?: string[]; NextToken?: string }>(sqs, command);
        return { urls: page.QueueUrls ?? [], next: page.NextToken };
      }),
    sourcesOf: (QueueUrl) =>
      allPages(async (NextToken) => {
        const command = new sdk.ListDeadLetterSourceQueuesCommand({ QueueUrl, NextToken, MaxResults: 1_000 });
        const page = await ask<{ queueUrls?: string[]; NextToken?: string }>(sqs, command);
        return { urls: page.queueUrls ?? [], next: page.NextToken };
      }),
    receive: async (QueueUrl, VisibilityTimeout) => {
      const command = new sdk.ReceiveMessageCommand({ QueueUrl, VisibilityTimeout, ...whatIsReceived() });
      const { Messages = [] } = await ask<{ Messages?: ReceivedMessage[] }>(sqs, command);
      return Messages.map(standing);
    },
    send: async (QueueUrl, { message, deduplicationId }) => {
      const command = new sdk.SendMessageCommand({
        QueueUrl,
        MessageBody: message.body,
        MessageAttributes: { ...message.attributes },
        MessageGroupId: message.groupId,
        MessageDeduplicationId: deduplicationId ?? undefined,
      });
      await ask(sqs, command);
    },
    remove: async (QueueUrl, ReceiptHandle) => {
      await ask(sqs, new sdk.DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
    release: async (QueueUrl, receipts) => {
      if (receipts.length === 0) return;
      const entry = (ReceiptHandle: string, index: number) => ({ Id: `${index}`, ReceiptHandle, VisibilityTimeout: 0 });
      await ask(sqs, new sdk.ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: receipts.map(entry) }));
    },
  };
}

/** A long poll asks all servers of the queue: without it, an answer may be empty although there are messages. */
const whatIsReceived = (): {
  MaxNumberOfMessages: number;
  WaitTimeSeconds: number;
  MessageAttributeNames: string[];
  MessageSystemAttributeNames: ('SentTimestamp' | 'MessageGroupId')[];
} => ({
  MaxNumberOfMessages: limits.receiveMessages.value,
  WaitTimeSeconds: 2,
  MessageAttributeNames: ['All'],
  MessageSystemAttributeNames: ['SentTimestamp', 'MessageGroupId'],
});

interface ReceivedMessage {
  readonly MessageId?: string;
  readonly ReceiptHandle?: string;
  readonly Body?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: StandingMessage['attributes'];
}

function standing({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes }: ReceivedMessage): StandingMessage {
  return {
    id: MessageId ?? '',
    receipt: ReceiptHandle ?? '',
    body: Body ?? '',
    attributes: Object.fromEntries(Object.entries(MessageAttributes ?? {}).map(([name, one]) => [name, sendable(one)])),
    groupId: Attributes?.MessageGroupId,
    sentAt: Number(Attributes?.SentTimestamp ?? 0),
  };
}

/** Without the empty lists that a received attribute may have, and that SQS refuses. */
function sendable({ DataType, StringValue, BinaryValue }: StandingMessage['attributes'][string]) {
  return { DataType, StringValue, BinaryValue };
}

interface Page {
  readonly urls: readonly string[];
  readonly next: string | undefined;
}

async function allPages(load: (token: string | undefined) => Promise<Page>): Promise<readonly string[]> {
  const urls: string[] = [];
  let token: string | undefined;
  do {
    const page = await load(token);
    urls.push(...page.urls);
    token = page.next;
  } while (token !== undefined);
  return urls;
}
