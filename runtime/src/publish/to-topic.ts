import { topicMessageBytesDefault } from '@eventloom/engine';
import { delivered, outcomesOf } from './batch-answer.ts';
import { sendCommand } from './cut.ts';
import type { Entry } from './entry.ts';
import { messageBytes, messageOf, partsOf } from './message.ts';
import { topicClient } from './topic-client.ts';
import type { Transport } from './transport.ts';

/** Sends events to a topic of SNS. */
export const toTopic: Transport = {
  kind: 'topic',
  requestBytes: topicMessageBytesDefault,
  messageOf,
  bytesOf: messageBytes,
  sendOne: async (connection, entries, signal) => {
    const { PublishCommand } = await import('@aws-sdk/client-sns');
    const [entry] = entries as [Entry];
    const command = new PublishCommand({ TopicArn: entry.address, Message: entry.body, ...partsOf(entry) });
    const answer = await sendCommand(await topicClient(connection), command, signal);
    // The SDK takes any XML, and no body at all, for the answer of SNS.
    return (answer as { readonly MessageId?: string } | undefined)?.MessageId ? [delivered(entry)] : [];
  },
  batchSender: () => {
    // Imported once a call, since an import costs even when it is not the first.
    let sdk: Promise<typeof import('@aws-sdk/client-sns')> | undefined;
    return async (connection, entries, signal) => {
      sdk ??= import('@aws-sdk/client-sns');
      const { PublishBatchCommand } = await sdk;
      const command = new PublishBatchCommand({
        TopicArn: entries[0]?.address,
        PublishBatchRequestEntries: entries.map((entry, place) => ({
          Id: `${place}`,
          Message: entry.body,
          ...partsOf(entry),
        })),
      });
      return outcomesOf(entries, await sendCommand(await topicClient(connection), command, signal));
    };
  },
  ask: async (connection, TopicArn) => {
    const { GetTopicAttributesCommand } = await import('@aws-sdk/client-sns');
    return (await topicClient(connection)).send(new GetTopicAttributesCommand({ TopicArn }));
  },
};
