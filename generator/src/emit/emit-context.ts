import type { Destination } from '@eventloom/engine';
import { InternalError } from '../internal-error.ts';
import type { EventModel, EventReference, EventType, MessageType } from '../model/event-model.ts';
import type { GeneratedFile } from './generated-file.ts';
import { type SourceFileParts, sourceFilePrinter } from './print/source-file.ts';
import { type ValidatorEmitter, validatorEmitter } from './validator/emit-validator.ts';

/** What every emitter is given: the model with its look-ups, and what prints. */
export interface EmitContext {
  readonly model: EventModel;
  /** The event's message, by its `typeName`. */
  message(typeName: string): MessageType;
  event(reference: EventReference): EventType;
  destination(key: string): Destination;
  /** Prints a TypeScript file. */
  file(owner: string, parts: Omit<SourceFileParts, 'specFile'>): GeneratedFile;
  /** Spells the validator of a message. */
  readonly validator: ValidatorEmitter;
}

/** Prepares one run over `model`. A reference to what the model lacks throws: building it is our business. */
export function emitContext(model: EventModel): EmitContext {
  const messages = new Map(model.catalog.messages.map((message) => [message.typeName, message]));
  const events = new Map(model.catalog.events.map((event) => [referenceKey(event), event]));
  const destinations = new Map(model.system.destinations.map((destination) => [destination.key, destination]));
  const print = sourceFilePrinter();
  return {
    model,
    message: (typeName) => found(messages.get(typeName), `message ${typeName}`),
    event: (reference) => found(events.get(referenceKey(reference)), `event ${referenceKey(reference)}`),
    destination: (key) => found(destinations.get(key), `destination ${key}`),
    file: (owner, parts) => ({
      path: parts.path,
      owner,
      content: print({ ...parts, specFile: model.spec.file }),
    }),
    validator: validatorEmitter(),
  };
}

function referenceKey({ name, source }: EventReference): string {
  return JSON.stringify([source, name]);
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new InternalError(`The model refers to ${what}, which it does not hold`);
  return value;
}
