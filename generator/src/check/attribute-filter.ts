import type { EventPattern, JsonValue } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { MessageType } from '../model/event-model.ts';
import { childPointer } from '../model/pointer.ts';
import { didYouMeanOrList, quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { type FilteredSelection, filteredSelections, filterOrigin } from './selections.ts';

/**
 * Reports fields of a filter over message attributes that are no header, or a header of another type than the payload's
 * field. Attributes come from headers alone, so that a new consumer never changes a producer.
 */
export const attributeFilter: Rule = (model) =>
  filteredSelections(model)
    .filter(({ route }) => route.kind === 'sns' && route.handlerFilter === undefined)
    .filter(({ operation }) => operation.filterScope === 'attributes')
    .flatMap(judge);

function judge(selection: FilteredSelection): readonly Diagnostic[] {
  return topLevelFields(selection.filter, '').flatMap(({ name, pointer }) => {
    const faulty = selection.messages.find((message) => faultOf(message, name) !== null);
    const fault = faulty === undefined ? null : faultOf(faulty, name);
    if (faulty === undefined || fault === null) return [];
    const headers = faulty.headers.map((header) => header.name);
    const hint = didYouMeanOrList(name, headers, 'Headers that travel');
    const help = `Declare the header on message ${quote(faulty.name)}, or filter the body: \`x-filter-scope: body\`.`;
    return [
      report('filter-not-a-header', filterOrigin(selection.operation, pointer), fault, [hint, help].join(' ').trim()),
    ];
  });
}

function faultOf(message: MessageType, name: string): string | null {
  const header = message.headers.find((one) => one.name === name);
  if (header === undefined) {
    return `The filter reads attributes, and message ${quote(message.name)} has no header ${quote(name)} of a scalar type at the top level.`;
  }
  if (header.inPayload) return null;
  return `The header ${quote(name)} of message ${quote(message.name)} is not of the same type as the payload's ${quote(name)}.`;
}

function topLevelFields(
  filter: EventPattern,
  pointer: string,
): readonly { readonly name: string; readonly pointer: string }[] {
  return Object.entries(filter).flatMap(([name, value]) => {
    const place = childPointer(pointer, name);
    if (name !== '$or' || !Array.isArray(value)) return [{ name, pointer: place }];
    const branches = value as readonly JsonValue[];
    return branches.flatMap((branch, index) => topLevelFields(branch as EventPattern, childPointer(place, index)));
  });
}
