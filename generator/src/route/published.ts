import type { FilterableMessage, JsonValue } from '@eventloom/engine';
import { didYouMean } from '@eventloom/engine';
import type { EventType, HeaderField, MessageType } from '../model/event-model.ts';
import { UsageError } from '../usage-error.ts';

/** What has to be known of a catalog to tell which event an input is. A catalog of the model is one. */
export interface RouteCatalog {
  readonly events: readonly RoutedEvent[];
  readonly messages: readonly RoutedMessage[];
}

/** A message, with what fills its attributes. */
export interface RoutedMessage extends Pick<MessageType, 'typeName'> {
  readonly headers: readonly Pick<HeaderField, 'name' | 'attributeType'>[];
}

/** An event, as far as routes go. */
export type RoutedEvent = Pick<EventType, 'name' | 'source' | 'channel' | 'message' | 'destination'>;

/** An event as it would be published, in every form that a route may look at. */
export interface Published {
  readonly name: string;
  readonly source: string;
  readonly payload: JsonValue;
  /** The event of the spec that it is; null when the spec has none of that name and source. */
  readonly event: RoutedEvent | null;
  /** Key of the destination it is sent to; null when that is unknown. */
  readonly destination: string | null;
  /** EventBridge's envelope. */
  readonly envelope: JsonValue;
  /** What SNS and SQS carry when it is published there. */
  readonly message: FilterableMessage;
  /** What could not be told of it, in words; empty when all is known. */
  readonly problem: string;
}

/**
 * Reads an EventBridge envelope, or `{ event, payload, channel? }`.
 * @throws {UsageError} when the input is neither, or names an event of several channels without saying which.
 */
export function readPublished(input: unknown, catalog: RouteCatalog): Published {
  if (isObject(input) && Object.hasOwn(input, 'detail-type')) return readEnvelope(input, catalog);
  if (isObject(input) && Object.hasOwn(input, 'event')) return readNamed(input, catalog);
  throw shapeError('The input is neither an EventBridge envelope nor { "event": …, "payload": … }.');
}

function readEnvelope(input: JsonObject, catalog: RouteCatalog): Published {
  const { source, 'detail-type': name, detail } = input;
  if (typeof source !== 'string' || typeof name !== 'string') {
    throw shapeError('"source" and "detail-type" of an envelope are strings.');
  }
  if (detail === undefined) throw shapeError('The envelope has no "detail".');
  const onBus = catalog.events.filter(({ destination }) => destination.startsWith('bus:'));
  const event = onBus.find((candidate) => candidate.name === name && candidate.source === source) ?? null;
  const sibling = onBus.find((candidate) => candidate.source === source);
  const problem =
    event === null ? `no channel on a bus has an event ${JSON.stringify(name)} from ${JSON.stringify(source)}` : '';
  return published(
    { name, source, payload: detail, event, destination: (event ?? sibling)?.destination ?? null, problem },
    catalog,
    input,
  );
}

function readNamed(input: JsonObject, catalog: RouteCatalog): Published {
  const { event: name, payload, channel } = input;
  if (typeof name !== 'string') throw shapeError('"event" is the name of a message.');
  if (payload === undefined) throw shapeError('The input has no "payload".');
  if (channel !== undefined && typeof channel !== 'string')
    throw shapeError('"channel" is the key or the address of a channel.');
  const onChannel = catalog.events.filter(
    (candidate) => channel === undefined || candidate.channel === channel || candidate.source === channel,
  );
  if (onChannel.length === 0) throw unknownChannel(String(channel), catalog);
  const found = onChannel.filter((candidate) => candidate.name === name);
  if (found.length > 1) throw ambiguous(name, found);
  const [event = null] = found;
  const sibling = channel === undefined ? undefined : onChannel[0];
  const problem =
    event === null ? `no channel has an event ${JSON.stringify(name)}. ${nearName(name, onChannel)}`.trim() : '';
  const { source = '', destination = null } = event ?? sibling ?? {};
  return published({ name, source, payload, event, destination, problem }, catalog, envelopeOf(name, source, payload));
}

/** Returns an event of the spec as it would be published with a payload. */
export function publishedEvent(
  event: RoutedEvent,
  payload: JsonValue,
  catalog: Pick<RouteCatalog, 'messages'>,
): Published {
  const { name, source, destination } = event;
  return published(
    { name, source, payload, event, destination, problem: '' },
    catalog,
    envelopeOf(name, source, payload),
  );
}

type Known = Pick<Published, 'name' | 'source' | 'payload' | 'event' | 'destination' | 'problem'>;

function published(known: Known, catalog: Pick<RouteCatalog, 'messages'>, envelope: JsonObject): Published {
  const message = catalog.messages.find(({ typeName }) => typeName === known.event?.message);
  const attributes = attributesOf(known, message?.headers ?? []);
  return { ...known, envelope, message: { body: JSON.stringify(known.payload), attributes } };
}

/** Only what filters read is real: they see the payload, the source and the name. */
function envelopeOf(name: string, source: string, payload: JsonValue): JsonObject {
  return {
    version: '0',
    id: placeholderId,
    'detail-type': name,
    source,
    account: '123456789012',
    time: placeholderTime,
    region: 'us-east-1',
    resources: [],
    detail: payload,
  };
}

/** What the publisher sends when the caller gives no headers: those that the payload fills. */
function attributesOf({ name, payload }: Known, headers: RoutedMessage['headers']): FilterableMessage['attributes'] {
  const text = (stringValue: string) => ({ dataType: 'String', stringValue });
  const attributes = new Map<string, { readonly dataType: string; readonly stringValue: string }>([
    ['type', text(name)],
    ['id', text(placeholderId)],
    ['time', text(placeholderTime)],
  ]);
  for (const header of headers) {
    const value = isObject(payload) && Object.hasOwn(payload, header.name) ? payload[header.name] : undefined;
    if (value === undefined || value === null || value === '') continue;
    const stringValue = typeof value === 'string' ? value : JSON.stringify(value);
    attributes.set(header.name, { dataType: header.attributeType, stringValue });
  }
  return attributes;
}

const placeholderId = '00000000-0000-4000-8000-000000000000';
const placeholderTime = '1970-01-01T00:00:00Z';

type JsonObject = { readonly [key: string]: JsonValue };

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shapeError(message: string): UsageError {
  const help = 'Give { "source", "detail-type", "detail" } or { "event", "payload", "channel"? }.';
  return new UsageError('input-shape', message, { help });
}

function ambiguous(name: string, found: readonly RoutedEvent[]): UsageError {
  const channels = found.map(({ channel }) => JSON.stringify(channel)).join(', ');
  return new UsageError('input-ambiguous', `${JSON.stringify(name)} is an event of several channels: ${channels}.`, {
    help: 'Say which with "channel".',
  });
}

function unknownChannel(channel: string, catalog: RouteCatalog): UsageError {
  const channels = [...new Set(catalog.events.map((event) => event.channel))];
  return new UsageError('input-channel', `There is no channel ${JSON.stringify(channel)} with events.`, {
    help: didYouMean(channel, channels) || `Channels are ${channels.join(', ')}.`,
  });
}

function nearName(name: string, events: readonly RoutedEvent[]): string {
  return didYouMean(name, new Set(events.map((event) => event.name)));
}
