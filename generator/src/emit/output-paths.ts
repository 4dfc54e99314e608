import type { MessageType, ReceiverModel, ServiceModel } from '../model/event-model.ts';

/** Paths of the generated files, below the output folder. */

/** Types and guard of one event. */
export function eventPath(message: MessageType): string {
  return `events/${message.fileName}.ts`;
}

/** Validator of one event. */
export function validatorPath(message: MessageType): string {
  return `events/${message.fileName}.validator.js`;
}

/** Declarations of the validator of one event. */
export function validatorDeclarationsPath(message: MessageType): string {
  return `events/${message.fileName}.validator.d.ts`;
}

/** A file of a service's own: `index.ts`, `publisher.ts`. */
export function servicePath(service: ServiceModel, file: string): string {
  return `services/${service.folder}/${file}`;
}

/** Handler factory and types of one consumer, or the types of one subscriber. */
export function receiverPath(service: ServiceModel, consumer: ReceiverModel): string {
  return servicePath(service, `${consumer.fileName}.ts`);
}

/** Wiring data of one consumer or subscriber. */
export function wiringPath(service: ServiceModel, consumer: ReceiverModel): string {
  return `topology/${service.folder}/${consumer.fileName}.ts`;
}
