import type { Destination } from '@eventloom/engine';
import { InternalError } from '../../internal-error.ts';
import type { EventModel, EventReference, EventType, MessageType } from '../../model/event-model.ts';
import { addressKey } from '../../model/order.ts';

/** A model with what snippets look up in it. */
export interface LookUps {
  readonly model: EventModel;
  readonly event: (reference: EventReference) => EventType;
  readonly message: (typeName: string) => MessageType;
  readonly destination: (key: string) => Destination;
}

/** Prepares look-ups of a model. Looking up what it does not hold throws: building it is our business. */
export function lookUpsOf(model: EventModel): LookUps {
  const events = new Map(model.catalog.events.map((event) => [addressKey(event), event]));
  const messages = new Map(model.catalog.messages.map((message) => [message.typeName, message]));
  const destinations = new Map(model.system.destinations.map((destination) => [destination.key, destination]));
  return {
    model,
    event: (reference) => found(events.get(addressKey(reference)), addressKey(reference)),
    message: (typeName) => found(messages.get(typeName), typeName),
    destination: (key) => found(destinations.get(key), key),
  };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new InternalError(`The model refers to ${what}, which it does not hold`);
  return value;
}
