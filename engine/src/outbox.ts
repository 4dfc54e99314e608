import type { EventAddress } from './topology.ts';

/** `x-outbox`: a table that a service writes events to, and a function on its stream, the relay, that publishes them. */
export interface Outbox {
  /** Key of the relay among the handlers of the system: `<service>/outbox-relay`. No consumer has it. */
  readonly key: string;
  /** Module path of the relay below the handlers' folder, without extension. It exports `handler`. */
  readonly handler: string;
  /** What the `send` operations with `x-outbox` publish, sorted by (source, name): the rights of the relay. */
  readonly publishes: readonly EventAddress[];
  /** Records of the stream that one invocation gets at most. */
  readonly batchSize: number;
  /** How long an invocation of the relay may take. */
  readonly timeoutSeconds: number;
  /** Memory of the relay. */
  readonly memoryMb: number;
  /**
   * Age at which Lambda gives up a record and says so on the relay's dead-letter queue. Less than the stream keeps it,
   * since what the stream drops is told to nobody.
   */
  readonly maxRecordAgeSeconds: number;
}
