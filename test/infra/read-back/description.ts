/** A system as its templates and its topology can both tell it: what the one says, the other must say. */
export interface Description {
  /** By physical name. */
  readonly destinations: Readonly<Record<string, unknown>>;
  /** By handler. */
  readonly consumers: Readonly<Record<string, ConsumerDescription>>;
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

/** Sorts routes, of which no two are the same unless they are the same twice. */
export function sortedRoutes(routes: readonly RouteDescription[]): readonly RouteDescription[] {
  return [...routes].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
}

/** JSON text that does not depend on the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
