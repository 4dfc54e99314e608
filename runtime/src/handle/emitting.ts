import type { Connection } from '../connection.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import { type PublishByName, publishByName } from '../publish/publish-event.ts';

/** Makes the `publish` of a handler's context. */
export type Emitting = (connection: Connection, emits: readonly PublishedEventDefinition[]) => PublishByName;

/**
 * Lets a handler publish: the third argument of {@link queueHandler} and {@link functionHandler}. It stands apart so
 * that a handler that publishes nothing bundles no publisher.
 */
export const emitting: Emitting = publishByName;
