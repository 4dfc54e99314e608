import { type Keywords, numberAt, own, type Schema } from '../schema/schema.ts';
import { Unmakeable } from './kit.ts';
import type { Making } from './make.ts';

/** Makes the arrays of a branch: positions first, what it must contain among them. */
export function makeList<Maker>({ kit, branch, child, roomy }: Making<Maker>): Maker {
  const numbers = (keyword: string): readonly number[] => branch.flatMap((one) => numberAt(one, keyword) ?? []);
  const contained = branch.flatMap((one) => (Object.hasOwn(one, 'contains') ? [one.contains as Schema] : []));
  const least = Math.max(contained.length, ...numbers('minItems'));
  const wanted = Math.min(roomy ? least + 4 : least, ...numbers('maxItems'));
  const fixed = Math.max(contained.length, ...branch.map(positionsOf));
  const tuple = Math.min(fixed, Math.max(wanted, least));
  const positions: Maker[] = [];
  for (let index = 0; index < tuple; index++) {
    const made = attempted(() => child({ allOf: [...itemsAt(branch, index), ...contained.slice(index, index + 1)] }));
    if (made === null) break;
    positions.push(made);
  }
  const rest =
    wanted > positions.length && positions.length === tuple
      ? attempted(() => child({ allOf: itemsAt(branch, fixed) }))
      : null;
  const most = Math.min(wanted, rest === null ? positions.length : Infinity);
  if (least > most) throw new Unmakeable(JSON.stringify(branch), 'it leaves no list that is long enough');
  const unique = branch.some((one) => own(one, 'uniqueItems') === true);
  return kit.list({ positions: positions.slice(0, most), rest, least, most, unique });
}

function positionsOf(schema: Keywords): number {
  const items = own(schema, 'items');
  return Array.isArray(items) ? items.length : 0;
}

/** What a branch says of the item at a position. */
function itemsAt(branch: readonly Keywords[], index: number): readonly Schema[] {
  return branch.flatMap((one) => {
    const items = own(one, 'items');
    const found = Array.isArray(items) ? (items[index] ?? own(one, 'additionalItems')) : items;
    return found === undefined ? [] : [found as Schema];
  });
}

function attempted<Maker>(work: () => Maker): Maker | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unmakeable) return null;
    throw error;
  }
}
