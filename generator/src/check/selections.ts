import type { EventPattern, Route } from '@eventloom/engine';
import type { Origin } from '../diagnostics/diagnostic.ts';
import type { EventModel, MessageType, OperationModel, ReceiverModel } from '../model/event-model.ts';
import { addressKey } from '../model/order.ts';

/** A `receive` operation with what it selects. */
export interface Selection {
  readonly consumer: ReceiverModel;
  readonly operation: OperationModel;
  readonly route: Route;
  /** Types of the messages received, sorted by event. */
  readonly messages: readonly MessageType[];
}

/** A selection with a filter. */
export interface FilteredSelection extends Selection {
  readonly filter: EventPattern;
}

/** Returns every `receive` operation of the system. */
export function selections({ catalog, system }: EventModel): readonly Selection[] {
  const typeByName = new Map(catalog.messages.map((message) => [message.typeName, message]));
  const byEvent = new Map(catalog.events.map((event) => [addressKey(event), typeByName.get(event.message)]));
  const consumers: readonly ReceiverModel[] = system.services.flatMap((service) => [
    ...service.consumers,
    ...service.subscribers,
  ]);
  return consumers.flatMap((consumer) =>
    consumer.wiring.routes.flatMap((route) => {
      const operation = consumer.operations.find((one) => one.operation === route.operation);
      const messages = route.events.flatMap((event) => byEvent.get(addressKey(event)) ?? []);
      return operation === undefined ? [] : [{ consumer, operation, route, messages }];
    }),
  );
}

/** Returns every `receive` operation with a filter. */
export function filteredSelections(model: EventModel): readonly FilteredSelection[] {
  return selections(model).flatMap((selection) => {
    const { filter } = selection.operation;
    return filter === null ? [] : [{ ...selection, filter }];
  });
}

/** Returns where a part of an operation's filter is written; for a part without a place, where the operation is. */
export function filterOrigin({ filterPlaces, origin }: OperationModel, pointer: string): Origin {
  return filterPlaces.find((place) => place.pointer === pointer)?.origin ?? filterPlaces[0]?.origin ?? origin;
}
