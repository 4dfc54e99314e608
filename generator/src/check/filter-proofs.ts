import { filterAlways } from './filter-always.ts';
import { filterExcess } from './filter-excess.ts';
import { filterReach } from './filter-reach.ts';
import { filterReplaced } from './filter-replaced.ts';
import { filterSubject, spacesOfMessages } from './filter-subject.ts';
import { misplacedField } from './misplaced-field.ts';
import type { Rule } from './rule.ts';
import { filteredSelections } from './selections.ts';

/** Reports what is proven about filters over all valid payloads. What cannot be proven is left alone. */
export const filterProofs: Rule = (model) => {
  const spacesOf = spacesOfMessages();
  return filteredSelections(model).flatMap((selection) => {
    const subject = filterSubject(selection, spacesOf);
    if (subject === null) return [];
    return [filterReplaced, filterReach, misplacedField, filterExcess, filterAlways].flatMap((judge) => judge(subject));
  });
};
