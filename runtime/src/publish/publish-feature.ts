import type { Connection } from '../connection.ts';
import type { Outgoing } from './outgoing.ts';

/**
 * Something that a publisher can do beside sending. Generated code passes those that the spec asks for, so that a bundle
 * carries only what is used.
 */
export interface PublishFeature {
  /** Called once, when a publisher is made; throws a `ConfigurationError` when the environment lacks something. */
  readonly check?: (connection: Connection) => void;
  /**
   * Takes the payload of an event with a `claimCheck` elsewhere when its entry is larger than that allows, after it was
   * validated, and returns what is sent in its place. Its requests end when `signal` is aborted. Rejects with a
   * `PublishError`.
   */
  readonly claim?: (outgoing: Outgoing, connection: Connection, signal?: AbortSignal) => Promise<Outgoing>;
}
