import { putEventsEntryTimeBytes, putEventsRequestBytes } from '@eventloom/engine';
import { resourcesOf } from '../carried.ts';
import { busClient } from './bus-client.ts';
import { sendToBus } from './send-to-bus.ts';
import type { Transport } from './transport.ts';

/** Sends events to a bus of EventBridge. One request takes entries of many buses. */
export const toBus: Transport = {
  kind: 'bus',
  // A request has to stay below.
  requestBytes: putEventsRequestBytes - 1,
  // As `putEventsEntryBytes` of the engine counts them, by Node's own counting, which takes a fraction of the time.
  bytesOf: ({ event, options }, body) => {
    let bytes = Buffer.byteLength(event.source) + Buffer.byteLength(event.name) + Buffer.byteLength(body);
    if (options.time) bytes += putEventsEntryTimeBytes;
    return resourcesOf(options)?.reduce((sum, resource) => sum + Buffer.byteLength(resource), bytes) ?? bytes;
  },
  sendOne: sendToBus,
  batchSender: () => {
    // Imported once a call, since an import costs even when it is not the first.
    let sdk: Promise<typeof import('@aws-sdk/client-eventbridge')> | undefined;
    return (connection, entries, options) => {
      sdk ??= import('@aws-sdk/client-eventbridge');
      return sendToBus(connection, entries, options, sdk);
    };
  },
  ask: async (connection, Name) => {
    const { DescribeEventBusCommand } = await import('@aws-sdk/client-eventbridge');
    return (await busClient(connection)).send(new DescribeEventBusCommand({ Name }));
  },
};
