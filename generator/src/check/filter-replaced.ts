import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { quote } from '../model/wording.ts';
import { replacedLeaves } from './filter-parts.ts';
import type { FilterSubject } from './filter-subject.ts';
import { filterOrigin } from './selections.ts';

/** Reports conditions that another one on the same field replaces: EventBridge does not join them. */
export function filterReplaced({ parts, selection }: FilterSubject): readonly Diagnostic[] {
  const place = (pointer: string): Diagnostic['origin'] => filterOrigin(selection.operation, pointer);
  return [...replacedLeaves(parts)].map(([earlier, later]) => {
    const message = `The filter names ${quote(earlier.path)} twice; of the two conditions EventBridge takes only the other one.`;
    const related = [{ message: 'the condition that counts', origin: place(later.pointer) }];
    return report('filter-condition-replaced', place(earlier.pointer), message, undefined, related);
  });
}
