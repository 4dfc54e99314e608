import type { RoutedEvent, RoutedMessage } from '../../route/published.ts';
import type { RoutedTopology } from '../../route/route-rows.ts';

/** What `assets/match-data.js` sets: what it takes to route any event. */
export interface MatchData {
  readonly topology: RoutedTopology;
  readonly events: readonly MatchEvent[];
  readonly messages: readonly RoutedMessage[];
  /** Pages of services by name, for consumers without an entry on the event's page. */
  readonly services: readonly (readonly [name: string, path: string])[];
}

/** An event, where its page is and where the rest of it is. */
export interface MatchEvent extends RoutedEvent {
  readonly page: string;
  /** Path of the script that registers its {@link EventScript}. */
  readonly script: string;
}

/** What the script of an event adds to the list `eventloomMatchEvents`. */
export interface EventScript {
  readonly script: string;
  readonly examples: readonly MatchExample[];
  /** Anchors on the event's page, by `receive` operation. */
  readonly entries: readonly (readonly [operation: string, anchor: string])[];
  /** Makes the validator from the shared parts of `@eventloom/runtime/validation`. */
  readonly validator: (shared: Readonly<Record<string, unknown>>) => unknown;
}

export interface MatchExample {
  readonly title: string;
  /** Indented JSON of the payload. */
  readonly json: string;
}
