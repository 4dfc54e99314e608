import type { EventModel, EventReference, ServiceModel } from '../../model/event-model.ts';
import { ingressWords } from '../../model/ingress/ingress-words.ts';
import { addressKey, byCodeUnit } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';
import type { ProducerEntry } from '../site-model.ts';
import { operationDocs } from './operation-docs.ts';

/** Who publishes an event: `send` operations, and consumers and workflows that emit it; by (service, operation). */
export function producersOf(context: SiteContext, event: EventReference): readonly ProducerEntry[] {
  const { model, paths } = context;
  const found = known.get(model) ?? index(model);
  known.set(model, found);
  const summaryOf = (operation: string | undefined) =>
    operation === undefined ? null : (operationDocs(context, operation)?.summary ?? null);
  return (found.get(addressKey(event)) ?? []).map(({ service, operations, ...producer }) => ({
    ...producer,
    service: paths.service(service),
    summary: operations.map(summaryOf).find((summary) => summary !== null) ?? null,
  }));
}

/** Models never change, and each page of a site asks for its own part of them. */
const known = new WeakMap<EventModel, ReadonlyMap<string, readonly Producer[]>>();

interface Producer extends Omit<ProducerEntry, 'service' | 'summary'> {
  readonly service: string;
  /** Whose summary may stand for it; the first that there is. */
  readonly operations: readonly string[];
}

function index({ system }: EventModel): ReadonlyMap<string, readonly Producer[]> {
  const byEvent = new Map<string, Producer[]>();
  const add = (event: EventReference, producer: Producer) => {
    const own = byEvent.get(addressKey(event));
    if (own === undefined) byEvent.set(addressKey(event), [producer]);
    else own.push(producer);
  };
  for (const service of system.services) {
    const { name } = service.wiring;
    for (const { operation, outbox, events } of service.producers) {
      const sent = {
        service: name,
        operation,
        operations: [operation],
        ...sending(service, operation, outbox === true),
      };
      for (const event of events) add(event, sent);
    }
    for (const { wiring, operations } of [...service.consumers, ...service.subscribers]) {
      const own = [wiring.consumer, ...operations.map(({ operation }) => operation)];
      const emitted = { service: name, operation: wiring.consumer, operations: own, ...emitting };
      for (const event of wiring.emits) add(event, emitted);
    }
  }
  for (const producers of byEvent.values()) producers.sort(byService);
  return byEvent;
}

const emitting = { kind: 'emits', ingress: null, outbox: false } as const;

function byService(left: Producer, right: Producer): number {
  return (
    byCodeUnit(left.service, right.service) ||
    byCodeUnit(left.operation, right.operation) ||
    byCodeUnit(left.kind, right.kind)
  );
}

/** How a `send` operation publishes. */
export function sending(
  { ingresses }: Pick<ServiceModel, 'ingresses'>,
  operation: string,
  outbox: boolean,
): Pick<ProducerEntry, 'kind' | 'ingress' | 'outbox'> {
  const ingress = ingresses.find(({ wiring }) => wiring.operation === operation);
  return ingress === undefined
    ? { kind: 'operation', ingress: null, outbox }
    : { kind: 'ingress', ingress: ingressWords(ingress.wiring), outbox };
}
