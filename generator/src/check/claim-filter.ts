import { compilePattern, type EventPattern, type JsonValue, type Route } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { EventModel } from '../model/event-model.ts';
import { addressKey } from '../model/order.ts';
import { pointerTokens } from '../model/pointer.ts';
import { quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { type FilteredSelection, filteredSelections, filterOrigin } from './selections.ts';

/** Reports filters on the way of an event that read a field which its claim lacks. */
export const claimFilter: Rule = (model) => {
  const kept = keptFields(model);
  return filteredSelections(model).flatMap((selection) => {
    const claimed = selection.route.events.flatMap((event) => kept.get(addressKey(event)) ?? []);
    return claimed.length === 0 ? [] : missing(selection, claimed);
  });
};

/** The fields that stay in the claim of each event with `x-claim-check`, as filters name them. */
function keptFields({ catalog }: EventModel): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    catalog.events.flatMap((event) => {
      const keep = event.claimCheck?.keep;
      return keep === undefined ? [] : [[addressKey(event), new Set(keep.map(fieldPath))] as const];
    }),
  );
}

function fieldPath(pointer: string): string {
  return (pointerTokens(pointer) ?? []).join('.');
}

function missing(
  { operation, route, filter }: FilteredSelection,
  claimed: readonly ReadonlySet<string>[],
): readonly Diagnostic[] {
  const written = new Map(fieldsOf(filter).map(({ path, pointer }) => [path, pointer]));
  const lacking = fieldsOf(bodyFilter(route)).filter(({ path }) => claimed.some((kept) => !kept.has(path)));
  return lacking.map(({ path }) => {
    const origin = filterOrigin(operation, written.get(path) ?? '');
    const message = `The filter reads ${quote(path)}, which \`x-claim-check.keep\` of channel ${quote(operation.channel)} does not name: it could not match a claim.`;
    return report('claim-filter', origin, message);
  });
}

/** What the route reads of the payload; a filter that the handler evaluates sees what the claim stands for. */
function bodyFilter(route: Route): JsonValue | undefined {
  switch (route.kind) {
    case 'eventbridge':
      return route.eventPattern.detail;
    case 'eventbridge-sns':
      return route.filterPolicy?.detail;
    case 'sns':
      return route.filterPolicyScope === 'MessageBody' ? (route.filterPolicy ?? undefined) : undefined;
    case 'sqs':
      return route.mappingFilter?.body;
    default:
      return route satisfies never;
  }
}

/** Each field once. A filter that is no pattern is reported elsewhere. */
function fieldsOf(filter: JsonValue | undefined): readonly { readonly path: string; readonly pointer: string }[] {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) return [];
  const compiled = compilePattern(filter as EventPattern);
  const leaves = compiled.ok ? compiled.pattern.branches.flat() : [];
  return [...new Map(leaves.map(({ path, pointer }) => [path, { path, pointer }])).values()];
}
