import type { Destination, EventAddress, Topology } from '@eventloom/engine';
import { nextUuid } from '../random.ts';
import { outside } from '../state/caller.ts';
import { environmentValue } from '../state/names.ts';
import type { World } from '../state/world.ts';
import type { CallHandler, ServiceName } from '../wire/call.ts';

/** What AWS sends by itself. */
export interface SentEvent {
  readonly event: EventAddress;
  /** JSON text. */
  readonly payload: string;
  /** Its id on a topic or a queue, and what a FIFO one knows it by. */
  readonly id: string;
  /** Message attributes besides `type`, `id` and `time`: type and text by name. */
  readonly attributes: Readonly<Record<string, { readonly type: string; readonly text: string }>>;
  /** Message group of a FIFO topic or queue; null elsewhere. */
  readonly group: string | null;
}

/** Sends an event; resolves with its id. Throws what AWS would refuse it with. */
export type Sender = (sent: SentEvent) => Promise<string>;

/** Makes what sends events in the name of AWS: each is one call, which faults may strike, and nobody tries again. */
export function createSender(world: World, { destinations }: Topology, serve: CallHandler): Sender {
  const call = async (
    service: ServiceName,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<unknown> => serve({ service, operation, input, caller: outside, requestId: nextUuid(world.random) });
  return async (sent) => {
    const destination = destinations.find(({ key }) => key === sent.event.destination);
    if (destination === undefined) throw new Error(`The topology has no destination ${sent.event.destination}`);
    if (destination.kind === 'bus')
      return eventId(await call('events', 'PutEvents', { Entries: [entryOf(sent, destination)] }));
    const place = environmentValue(world.location, destination);
    const message = { MessageAttributes: attributesOf(world, sent), ...groupOf(sent) };
    if (destination.kind === 'topic')
      await call('sns', 'Publish', { TopicArn: place, Message: sent.payload, ...message });
    else await call('sqs', 'SendMessage', { QueueUrl: place, MessageBody: sent.payload, ...message });
    return sent.id;
  };
}

function entryOf({ event, payload }: SentEvent, { name }: Destination): object {
  return { Source: event.source, DetailType: event.name, EventBusName: name, Detail: payload };
}

/** PutEvents answers 200 for an entry that it refuses. */
function eventId(answer: unknown): string {
  const { Entries } = answer as {
    readonly Entries: readonly { readonly EventId?: string; readonly ErrorCode?: string }[];
  };
  const [entry] = Entries;
  if (entry?.EventId === undefined) throw new Error(`EventBridge refused the event: ${entry?.ErrorCode}`);
  return entry.EventId;
}

function attributesOf({ scheduler }: World, { event, id, attributes }: SentEvent): object {
  const sent = {
    ...attributes,
    type: { type: 'String', text: event.name },
    id: { type: 'String', text: id },
    time: { type: 'String', text: new Date(scheduler.now()).toISOString() },
  };
  return Object.fromEntries(
    Object.entries(sent).map(([name, { type, text }]) => [name, { DataType: type, StringValue: text }]),
  );
}

function groupOf({ group, id }: SentEvent): object {
  return group === null ? {} : { MessageGroupId: group, MessageDeduplicationId: id };
}
