import { isObject, type JsonObject, own, ownObject } from '../../model/schema/json.ts';
import { stepTrail, type Trail } from './anchors.ts';
import type { Place } from './build-row.ts';
import { conditionWords, nameAlternatives, otherwiseWords } from './conditions.ts';
import type { Book, View } from './view.ts';

/** The places that hold for the same value in some cases: `oneOf`, `anyOf`, `then`, `else` and dependencies. */
export function alternativePlaces(place: Place, { parts, choices }: View, book: Book): readonly Place[] {
  return [
    ...choices.flatMap((branches, group) => choicePlaces(place, branches, { group, book })),
    ...parts.flatMap((part, index) => conditionPlaces(place, part, { index, book })),
    ...parts.flatMap((part) => dependencyPlaces(place, part)),
  ];
}

interface Choice {
  readonly group: number;
  readonly book: Book;
}

function choicePlaces(place: Place, branches: readonly unknown[], { group, book }: Choice): readonly Place[] {
  const names = nameAlternatives(branches, book);
  const labels = names.map(({ label }) => label);
  return branches.map((branch, index): Place => {
    const { label = null, condition = null } = names[index] ?? {};
    const isOwn = label !== null && labels.indexOf(label) === labels.lastIndexOf(label);
    const word = `${group === 0 ? '' : `${group}-`}${isOwn ? `n-${label}` : `i-${index}`}`;
    return {
      ...alternative(place, label || `alternative ${index + 1}`, stepTrail(place.trail, 'alternative', word)),
      condition,
      schemas: [branch],
      isIdle: true,
    };
  });
}

interface Condition {
  readonly index: number;
  readonly book: Book;
}

function conditionPlaces(place: Place, part: JsonObject, { index, book }: Condition): readonly Place[] {
  if (!Object.hasOwn(part, 'if')) return [];
  const condition = own(part, 'if');
  const words = conditionWords(condition, book);
  const trail = (branch: string): Trail => stepTrail(place.trail, 'condition', `${branch}-${words ?? ''}-${index}`);
  return [
    { branch: 'then', condition: words ?? 'when its condition holds' },
    { branch: 'else', condition: otherwiseWords(condition, book) },
  ].flatMap(({ branch, condition: when }): readonly Place[] => {
    const schema = own(part, branch);
    if (!isObject(schema) && schema !== false) return [];
    return [{ ...alternative(place, branch, trail(branch)), condition: when, schemas: [schema] }];
  });
}

function dependencyPlaces(place: Place, part: JsonObject): readonly Place[] {
  return Object.entries(ownObject(part, 'dependencies')).flatMap(([name, schema]): readonly Place[] => {
    if (!isObject(schema)) return [];
    const trail = stepTrail(place.trail, 'dependency', name);
    return [{ ...alternative(place, `with ${name}`, trail), condition: `when ${name} is present`, schemas: [schema] }];
  });
}

function alternative({ path }: Place, name: string, trail: Trail): Omit<Place, 'schemas'> {
  return { path, name, kind: 'alternative', required: false, condition: null, trail };
}
