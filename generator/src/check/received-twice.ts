import { compilePattern, type EventPattern, type Leaf } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { addressKey } from '../model/order.ts';
import { quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { type Selection, selections } from './selections.ts';

/** Reports consumers that would get one event over two rules. Filters that exclude each other plainly are fine. */
export const receivedTwice: Rule = (model) => {
  const onBus = selections(model).filter(({ route }) => route.kind === 'eventbridge');
  return onBus.flatMap((later, index) => {
    const earlier = onBus.slice(0, index).find((one) => one.consumer === later.consumer && overlap(one, later));
    return earlier === undefined ? [] : [twice(earlier, later)];
  });
};

function twice(earlier: Selection, later: Selection): Diagnostic {
  const names = later.route.events
    .filter((event) => receives(earlier, addressKey(event)))
    .map(({ name }) => quote(name));
  const message = `Operations ${quote(earlier.operation.operation)} and ${quote(later.operation.operation)} both bring ${names.join(', ')} to consumer ${quote(later.consumer.wiring.consumer)}: it may arrive twice.`;
  const related = [{ message: 'the other operation', origin: earlier.operation.origin }];
  return report('received-twice', later.operation.origin, message, undefined, related);
}

function receives({ route }: Selection, key: string): boolean {
  return route.events.some((event) => addressKey(event) === key);
}

function overlap(one: Selection, other: Selection): boolean {
  const shared = other.route.events.some((event) => receives(one, addressKey(event)));
  return shared && !excludeEachOther(one.operation.filter, other.operation.filter);
}

/** True when in every pair of branches some scalar field would have to have two different values. */
function excludeEachOther(one: EventPattern | null, other: EventPattern | null): boolean {
  const left = compilePattern(one ?? {});
  const right = compilePattern(other ?? {});
  if (!left.ok || !right.ok) return false;
  return left.pattern.branches.every((branch) =>
    right.pattern.branches.every((rival) => branch.some((leaf) => rival.some((same) => differ(leaf, same)))),
  );
}

function differ(leaf: Leaf, other: Leaf): boolean {
  if (leaf.path !== other.path) return false;
  const values = [...leaf.conditions, ...other.conditions];
  if (!values.every(({ kind }) => kind === 'exact')) return false;
  return !leaf.conditions.some((condition) => condition.kind === 'exact' && other.test(condition.value));
}
