import type { Route, SubscriberRoute } from '@eventloom/engine';
import type {
  ConsumerModel,
  EventModel,
  EventReference,
  OperationModel,
  ServiceModel,
  SubscriberModel,
} from '../../model/event-model.ts';
import { addressKey, byCodeUnit } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';

/** A `receive` operation with whom it belongs to. Told apart by `kind`: with a handler, or without. */
export type Reception = HandlerReception | SubscriberReception;

interface ReceptionBase {
  readonly operation: OperationModel | null;
}

/** Of a consumer with a handler. */
export interface HandlerReception extends ReceptionBase {
  readonly kind: 'handler';
  readonly receiver: ConsumerModel;
  readonly route: Route;
}

/** Of a consumer without one. */
export interface SubscriberReception extends ReceptionBase {
  readonly kind: 'subscriber';
  readonly receiver: SubscriberModel;
  readonly route: SubscriberRoute;
}

/** Models never change, and each page of a site asks for its own part of them. */
const known = new WeakMap<EventModel, Receptions>();

interface Receptions {
  readonly all: readonly Reception[];
  readonly byEvent: ReadonlyMap<string, readonly Reception[]>;
}

/** Every `receive` operation, sorted by (service, operation). */
export function receptionsOf({ model }: Pick<SiteContext, 'model'>): readonly Reception[] {
  return indexed(model).all;
}

/** The `receive` operations that select an event, sorted by (service, operation). */
export function receptionsOfEvent({ model }: Pick<SiteContext, 'model'>, event: EventReference): readonly Reception[] {
  return indexed(model).byEvent.get(addressKey(event)) ?? [];
}

function indexed(model: EventModel): Receptions {
  const found = known.get(model) ?? index(model);
  known.set(model, found);
  return found;
}

function index({ system }: EventModel): Receptions {
  const all = sortedReceptions(system.services);
  const byEvent = new Map<string, Reception[]>();
  for (const reception of all) {
    for (const key of new Set(reception.route.events.map(addressKey))) {
      const own = byEvent.get(key);
      if (own === undefined) byEvent.set(key, [reception]);
      else own.push(reception);
    }
  }
  return { all, byEvent };
}

function sortedReceptions(services: readonly ServiceModel[]): readonly Reception[] {
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
