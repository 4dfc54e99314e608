import {
  carriedBy,
  type EmittedEvent,
  type EventPart,
  type EventPublisher,
  type PublishedEventDefinition,
  partAttribute,
} from '@eventloom/runtime';
import type { Interceptor, WireCall, WireInput } from '../../wire/call.ts';
import { messageAttributes, optionalNumber, optionalText, structures } from '../../wire/input.ts';
import type { HeaderValue } from '../event.ts';
import { claimedPayload, type KeptPayloads } from './claimed.ts';
import { destinationName } from './topology.ts';

/**
 * An event that the handler has published, and AWS accepted. The harness of another handler takes it as it is:
 * `await billing.deliver(reception.published)`.
 */
export interface PublishedByHandler<Name extends string = string, Source extends string = string, Payload = unknown> {
  readonly name: Name;
  /** The address of the channel. */
  readonly source: Source;
  /** As the handler gave it, also where a claim was sent in its place. */
  readonly payload: Payload;
  /** As its consumers see it: what the handler said, else `EventId` or the attribute `id`. */
  readonly id: string;
  /** Message attributes; empty on a bus. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Those of them that are headers of the message. */
  readonly headers: Readonly<Record<string, HeaderValue>>;
  /** When it was published: `Time` of the entry or the attribute `time`, else the system's time. */
  readonly time: Date;
  /** The message group that it was sent with; undefined on a bus and where it has none. */
  readonly group?: string | undefined;
  /** The X-Ray trace header that it was sent with; undefined on a topic, which takes none. */
  readonly traceHeader?: string | undefined;
  /** `Resources` of the entry; empty on topics and queues. */
  readonly resources: readonly string[];
  /** What was sent on beside the payload, over a bus. */
  readonly correlationId?: string | undefined;
  /** Its place among the parts of a split. */
  readonly part?: EventPart | undefined;
  /** True when its payload was kept in the claim bucket. */
  readonly claimed: boolean;
}

/** What a handler publishes, told apart by `name`. */
export type PublishedFor<Emitted> =
  Emitted extends EmittedEvent<infer Name, infer Source, infer Payload>
    ? PublishedByHandler<Name, Source, Payload>
    : never;

/** What a service publishes, told apart by `name`. */
export type PublishedBy<Publisher> = Publisher extends EventPublisher<infer Event> ? OfPublisher<Event> : never;

type OfPublisher<Event> = Event extends {
  readonly name: infer Name extends string;
  readonly source?: infer Source;
  readonly payload: infer Payload;
}
  ? PublishedByHandler<Name, Extract<Source, string>, Payload>
  : never;

/** Says which channel an event comes from, by its name and the name of the topic or queue that it was sent to. */
export type SourceOf = (name: string, destination: string) => string | undefined;

/** The sources of what a handler publishes in a harness. */
export function sourcesOf(emits: readonly PublishedEventDefinition[]): SourceOf {
  return (name, destination) =>
    emits.find((event) => event.name === name && destinationName(event) === destination)?.source;
}

/** Writes down what callers of one kind publish. What functions send to their dead-letter queue does not count. */
export function recordPublished(
  published: PublishedByHandler[],
  caller: WireCall['caller']['kind'],
  { sourceOf, now }: { readonly sourceOf: SourceOf; readonly now: () => Date },
): Interceptor {
  const kept: KeptPayloads = new Map();
  return async (call, next) => {
    const answer = await next(call);
    if (call.caller.kind !== caller) return answer;
    if (call.operation === 'PutObject') kept.set(String(call.input.Key), read(textOf(call.input.Body)));
    for (const sent of publishedBy(call, answer)) {
      const payload = claimedPayload(kept, sent.payload);
      const time = sent.time ?? now();
      // Messages of topics and queues do not tell their source: where they are sent to does.
      const source = sent.source || (sourceOf(sent.name, sent.destination) ?? '');
      published.push({ ...withoutDestination(sent), source, payload, time, claimed: payload !== sent.payload });
    }
    return answer;
  };
}

/** As it was read off a request; `destination` is the name of the topic or the queue. */
interface Sent extends Omit<PublishedByHandler, 'claimed' | 'time'> {
  readonly time: Date | undefined;
  readonly destination: string;
}

function withoutDestination({ destination: _, ...sent }: Sent): Omit<Sent, 'destination'> {
  return sent;
}

function publishedBy({ operation, input, caller }: WireCall, answer: unknown): readonly Sent[] {
  switch (operation) {
    case 'PutEvents':
      return fromBus(structures(input, 'Entries'), (answer as { readonly Entries: readonly EntryAnswer[] }).Entries);
    case 'Publish':
      return [fromMessage(input, 'Message', nameIn(input.TopicArn))];
    case 'PublishBatch':
      return accepted(structures(input, 'PublishBatchRequestEntries'), answer).map((one) =>
        fromMessage(one, 'Message', nameIn(input.TopicArn)),
      );
    case 'SendMessage':
    case 'SendMessageBatch': {
      const isDead = caller.kind === 'function' && input.QueueUrl === caller.function.deadLetterQueue.url;
      if (isDead) return [];
      const sent = operation === 'SendMessage' ? [input] : accepted(structures(input, 'Entries'), answer);
      return sent.map((one) => fromMessage(one, 'MessageBody', nameIn(input.QueueUrl)));
    }
    default:
      return [];
  }
}

/** The last step of an ARN or a URL. */
function nameIn(address: unknown): string {
  return /[^:/]*$/.exec(String(address))?.[0] ?? '';
}

interface EntryAnswer {
  readonly EventId?: string;
}

function fromBus(entries: readonly WireInput[], answers: readonly EntryAnswer[]): readonly Sent[] {
  return entries.flatMap((entry, index) => {
    const eventId = answers[index]?.EventId;
    if (eventId === undefined) return [];
    const resources = Array.isArray(entry.Resources) ? entry.Resources.map(String) : [];
    const { id = eventId, ...carried } = carriedBy(resources);
    const name = optionalText(entry, 'DetailType') ?? '';
    const source = optionalText(entry, 'Source') ?? '';
    const payload = read(optionalText(entry, 'Detail'));
    const seconds = optionalNumber(entry, 'Time');
    const time = seconds === null ? undefined : new Date(seconds * 1000);
    const traceHeader = optionalText(entry, 'TraceHeader') ?? undefined;
    const beside = { attributes: {}, headers: {}, resources, ...carried, time, traceHeader };
    return [{ name, source, payload, id, ...beside, destination: '' }];
  });
}

/** The entries of a batch that were not refused. */
function accepted(entries: readonly WireInput[], answer: unknown): readonly WireInput[] {
  const { Failed = [] } = answer as { readonly Failed?: readonly { readonly Id?: string }[] };
  const refused = new Set(Failed.map(({ Id }) => Id));
  return entries.filter(({ Id }) => !refused.has(Id as string));
}

function fromMessage(input: WireInput, body: string, destination: string): Sent {
  const found = [...messageAttributes(input)].map(
    ([name, { dataType, stringValue }]) => [name, stringValue ?? '', dataType] as const,
  );
  const attributes = Object.fromEntries(found.map(([name, value]) => [name, value]));
  const headers = found
    .filter(([name]) => !ownAttributes.has(name))
    .map(([name, value, dataType]) => [name, headerOf(value, dataType)]);
  const { type = '', id = '', time } = attributes;
  const system = messageAttributes(input, 'MessageSystemAttributes');
  return {
    name: type,
    source: '',
    payload: read(optionalText(input, body)),
    id,
    attributes,
    headers: Object.fromEntries(headers),
    resources: [],
    part: carriedBy([`urn:eventloom:part:${attributes[partAttribute]}`]).part,
    time: time === undefined ? undefined : new Date(time),
    group: optionalText(input, 'MessageGroupId') ?? undefined,
    traceHeader: system.get('AWSTraceHeader')?.stringValue ?? undefined,
    destination,
  };
}

/** The value that a test gives for an attribute of this type. */
function headerOf(text: string, dataType: string): HeaderValue {
  if (dataType === 'Number') return Number(text);
  return dataType === 'String.Array' ? (read(text) as readonly string[]) : text;
}

/** What a publisher always sends. */
const ownAttributes: ReadonlySet<string> = new Set(['type', 'id', 'time', partAttribute]);

function textOf(body: unknown): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
}

function read(json: string | null): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return json;
  }
}
