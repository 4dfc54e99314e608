import type { Destination } from '@eventloom/engine';
import { InternalError } from '../../internal-error.ts';
import type {
  ConsumerModel,
  EventModel,
  EventReference,
  EventType,
  MessageType,
  ProducerModel,
  ServiceModel,
} from '../../model/event-model.ts';
import { addressKey } from '../../model/order.ts';

/** A consumer with its service. */
export interface OwnedConsumer {
  readonly service: ServiceModel;
  readonly consumer: ConsumerModel;
}

/** A `send` operation with its service. */
export interface OwnedProducer {
  readonly service: ServiceModel;
  readonly producer: ProducerModel;
}

/** A model with what snippets look up in it. */
export interface LookUps {
  readonly model: EventModel;
  readonly event: (reference: EventReference) => EventType;
  readonly message: (typeName: string) => MessageType;
  readonly destination: (key: string) => Destination;
  /** Operations that send an event. */
  readonly sendersOf: (event: EventReference) => readonly OwnedProducer[];
  /** Consumers whose handler gets an event. */
  readonly receiversOf: (event: EventReference) => readonly OwnedConsumer[];
  /** Consumers whose handler may publish an event. */
  readonly emittersOf: (event: EventReference) => readonly OwnedConsumer[];
  /** How many events a channel has. */
  readonly eventsOfChannel: (channel: string) => number;
  /** Keys of operations and names of consumers. */
  readonly operations: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** Keys of point-to-point queues that somebody reads. */
  readonly readQueues: ReadonlySet<string>;
}

/** What was looked up of a model, for as long as somebody has the model: each event asks for it. */
const memory = new WeakMap<EventModel, LookUps>();

/** Prepares look-ups of a model. Looking up what it does not hold throws: building it is our business. */
export function lookUpsOf(model: EventModel): LookUps {
  const known = memory.get(model);
  if (known !== undefined) return known;
  const made = makeLookUps(model);
  memory.set(model, made);
  return made;
}

function makeLookUps(model: EventModel): LookUps {
  const { events, messages } = model.catalog;
  const { services, destinations } = model.system;
  const byAddress = new Map(events.map((event) => [addressKey(event), event]));
  const byType = new Map(messages.map((message) => [message.typeName, message]));
  const byKey = new Map(destinations.map((destination) => [destination.key, destination]));
  const consumers = services.flatMap((service) => service.consumers.map((consumer) => ({ service, consumer })));
  const producers = services.flatMap((service) => service.producers.map((producer) => ({ service, producer })));
  const channels = grouped(events, ({ channel }) => [channel]);
  const senders = grouped(producers, ({ producer }) => producer.events.map(addressKey));
  const receivers = grouped(consumers, ({ consumer }) => consumer.receives.map(addressKey));
  const emitters = grouped(consumers, ({ consumer }) => consumer.wiring.emits.map(addressKey));
  return {
    model,
    event: (reference) => found(byAddress.get(addressKey(reference)), addressKey(reference)),
    message: (typeName) => found(byType.get(typeName), typeName),
    destination: (key) => found(byKey.get(key), key),
    sendersOf: (event) => senders.get(addressKey(event)) ?? [],
    receiversOf: (event) => receivers.get(addressKey(event)) ?? [],
    emittersOf: (event) => emitters.get(addressKey(event)) ?? [],
    eventsOfChannel: (channel) => channels.get(channel)?.length ?? 0,
    ...takenIn(services),
  };
}

function takenIn(services: readonly ServiceModel[]): Pick<LookUps, 'operations' | 'services' | 'readQueues'> {
  const receivers = services.flatMap((service) => [...service.consumers, ...service.subscribers]);
  const queues = receivers.flatMap(({ wiring }) =>
    wiring.routes.flatMap((route) => (route.kind === 'sqs' ? [route.queue] : [])),
  );
  return {
    operations: new Set([
      ...services.flatMap(({ producers }) => producers.map(({ operation }) => operation)),
      ...services.flatMap(({ ingresses }) => ingresses.map(({ wiring }) => wiring.operation)),
      ...receivers.flatMap(({ operations }) => operations.map(({ operation }) => operation)),
      ...receivers.map(({ wiring }) => wiring.consumer),
    ]),
    services: new Set(services.map(({ wiring }) => wiring.name)),
    readQueues: new Set(queues),
  };
}

/** Items by each of their keys, in their order. */
function grouped<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new InternalError(`The model refers to ${what}, which it does not hold`);
  return value;
}
