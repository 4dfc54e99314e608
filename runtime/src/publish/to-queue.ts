import { queueMessageBytesMaximum } from '@eventloom/engine';
import { delivered, outcomesOf } from './batch-answer.ts';
import { sendCommand } from './cut.ts';
import type { Entry, QueueMessage } from './entry.ts';
import { messageBytes, messageOf, partsOf } from './message.ts';
import { queueClient } from './queue-client.ts';
import { sendToQueue } from './send-to-queue.ts';
import type { Transport } from './transport.ts';

/** What SQS takes of an entry beside the URL of the queue. */
function inputOf(entry: Entry): Omit<QueueMessage, 'QueueUrl'> {
  const { traceHeader: StringValue } = entry.options;
  return {
    MessageBody: entry.body,
    ...partsOf(entry),
    // It takes no part in the size of a message.
    ...(StringValue && { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue } } }),
  };
}

/** Sends events to a queue of SQS. */
export const toQueue: Transport = {
  kind: 'queue',
  requestBytes: queueMessageBytesMaximum,
  messageOf,
  bytesOf: messageBytes,
  sendOne: async (connection, entries, signal) => {
    const [entry] = entries as [Entry];
    const isTaken = await sendToQueue(connection, { QueueUrl: entry.address, ...inputOf(entry) }, signal);
    return isTaken ? [delivered(entry)] : [];
  },
  batchSender: () => {
    // Imported once a call, since an import costs even when it is not the first.
    let sdk: Promise<typeof import('@aws-sdk/client-sqs')> | undefined;
    return async (connection, entries, signal) => {
      sdk ??= import('@aws-sdk/client-sqs');
      const { SendMessageBatchCommand } = await sdk;
      const command = new SendMessageBatchCommand({
        QueueUrl: entries[0]?.address,
        Entries: entries.map((entry, place) => ({ Id: `${place}`, ...inputOf(entry) })),
      });
      return outcomesOf(entries, await sendCommand(await queueClient(connection), command, signal));
    };
  },
  ask: async (connection, QueueUrl) => {
    const { GetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
    return (await queueClient(connection)).send(command);
  },
};
