import type { FilterFault } from '../aws/filter-faults.ts';
import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { FilterDeclaration, Placement, ReceiveDeclaration } from './declarations.ts';

/** The diagnostic of a fault that a filter has on its route. */
export function routeFault(
  { filter, origin, key }: ReceiveDeclaration,
  kind: Placement['kind'],
  fault: FilterFault,
): Diagnostic {
  const place = filter === null ? origin : placeOf(filter, fault.pointer);
  const { limit } = fault;
  const code =
    limit === null
      ? 'filter-not-supported'
      : limit.adjustable
        ? 'filter-quota'
        : limit.id.startsWith('eventPatternNumber')
          ? 'filter-number'
          : 'filter-limit';
  const message = `Operation \`${key}\` is fed by ${routeWords[kind]}: ${sentence(fault.message)}`;
  return report(code, place, message, code === 'filter-number' ? undefined : alternatives[kind]);
}

/** Where a part of a filter stands; for a part that has no place of its own, the nearest above it. */
export function placeOf(filter: FilterDeclaration, pointer: string): Origin {
  const found = filter.places.find((place) => place.pointer === pointer);
  if (found !== undefined || pointer === '') return found?.origin ?? filter.origin;
  return placeOf(filter, pointer.slice(0, pointer.lastIndexOf('/')));
}

const routeWords: Readonly<Record<Placement['kind'], string>> = {
  bus: 'an EventBridge rule',
  'bus-topic': 'a topic behind a bus, whose SNS filter policy reads the envelope',
  topic: 'an SNS subscription',
  queue: 'a queue, whose event source mapping filters',
};

const alternatives: Readonly<Record<Placement['kind'], string>> = {
  bus: 'Shorten the filter, spread it over several `receive` operations of one `x-consumer` that no event matches twice, or write `x-filter-rest: handler`.',
  'bus-topic':
    'Say it with what SNS has, list the values in the schema (`enum`), remove the `sns` binding so that the consumer gets a rule of its own, or write `x-filter-rest: handler`.',
  topic:
    'Say it with what SNS has, list the values in the schema (`enum`), put the channel on a bus (`servers`, without the `sns` binding) so that the consumer gets a rule, or write `x-filter-rest: handler`. SNS keeps one subscription for each queue or function, so it cannot be split.',
  queue:
    'Say it with what Lambda has, list the values in the schema (`enum`), put the channel on a bus or a topic, or write `x-filter-rest: handler`.',
};

/** A text with a full stop, unless it ends like a sentence. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
