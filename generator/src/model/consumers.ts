import type { EventPattern, Consumer as WiredConsumer } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { callersOf, replyOf } from './calls.ts';
import { type ConsumerGroup, describe, emittedBy, type Routed, routed, toOperation } from './consumer-groups.ts';
import { buildDelivery } from './deliveries.ts';
import type { ConsumerModel, MessageType, ReceivedEvent } from './event-model.ts';
import { sourceOf } from './events.ts';
import { buildHandling } from './handling.ts';
import { alarmsOf } from './infrastructure/alarms.ts';
import { mergeOnce } from './merge-once.ts';
import { checkHandlerFilters, checkMerged } from './merge-rules.ts';
import type { Messages } from './messages.ts';
import { consumerFileName, factoryName, handlerModule, narrowedTypeName, pascalCase, wiringName } from './names.ts';
import { addressKey, byAddress } from './order.ts';
import { emptyDoc } from './read/doc.ts';
import { narrow } from './schema/narrow/narrow.ts';
import type { TypeExpression } from './type-expression.ts';

/** Makes the consumers: groups of operations with a handler. Sorted by key. */
export function buildConsumers(
  groups: readonly ConsumerGroup[],
  messages: Messages,
  problems: Diagnostic[],
): readonly ConsumerModel[] {
  return groups.flatMap((group) => buildConsumer(group, messages, problems) ?? []);
}

function buildConsumer(
  { key, service, consumer, type, operations }: ConsumerGroup,
  messages: Messages,
  problems: Diagnostic[],
): ConsumerModel | null {
  const found = routed(operations, messages, problems);
  checkMerged(operations, problems);
  checkHandlerFilters(found, problems);
  const { delivery, handler } = buildDelivery(operations, type === 'function' ? type : 'queue', problems);
  const [first] = operations;
  if (first === undefined || found.length === 0) return null;
  const description = describe(operations);
  const wiring: WiredConsumer = {
    key,
    service,
    consumer,
    constructId: pascalCase(consumer),
    description,
    handler: handler ?? handlerModule(service, consumer),
    routes: found.map(({ route }) => route),
    delivery,
    emits: emittedBy(operations),
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
    receives: receivedEvents(found, messages),
    operations: found.map(toOperation),
    ...replyOf(operations, messages),
    origin: first.origin,
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
function receivedEvents(found: readonly Routed[], messages: Messages): readonly ReceivedEvent[] {
  const received = found.flatMap(({ operation, filter, route }) =>
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
