export {
  type EventFor,
  type EventOfOptions,
  eventOf,
  type FromSource,
  type HeaderValue,
  type TestEvent,
} from './event.ts';
export type { ExpectedFailure } from './harness/expect.ts';
export {
  type DeliverOptions,
  type EventIdentity,
  type Harness,
  type HarnessOptions,
  harness,
  type LogLine,
} from './harness/harness.ts';
export type { HandlerDeadLetter } from './harness/letters.ts';
export type { PublishedBy, PublishedByHandler, PublishedFor } from './harness/published.ts';
export type { HandlerRun, RunOf } from './harness/run.ts';
export type { DeliverySettings } from './harness/topology.ts';
export { type InputOptions, inputFor } from './input.ts';
export { Unmakeable } from './make/kit.ts';
export { type DeclaredIn, type Overridden, type Overrides, type PayloadOptions, payloadOf } from './payload.ts';
export { type PublisherHarness, type PublisherHarnessOptions, publisherHarness } from './publisher-harness.ts';
export { type BrokenRule, type Check, schemaCheck } from './schema/check.ts';
