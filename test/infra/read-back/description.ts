/** A system as its templates and its topology can both tell it: what the one says, the other must say. */
export interface Description {
  /** By physical name. */
  readonly destinations: Readonly<Record<string, unknown>>;
  /** By handler. */
  readonly consumers: Readonly<Record<string, ConsumerDescription>>;
  /** Every way to something that is no function, sorted. */
  readonly subscribers: readonly SubscriberDescription[];
}

/** A way to something that is no function of a service. */
export interface SubscriberDescription {
  readonly stack: string;
  readonly type: string;
  readonly route: RouteDescription;
}

/** A consumer, without what a topology leaves to the constructs. */
export interface ConsumerDescription {
  readonly stack: string;
  /** Sorted; in words of JSON, so that lists compare. */
  readonly routes: readonly RouteDescription[];
  readonly delivery: Readonly<Record<string, unknown>>;
  /** What its role may do, sorted. */
  readonly rights: readonly string[];
}

/** A way to a consumer, with names in place of keys. */
export type RouteDescription =
  | { readonly kind: 'eventbridge'; readonly bus: string; readonly eventPattern: unknown }
  | {
      readonly kind: 'topic';
      readonly topic: string;
      readonly filterPolicy: unknown;
      readonly filterPolicyScope: string;
    }
  | { readonly kind: 'sqs'; readonly queue: string; readonly mappingFilter: unknown };

/** Sorts by all that is said, so that lists compare. */
export function sorted<Said>(all: readonly Said[]): readonly Said[] {
  return [...all].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
}

/** JSON text that does not depend on the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
