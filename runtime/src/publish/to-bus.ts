import { eventResourceCharacters, putEventsEntryTimeBytes, putEventsRequestBytes } from '@eventloom/engine';
import { resourcesOf } from '../carried.ts';
import { busClient } from './bus-client.ts';
import { optionInvalid } from './check-options.ts';
import type { Outgoing } from './outgoing.ts';
import { sendToBus } from './send-to-bus.ts';
import type { Transport } from './transport.ts';

/**
 * Bytes of a resource where they are most: in the entry, or in the event that a target gets, whose JSON escapes quotes
 * and control characters. Throws a `PublishError` for one that is too long, for which EventBridge refuses the request.
 */
function resourceBytes(outgoing: Outgoing, resource: string): number {
  if (resource.length <= eventResourceCharacters) return Buffer.byteLength(JSON.stringify(resource)) - '""'.length;
  throw optionInvalid(outgoing, `more than ${eventResourceCharacters} characters: ${resource.slice(0, 40)}…`);
}

/** Sends events to a bus of EventBridge. One request takes entries of many buses. */
export const toBus: Transport = {
  kind: 'bus',
  // A request has to stay below.
  requestBytes: putEventsRequestBytes - 1,
  // As `putEventsEntryBytes` of the engine counts them, but for the escapes of resources, and by Node's own counting,
  // which takes a fraction of the time.
  bytesOf: (outgoing, body) => {
    const { event, options } = outgoing;
    let bytes = Buffer.byteLength(event.source) + Buffer.byteLength(event.name) + Buffer.byteLength(body);
    if (options.time) bytes += putEventsEntryTimeBytes;
    for (const resource of resourcesOf(options) ?? []) bytes += resourceBytes(outgoing, resource);
    return bytes;
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
