import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { EventModel } from '../model/event-model.ts';
import { addressKey } from '../model/order.ts';
import { listOf, quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { selections } from './selections.ts';

/**
 * Reports operations whose events nobody publishes. A spec without a single `send` operation describes consumers of
 * events from elsewhere, and gets no such report.
 */
export const unfedConsumer: Rule = (model) => {
  if (model.system.services.every(({ producers }) => producers.length === 0)) return [];
  const published = publishedKeys(model);
  return selections(model).flatMap(({ route, operation, consumer }): readonly Diagnostic[] => {
    const missing = route.events.filter((event) => !published.has(addressKey(event)));
    if (missing.length === 0) return [];
    const names = listOf(missing.map(({ name }) => name));
    const sources = [...new Set(missing.map(({ source }) => source))];
    const message = `Consumer ${quote(consumer.wiring.consumer)} receives ${names} from ${listOf(sources)}, which no operation of the spec publishes.`;
    return [report('unfed-consumer', operation.origin, message)];
  });
};

/** What `send` operations publish, consumers and workflows emit, and other accounts may put on a bus. */
function publishedKeys(model: EventModel): ReadonlySet<string> {
  const { services, destinations } = model.system;
  const sent = services.flatMap(({ producers }) => producers.flatMap(({ events }) => events));
  const emitted = selections(model).flatMap(({ consumer }) => consumer.wiring.emits);
  const allowed = destinations.flatMap((one) =>
    one.kind === 'bus' ? (one.allowAccounts ?? []).flatMap(({ events }) => events) : [],
  );
  return new Set([...sent, ...emitted, ...allowed].map(addressKey));
}
