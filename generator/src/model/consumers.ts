import type { EventAddress, EventPattern, Consumer as WiredConsumer } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { callersOf, checkCallers, replyOf } from './calls.ts';
import type { EmitDeclaration, ReceiveDeclaration } from './declarations.ts';
import { boundQueue, buildDelivery, readsFifo } from './deliveries.ts';
import type { ConsumerModel, MessageType, OperationModel, ReceivedEvent } from './event-model.ts';
import { addressOf, sourceOf } from './events.ts';
import { buildHandling } from './handling.ts';
import { alarmsOf } from './infrastructure/alarms.ts';
import { mergeOnce } from './merge-once.ts';
import type { Messages } from './messages.ts';
import { consumerFileName, factoryName, handlerModule, narrowedTypeName, pascalCase, wiringName } from './names.ts';
import { addressKey, byAddress, sortBy, uniqueAddresses } from './order.ts';
import { descriptionOf, emptyDoc } from './read/doc.ts';
import { type BuiltRoute, buildRoute } from './routes.ts';
import { narrow } from './schema/narrow/narrow.ts';
import type { TypeExpression } from './type-expression.ts';
import { quote } from './wording.ts';

/** An operation with its route. */
interface Routed extends BuiltRoute {
  readonly operation: ReceiveDeclaration;
}

/** Makes the consumers: `receive` operations of one service with one `x-consumer` are one. Sorted by key. */
export function buildConsumers(
  operations: readonly ReceiveDeclaration[],
  messages: Messages,
  problems: Diagnostic[],
): readonly ConsumerModel[] {
  const groups = new Map<string, ReceiveDeclaration[]>();
  for (const operation of sortBy(operations, ({ key }) => key)) {
    const key = `${operation.service}/${operation.consumer}`;
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  checkQueues(operations, problems);
  const consumers = [...groups].flatMap(([key, group]) => buildConsumer(key, group, messages, problems) ?? []);
  checkCallers(operations, consumers, problems);
  return sortBy(consumers, ({ wiring }) => wiring.key);
}

function buildConsumer(
  key: string,
  operations: readonly ReceiveDeclaration[],
  messages: Messages,
  problems: Diagnostic[],
): ConsumerModel | null {
  const routed = operations.flatMap((operation): Routed[] => {
    const built = buildRoute(operation, messages, problems);
    return built === null ? [] : [{ operation, ...built }];
  });
  checkMerged(operations, problems);
  checkHandlerFilters(routed, problems);
  const { delivery, handler } = buildDelivery(operations, problems);
  const [first] = operations;
  if (first === undefined || routed.length === 0) return null;
  const { service, consumer } = first;
  const description = describe(operations);
  const wiring: WiredConsumer = {
    key,
    service,
    consumer,
    constructId: pascalCase(consumer),
    description,
    handler: handler ?? handlerModule(service, consumer),
    routes: routed.map(({ route }) => route),
    delivery,
    emits: uniqueAddresses(operations.flatMap(({ emits }) => emits.flatMap((emit) => toAddress(emit) ?? []))),
    idempotency: mergeOnce('x-idempotency', operations, ({ idempotency }) => idempotency, problems),
    ...buildHandling(operations, delivery, problems),
    ...(operations.some(({ channel }) => channel.claimCheck !== null) ? { claims: true as const } : {}),
    ...callersOf(operations),
    ...alarmsOf(operations, problems),
  };
  return {
    wiring,
    fileName: consumerFileName(consumer),
    factoryName: factoryName(consumer),
    typeName: pascalCase(consumer),
    wiringName: wiringName(service, consumer),
    doc: { ...emptyDoc, description },
    receives: receivedEvents(routed, messages),
    operations: routed.map(toOperation),
    ...replyOf(operations, messages),
    origin: first.origin,
  };
}

/** The operation named like the consumer speaks for it, else the first that says anything. */
function describe(operations: readonly ReceiveDeclaration[]): string | null {
  const main = operations.filter(({ key, consumer }) => key === consumer);
  const [description = null] = [...main, ...operations].flatMap(({ node }) => descriptionOf(node) ?? []);
  return description;
}

function toAddress({ channel, message }: EmitDeclaration): EventAddress | null {
  return channel.placement === null ? null : addressOf(channel, channel.placement, message.name);
}

function toOperation({ operation, filter }: Routed): OperationModel {
  return {
    operation: operation.key,
    channel: operation.channel.key,
    filter,
    filterPlaces: filter === null ? [] : (operation.filter?.places ?? []),
    filterScope: operation.filterScope ?? 'body',
    deletesUnmatched: operation.deletesUnmatched,
    origin: operation.origin,
  };
}

/** An event on one route. */
interface Routing {
  readonly name: string;
  readonly source: string;
  readonly type: MessageType;
  readonly filter: EventPattern | null;
  /** Identifier of the consumer. */
  readonly consumer: string;
  readonly handlerFilter?: EventPattern;
}

/** Events over all routes. One that comes by several routes is what any of their filters lets through. */
function receivedEvents(routed: readonly Routed[], messages: Messages): readonly ReceivedEvent[] {
  const received = routed.flatMap(({ operation, filter, route }) =>
    operation.messages.flatMap((message): Routing[] => {
      const type = messages.byDefinition.get(message.definition);
      if (type === undefined) return [];
      const { consumer, channel } = operation;
      const event = { name: message.name, source: sourceOf(channel), type, filter, consumer };
      const { handlerFilter } = route;
      return [handlerFilter === undefined ? event : { ...event, handlerFilter }];
    }),
  );
  const groups = new Map<string, Routing[]>();
  for (const event of received) groups.set(addressKey(event), [...(groups.get(addressKey(event)) ?? []), event]);
  const events = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const type = narrow(
      first.type,
      group.map(({ filter }) => filter),
    );
    const { name, source, handlerFilter } = first;
    const event = { name, source, message: first.type.typeName, type };
    return handlerFilter === undefined ? event : { ...event, handlerFilter };
  });
  return withNames(events.sort(byAddress), received[0]?.consumer ?? '');
}

interface NarrowedEvent extends Omit<ReceivedEvent, 'narrowing'> {
  readonly type: TypeExpression | null;
}

/** Names what is narrowed after the consumer, and after the message where there are several. */
function withNames(events: readonly NarrowedEvent[], consumer: string): readonly ReceivedEvent[] {
  return events.map(({ type, ...event }) => {
    const isAmbiguous = events.filter(({ message }) => message === event.message).length > 1;
    const typeName = isAmbiguous ? null : narrowedTypeName(consumer, events.length > 1 ? event.message : null);
    return { ...event, narrowing: type === null ? null : { typeName, type } };
  });
}

/** What a consumer has once (a queue, a subscription per topic) cannot be shared by operations that differ in it. */
function checkMerged(operations: readonly ReceiveDeclaration[], problems: Diagnostic[]): void {
  const [first, ...others] = operations;
  if (first === undefined) return;
  const topics = new Map<string, ReceiveDeclaration>();
  for (const operation of operations) {
    if (operation.channel.placement?.kind !== 'topic' && operation.channel.placement?.kind !== 'bus-topic') continue;
    const earlier = topics.get(operation.channel.key);
    if (earlier === undefined) topics.set(operation.channel.key, operation);
    else problems.push(subscribedTwice(operation, earlier));
  }
  for (const operation of others) {
    const related = [{ message: 'the other operation', origin: first.origin }];
    if ((boundQueue(first) === null) !== (boundQueue(operation) === null)) {
      const message = `Consumer ${quote(first.consumer)} reads a point-to-point queue and receives from elsewhere; it has one queue only.`;
      const help = 'Give the operation on the queue a consumer of its own.';
      problems.push(report('queue-consumer-merged', operation.origin, message, help, related));
    } else if (readsFifo(first) !== readsFifo(operation)) {
      const message = `Consumer ${quote(first.consumer)} receives from FIFO and from standard channels; its one queue is either.`;
      const help = 'A standard topic or a bus cannot feed a FIFO queue: give the operations different `x-consumer`s.';
      problems.push(report('fifo-mismatch', operation.origin, message, help, related));
    }
  }
}

/** Two rules may bring one event, and the handler cannot tell which did: then it does not know which filter holds. */
function checkHandlerFilters(routed: readonly Routed[], problems: Diagnostic[]): void {
  for (const { route, operation } of routed) {
    if (route.handlerFilter === undefined) continue;
    const keys = new Set(route.events.map(addressKey));
    const other = routed.find(
      (one) => one.route !== route && one.route.events.some((event) => keys.has(addressKey(event))),
    );
    if (other === undefined) continue;
    const message = `The handler of consumer ${quote(operation.consumer)} is to evaluate the filter of ${quote(operation.key)}, and ${quote(other.operation.key)} brings the same events by a rule of its own: it cannot tell which rule an event came by.`;
    const help = 'Make one operation of them, and join the filters with `$or`.';
    const related = [{ message: 'the other operation', origin: other.operation.origin }];
    problems.push(report('filter-not-supported', operation.rest?.origin ?? operation.origin, message, help, related));
  }
}

function subscribedTwice(operation: ReceiveDeclaration, earlier: ReceiveDeclaration): Diagnostic {
  const message = `Operations ${quote(earlier.key)} and ${quote(operation.key)} would subscribe one consumer twice to the topic of channel ${quote(operation.channel.key)}; SNS keeps one subscription for each queue or function.`;
  const help = 'Make one operation of them: list both messages, and join the filters with `$or`.';
  return report('subscribed-twice', operation.origin, message, help, [
    { message: 'the other', origin: earlier.origin },
  ]);
}

/** A point-to-point queue has one reader: whatever a second one took, the first would miss. */
function checkQueues(operations: readonly ReceiveDeclaration[], problems: Diagnostic[]): void {
  const readers = new Map<string, ReceiveDeclaration>();
  for (const operation of sortBy(operations, ({ key }) => key)) {
    if (boundQueue(operation) === null) continue;
    const first = readers.get(operation.channel.key);
    if (first === undefined) {
      readers.set(operation.channel.key, operation);
      continue;
    }
    const message = `Channel ${quote(operation.channel.key)} is a point-to-point queue with a second consumer: each message goes to one of them only.`;
    const help = 'Make the channel an SNS topic or put it on a bus, so that every consumer gets every message.';
    const related = [{ message: 'the first consumer', origin: first.origin }];
    problems.push(report('queue-consumers', operation.origin, message, help, related));
  }
}
