export type {
  Backoff,
  BusDestination,
  ClaimCheck,
  Consumer,
  Delivery,
  Destination,
  Downstream,
  EventAddress,
  EventBridgeRoute,
  EventBridgeSnsRoute,
  EventPattern,
  FunctionDelivery,
  Gather,
  Idempotency,
  JsonValue,
  Ordering,
  QueueDelivery,
  QueueDestination,
  Route,
  Service,
  SnsRoute,
  SqsRoute,
  TopicDestination,
  Topology,
} from '@eventloom/engine';
export { claiming } from './claims/claiming.ts';
export { claims } from './claims/claims.ts';
export type { Clock } from './clock.ts';
export type { AwsClient, AwsClients, Environment, PublisherOptions } from './connection.ts';
export type { EmittingContext, HandlerContext, LogFields, Logger } from './context.ts';
export type {
  ConsumerDefinition,
  CorrelationDefinition,
  DestinationDefinition,
  EventDefinition,
  HeaderDefinition,
  PublishedEventDefinition,
  PublisherDefinition,
  ReceivedEventDefinition,
  RouteKind,
} from './definitions.ts';
export {
  ConfigurationError,
  type EventloomError,
  type EventloomErrorName,
  isEventloomError,
  type MissingDestination,
  PermanentError,
  PublishError,
  type PublishFailure,
  RetryLater,
  type UnpublishedEvent,
  ValidationFailure,
} from './errors.ts';
export type { EventPart, PublishedEvent, ReceivedEvent } from './events.ts';
export type { Call, Feature, Observation } from './feature.ts';
export { emitting, emittingWith } from './handle/emitting.ts';
export { functionHandler } from './handle/function-handler.ts';
export { matching } from './handle/matching.ts';
export { type BatchItemFailures, queueHandler } from './handle/queue-handler.ts';
export {
  type HandlerModulesOf,
  type Invocation,
  invocationKey,
  type LambdaContext,
  type LambdaHandler,
  type LogLevel,
} from './invocation.ts';
export { createOutbox, type Outbox, type OutboxOptions } from './outbox/outbox.ts';
export type { OutboxAttribute, OutboxWrite } from './outbox/outbox-item.ts';
export { type OutboxRelay, outboxRelay } from './outbox/outbox-relay.ts';
export type { BatchOptions } from './publish/batch-options.ts';
export type { EventPublisher, PublishResult } from './publish/event-publisher.ts';
export type { PublishOptions } from './publish/options.ts';
export type { Outgoing } from './publish/outgoing.ts';
export type { PublishFeature } from './publish/publish-feature.ts';
export { createPublisher } from './publish/publisher.ts';
export type { ValidationError, Validator } from './validator.ts';
