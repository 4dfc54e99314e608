import { canonicalText, own, ownList } from '../../model/schema/json.ts';
import type { Leaves } from './expand.ts';
import type { Found, Search, Spot } from './search.ts';

/** Lists: as short as may be, or of a few elements that differ. */
export function* arrayCandidates(
  leaves: Leaves,
  _schemas: readonly unknown[],
  spot: Spot,
  search: Search,
): Generator<unknown> {
  const least = Math.max(0, ...numbers(leaves, 'minItems'));
  const most = Math.min(Number.POSITIVE_INFINITY, ...numbers(leaves, 'maxItems'));
  const contained = leaves.filter((leaf) => Object.hasOwn(leaf, 'contains')).map((leaf) => own(leaf, 'contains'));
  if (least > mostElements || least > most) return;
  const needed = Math.max(least, contained.length > 0 ? 1 : 0);
  const tuple = Math.max(0, ...leaves.map((leaf) => ownList(leaf, 'items').length));
  const wanted = search.size === 'largest' && spot.level < search.bounds.levels ? largeCount(tuple, search) : 0;
  const counts = [Math.min(Math.max(needed, wanted), most), needed, least, least + 1, least + 2, 1, 0];
  for (const count of new Set(counts)) {
    if (count < least || count > most) continue;
    for (const together of contained.length > 1 ? [true, false] : [true]) {
      const list = makeList({ leaves, contained, count, least, together }, spot, search);
      if (list !== null) yield list;
    }
  }
}

const mostElements = 2000;

function largeCount(tuple: number, { bounds }: Search): number {
  return tuple > 0 ? tuple : bounds.elements;
}

interface Wanted {
  readonly leaves: Leaves;
  readonly contained: readonly unknown[];
  readonly count: number;
  readonly least: number;
  /** One element satisfies all that the list must contain; else the first ones each satisfy one of them. */
  readonly together: boolean;
}

/** Stops early at an element for which nothing is found; null when that is too early. */
function makeList(
  { leaves, contained, count, least, together }: Wanted,
  spot: Spot,
  search: Search,
): readonly unknown[] | null {
  const elements: unknown[] = [];
  const isUnique = leaves.some((leaf) => own(leaf, 'uniqueItems') === true);
  const seen = isUnique ? new Set<string>() : null;
  for (let index = 0; index < count; index++) {
    const demanded = together ? (index === 0 ? contained : []) : contained.slice(index, index + 1);
    const found = makeElement([...elementSchemas(leaves, index), ...demanded], index, { spot, search, seen });
    if (found === null) return index >= least && index > 0 ? elements : null;
    seen?.add(canonicalText(found.value));
    elements.push(found.value);
  }
  return elements;
}

interface Around {
  readonly spot: Spot;
  readonly search: Search;
  /** Texts of the elements before, where no two may be equal; else null. */
  readonly seen: ReadonlySet<string> | null;
}

function makeElement(schemas: readonly unknown[], index: number, { spot, search, seen }: Around): Found | null {
  const { name, path, level, variant } = spot;
  const attempts = seen === null ? 1 : Math.min(index + 6, 40);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const next = {
      name: singular(name),
      path: `${path}[${index}]`,
      level: level + 1,
      variant: variant + index + attempt,
    };
    const found = search.solve(schemas, next);
    if (found === null) return null;
    if (!seen?.has(canonicalText(found.value))) return found;
  }
  return null;
}

/** What an element of a list of the name is called: a list of tests has a test. */
function singular(name: string): string {
  return /[a-z]{2}s$/.test(name) && !/(ss|us|is)$/.test(name) ? name.replace(/ies$/, 'y').replace(/s$/, '') : name;
}

function elementSchemas(leaves: Leaves, index: number): readonly unknown[] {
  return leaves.flatMap((leaf) => {
    const items = own(leaf, 'items');
    if (!Array.isArray(items)) return items === undefined ? [] : [items];
    if (index < items.length) return [items[index]];
    return Object.hasOwn(leaf, 'additionalItems') ? [own(leaf, 'additionalItems')] : [];
  });
}

function numbers(leaves: Leaves, keyword: string): readonly number[] {
  return leaves.map((leaf) => own(leaf, keyword)).filter((value) => typeof value === 'number');
}
