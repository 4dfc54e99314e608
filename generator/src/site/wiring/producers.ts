import type { EventReference, ServiceModel } from '../../model/event-model.ts';
import { ingressWords } from '../../model/ingress/ingress-words.ts';
import { byCodeUnit } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';
import type { ProducerEntry } from '../site-model.ts';

/** Who publishes an event: `send` operations, and consumers and workflows that emit it; by (service, operation). */
export function producersOf({ model, paths }: SiteContext, event: EventReference): readonly ProducerEntry[] {
  const summaries = new Map(model.documentation.operations.map(({ operation, summary }) => [operation, summary]));
  const entries = model.system.services.flatMap((service): readonly ProducerEntry[] => {
    const link = paths.service(service.wiring.name);
    const said = (operation: string) => ({ service: link, operation, summary: summaries.get(operation) ?? null });
    return [
      ...service.producers
        .filter(({ events }) => events.some((one) => isSame(one, event)))
        .map(({ operation, outbox }) => ({ ...said(operation), ...sending(service, operation, outbox === true) })),
      ...[...service.consumers, ...service.subscribers]
        .filter(({ wiring }) => wiring.emits.some((one) => isSame(one, event)))
        .map(({ wiring, operations }) => ({
          ...said(wiring.consumer),
          summary: summaries.get(wiring.consumer) ?? summaries.get(operations[0]?.operation ?? '') ?? null,
          kind: 'emits' as const,
          ingress: null,
          outbox: false,
        })),
    ];
  });
  return entries.sort(
    (a, b) =>
      byCodeUnit(a.service.text, b.service.text) || byCodeUnit(a.operation, b.operation) || byCodeUnit(a.kind, b.kind),
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

function isSame(one: EventReference, other: EventReference): boolean {
  return one.name === other.name && one.source === other.source;
}
