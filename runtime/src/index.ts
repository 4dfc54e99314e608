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
  Subscriber,
  TopicDestination,
  Topology,
} from '@eventloom/engine';
export {
  type AuthorizedRoute,
  type AuthorizerEvent,
  type AuthorizerResult,
  allowRoutes,
  type RequestAuthorizer,
  unauthorized,
} from './authorize/authorizer.ts';
export { type JwtAuthorizerOptions, type JwtSettings, jwtAuthorizer } from './authorize/jwt.ts';
export type { WebKey } from './authorize/key-set.ts';
export { answeringHandler } from './call/answering-handler.ts';
export type { CallDefinition, CallsDefinition, ReplyDefinition } from './call/call-definition.ts';
export type { CallOptions } from './call/call-options.ts';
export { createCalls } from './call/create-calls.ts';
export { type Carried, carriedBy, partAttribute, partText, resourcesOf } from './carried.ts';
export {
  type Admission,
  type CircuitBreaker,
  type CircuitBreakerOptions,
  type CircuitCallOptions,
  type CircuitChange,
  createCircuitBreaker,
} from './circuit/circuit-breaker.ts';
export type { CircuitRecord, CircuitStore } from './circuit/circuit-store.ts';
export { type CircuitContext, circuits } from './circuit/circuits.ts';
export { circuitsInMemory } from './circuit/circuits-in-memory.ts';
export type { DownstreamCalls } from './circuit/event-downstream.ts';
export { claiming } from './claims/claiming.ts';
export { claims } from './claims/claims.ts';
export type { Clock } from './clock.ts';
export type { AwsClient, AwsClients, Environment, PublisherOptions } from './connection.ts';
export type { EmittingContext, HandlerContext, LogFields, Logger } from './context.ts';
export type {
  BusConsumerDefinition,
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
export type { ElementAt } from './element-at.ts';
export {
  CallError,
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
export type { EmittedEvent, EventPart, PublishedEvent, ReceivedEvent } from './events.ts';
export {
  type Gathered,
  type GatherFunctions,
  type GatheringContext,
  gatherHandler,
  type TimeoutContext,
} from './fan/gather-handler.ts';
export { gathering } from './fan/gathering.ts';
export { type SplitContext, type SplittingContext, splitHandler } from './fan/split-handler.ts';
export { splitting, splittingWith } from './fan/splitting.ts';
export type { Call, Feature, Observation } from './feature.ts';
export type { BatchItemFailures } from './handle/answer-batch.ts';
export { busQueueHandler } from './handle/bus-queue-handler.ts';
export { type Correlation, correlationInHeader, correlationInPayload } from './handle/correlation.ts';
export { type DynamoDbRecord, type DynamoDbValue, dynamoDbImage } from './handle/dynamo-db-image.ts';
export { emitting, emittingWith } from './handle/emitting.ts';
export { type Content, type Envelope, notification } from './handle/envelopes.ts';
export { functionHandler } from './handle/function-handler.ts';
export { type KinesisRecord, kinesisPayload } from './handle/kinesis-payload.ts';
export { matching } from './handle/matching.ts';
export { type BatchContext, queueBatchHandler } from './handle/queue-batch-handler.ts';
export { queueHandler } from './handle/queue-handler.ts';
export { idempotencyInMemory } from './idempotency/idempotency-in-memory.ts';
export type { IdempotencyLock, IdempotencyRecord, IdempotencyStore } from './idempotency/idempotency-store.ts';
export { idempotent } from './idempotency/idempotent.ts';
export {
  type HandlerModulesOf,
  type Invocation,
  invocationKey,
  type LambdaContext,
  type LambdaHandler,
  type LogLevel,
} from './invocation.ts';
export { type MetricsOptions, metrics } from './observe/metrics.ts';
export { type OpenTelemetryOptions, openTelemetry } from './observe/open-telemetry.ts';
export type {
  OpenTelemetryApi,
  OpenTelemetryContext,
  OpenTelemetrySpan,
  OpenTelemetryTracer,
  SpanContext,
  SpanOptions,
} from './observe/open-telemetry-api.ts';
export {
  type PowertoolsLogger,
  type PowertoolsMetrics,
  type PowertoolsSubsegment,
  type PowertoolsTracer,
  powertoolsLogger,
  powertoolsMetrics,
  powertoolsTracer,
} from './observe/powertools.ts';
export { createOutbox, type Outbox, type OutboxOptions } from './outbox/outbox.ts';
export type { OutboxAttribute, OutboxWrite } from './outbox/outbox-item.ts';
export {
  type OutboxRelay,
  type OutboxRelayDefinition,
  outboxRelay,
  type RelayedEventDefinition,
} from './outbox/outbox-relay.ts';
export type { PayloadSchema } from './payload-schema.ts';
export type { CallLimits } from './publish/allowance.ts';
export type { BatchOptions } from './publish/batch-options.ts';
export type { EventPublisher, PublishResult } from './publish/event-publisher.ts';
export type { EventOptions, PublishOptions } from './publish/options.ts';
export type { Outgoing } from './publish/outgoing.ts';
export type { PublishFeature } from './publish/publish-feature.ts';
export { createPublisher } from './publish/publisher.ts';
export { toBus } from './publish/to-bus.ts';
export { toQueue } from './publish/to-queue.ts';
export { toTopic } from './publish/to-topic.ts';
export type { SendOnce, Transport } from './publish/transport.ts';
export type { AttributeJson } from './store/attribute-value.ts';
export type { Stores } from './stores.ts';
export type { ValidationError, Validator } from './validator.ts';
