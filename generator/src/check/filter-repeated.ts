import { compilePattern, type EventPattern } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { addressKey } from '../model/order.ts';
import { canonicalText, isObject } from '../model/schema/json.ts';
import { quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { type FilteredSelection, filteredSelections, filterOrigin } from './selections.ts';

/** Reports consumers of one service that receive the same events with the same filter, however it is written. */
export const filterRepeated: Rule = (model) => {
  const first = new Map<string, FilteredSelection>();
  return filteredSelections(model).flatMap((selection): readonly Diagnostic[] => {
    const key = keyOf(selection);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, selection);
    return earlier === undefined || earlier.consumer === selection.consumer ? [] : [repeated(earlier, selection)];
  });
};

function repeated(earlier: FilteredSelection, { consumer, operation }: FilteredSelection): Diagnostic {
  const names = [earlier.consumer.wiring.consumer, consumer.wiring.consumer].map(quote).join(' and ');
  const message = `Consumers ${names} of service ${quote(consumer.wiring.service)} receive the same events with the same filter.`;
  const related = [{ message: 'the other filter', origin: filterOrigin(earlier.operation, '') }];
  return report('filter-repeated', filterOrigin(operation, ''), message, undefined, related);
}

function keyOf({ consumer, route, filter }: FilteredSelection): string {
  const events = route.events.map(addressKey).sort();
  const scope = route.kind === 'sns' ? route.filterPolicyScope : null;
  return JSON.stringify([consumer.wiring.service, deliveryKey(consumer), events, scope, canonicalFilter(filter)]);
}

/** Handlers may be joined; of consumers without one only those that deliver to the same place. */
function deliveryKey({ wiring: { delivery } }: FilteredSelection['consumer']): unknown {
  return delivery.type === 'queue' || delivery.type === 'function' ? null : delivery;
}

/** One text for a filter: the same for another order of keys or alternatives, and for dotted keys. */
function canonicalFilter(filter: EventPattern): string {
  const compiled = compilePattern(filter);
  if (!compiled.ok) return canonicalText(filter);
  const branches = compiled.pattern.branches.map((branch) =>
    JSON.stringify(branch.map(({ path, conditions }) => [path, sorted(conditions.map(withSortedLists))])),
  );
  return sorted(branches).join();
}

/** Lists inside of conditions are alternatives too; those of `numeric` are not but stand in one order anyway. */
function withSortedLists(condition: unknown): string {
  if (!isObject(condition)) return canonicalText(condition);
  const entries = Object.entries(condition).map(([key, value]) => [
    key,
    Array.isArray(value) ? sorted(value.map(canonicalText)) : value,
  ]);
  return canonicalText(Object.fromEntries(entries));
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
