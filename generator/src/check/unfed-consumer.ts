import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { EventModel } from '../model/event-model.ts';
import { addressKey } from '../model/order.ts';
import { listOf, quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { type Selection, selections } from './selections.ts';

/** A `receive` operation with the events that nobody publishes. */
interface Unfed {
  readonly source: string;
  readonly names: readonly string[];
  readonly selection: Selection;
}

/**
 * Reports events that are received and that nobody publishes, once for each channel. A spec without a single `send`
 * operation describes consumers of events from elsewhere, and gets no such report.
 */
export const unfedConsumer: Rule = (model) => {
  if (model.system.services.every(({ producers }) => producers.length === 0)) return [];
  const published = publishedKeys(model);
  const unfed = selections(model).flatMap((selection): readonly Unfed[] => {
    const missing = selection.route.events.filter((event) => !published.has(addressKey(event)));
    const [first] = missing;
    return first === undefined ? [] : [{ source: first.source, names: missing.map(({ name }) => name), selection }];
  });
  const sources = [...new Set(unfed.map(({ source }) => source))];
  return sources.map((source) => told(unfed.filter((one) => one.source === source)));
};

function told(unfed: readonly Unfed[]): Diagnostic {
  const [first, ...others] = unfed as readonly [Unfed, ...Unfed[]];
  const names = listOf([...new Set(unfed.flatMap((one) => one.names))].sort());
  const also = others.length === 0 ? '' : ` and ${others.length} more`;
  const message = `No operation of the spec publishes ${names} from ${quote(first.source)}, which ${quote(first.selection.operation.operation)}${also} would receive.`;
  const related = others.map(({ selection }) => ({
    message: 'nor does this one get any',
    origin: selection.operation.origin,
  }));
  return report('unfed-consumer', first.selection.operation.origin, message, undefined, related);
}

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
