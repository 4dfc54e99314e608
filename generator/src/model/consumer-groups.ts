import type { EventAddress } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EmitDeclaration, ReceiveDeclaration } from './declarations.ts';
import { deliveryTypeOf } from './delivery-merge.ts';
import type { OperationModel } from './event-model.ts';
import { addressOf } from './events.ts';
import type { Messages } from './messages.ts';
import { sortBy, uniqueAddresses } from './order.ts';
import { type DeliveryType, isSubscriberType } from './read/delivery-fields.ts';
import { descriptionOf } from './read/doc.ts';
import { type BuiltRoute, buildRoute } from './routes.ts';

/** `receive` operations of one service with one `x-consumer`: one consumer, or one subscriber. */
export interface ConsumerGroup {
  /** `<service>/<consumer>`. */
  readonly key: string;
  readonly service: string;
  readonly consumer: string;
  readonly type: DeliveryType;
  /** At least one, sorted by key. */
  readonly operations: readonly ReceiveDeclaration[];
}

/** Puts operations of one consumer together. Sorted by key. */
export function groupOperations(operations: readonly ReceiveDeclaration[]): readonly ConsumerGroup[] {
  const groups = new Map<string, ReceiveDeclaration[]>();
  for (const operation of sortBy(operations, ({ key }) => key)) {
    const key = `${operation.service}/${operation.consumer}`;
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  const all = [...groups].flatMap(([key, group]): ConsumerGroup[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { service, consumer } = first;
    return [{ key, service, consumer, type: deliveryTypeOf(group), operations: group }];
  });
  return sortBy(all, ({ key }) => key);
}

/** Tells whether a function of the service handles what the operations receive. */
export function isHandled({ type }: ConsumerGroup): boolean {
  return !isSubscriberType(type);
}

/** An operation with its route. */
export interface Routed extends BuiltRoute {
  readonly operation: ReceiveDeclaration;
}

/** Makes the route of each operation whose channel has a place. */
export function routed(
  operations: readonly ReceiveDeclaration[],
  messages: Messages,
  problems: Diagnostic[],
): readonly Routed[] {
  return operations.flatMap((operation): Routed[] => {
    const built = buildRoute(operation, messages, problems);
    return built === null ? [] : [{ operation, ...built }];
  });
}

/** The operation named like the consumer speaks for it, else the first that says anything. */
export function describe(operations: readonly ReceiveDeclaration[]): string | null {
  const main = operations.filter(({ key, consumer }) => key === consumer);
  const [description = null] = [...main, ...operations].flatMap(({ node }) => descriptionOf(node) ?? []);
  return description;
}

/** What `x-emits` of any of the operations names, sorted by (source, name). */
export function emittedBy(operations: readonly ReceiveDeclaration[]): readonly EventAddress[] {
  return uniqueAddresses(operations.flatMap(({ emits }) => emits.flatMap((emit) => toAddress(emit) ?? [])));
}

function toAddress({ channel, message }: EmitDeclaration): EventAddress | null {
  return channel.placement === null ? null : addressOf(channel, channel.placement, message.name);
}

/** What generation needs of an operation beside its route. */
export function toOperation({ operation, filter }: Routed): OperationModel {
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
