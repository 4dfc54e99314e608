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
  PermanentError,
  PublishError,
  RetryLater,
  type UnpublishedEvent,
  ValidationFailure,
} from './errors.ts';
export type { EventPart, PublishedEvent, ReceivedEvent } from './events.ts';
export {
  type Gathered,
  type GatherFunctions,
  type GatheringContext,
  gatherHandler,
  type TimeoutContext,
} from './fan/gather-handler.ts';
export { gathering } from './fan/gathering.ts';
export { type SplitContext, type SplittingContext, splitHandler } from './fan/split-handler.ts';
export { splitting } from './fan/splitting.ts';
export type { Call, Feature, Observation } from './feature.ts';
export { emitting } from './handle/emitting.ts';
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
export type { PublishOptions } from './publish/options.ts';
export { createPublisher } from './publish/publisher.ts';
export type { ValidationError, Validator } from './validator.ts';
