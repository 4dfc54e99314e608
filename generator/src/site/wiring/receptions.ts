import type { Route, SubscriberRoute } from '@eventloom/engine';
import type {
  ConsumerModel,
  EventReference,
  JsonSchema,
  OperationModel,
  SubscriberModel,
} from '../../model/event-model.ts';
import { byCodeUnit } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';

/** A `receive` operation with whom it belongs to. Told apart by `kind`: with a handler, or without. */
export type Reception = HandlerReception | SubscriberReception;

interface ReceptionBase {
  readonly operation: OperationModel | null;
}

export interface HandlerReception extends ReceptionBase {
  readonly kind: 'handler';
  readonly receiver: ConsumerModel;
  readonly route: Route;
}

export interface SubscriberReception extends ReceptionBase {
  readonly kind: 'subscriber';
  readonly receiver: SubscriberModel;
  readonly route: SubscriberRoute;
}

/** Every `receive` operation, sorted by (service, operation). */
export function receptionsOf({ model }: Pick<SiteContext, 'model'>): readonly Reception[] {
  const { services } = model.system;
  const all = services.flatMap(({ consumers, subscribers }): readonly Reception[] => [
    ...consumers.flatMap((receiver) =>
      receiver.wiring.routes.map((route) => ({
        kind: 'handler' as const,
        receiver,
        route,
        operation: operationOf(receiver, route),
      })),
    ),
    ...subscribers.flatMap((receiver) =>
      receiver.wiring.routes.map((route) => ({
        kind: 'subscriber' as const,
        receiver,
        route,
        operation: operationOf(receiver, route),
      })),
    ),
  ]);
  return all.sort(
    (a, b) =>
      byCodeUnit(a.receiver.wiring.service, b.receiver.wiring.service) ||
      byCodeUnit(a.route.operation, b.route.operation),
  );
}

function operationOf({ operations }: Reception['receiver'], { operation }: Route): OperationModel | null {
  return operations.find((one) => one.operation === operation) ?? null;
}

/** Tells whether a reception selects an event. */
export function selects({ route }: Reception, { name, source }: EventReference): boolean {
  return route.events.some((event) => event.name === name && event.source === source);
}

/** The schema of the payload of an event. */
export function payloadSchema({ model }: Pick<SiteContext, 'model'>, event: { readonly message: string }): JsonSchema {
  return model.catalog.messages.find(({ typeName }) => typeName === event.message)?.payload ?? true;
}
