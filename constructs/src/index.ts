export { ConstructError, type ConstructErrorCode } from './construct-error.ts';
export type { FunctionSettings } from './consumer-function.ts';
export { CoreStack, type CoreStackProps } from './core-stack.ts';
export { EventConsumer, type EventConsumerProps } from './event-consumer.ts';
export type { EventService } from './event-service.ts';
export { EventloomSystem, type EventloomSystemProps } from './eventloom-system.ts';
export { ServiceStack, type ServiceStackProps } from './service-stack.ts';
export type { StackSettings } from './stack-settings.ts';
export type { NamedTable } from './tables.ts';
