import { type Branch, compilePattern, type EventPattern } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { addressKey } from '../model/order.ts';
import { quote } from '../model/wording.ts';
import { type SpacesOf, spacesOfMessages } from './filter-subject.ts';
import { excludeEachOther } from './proofs/proofs.ts';
import type { Space } from './proofs/space.ts';
import type { Rule } from './rule.ts';
import { type Selection, selections } from './selections.ts';

/** Reports consumers that would get one event over two rules. Filters that provably exclude each other are fine. */
export const receivedTwice: Rule = (model) => {
  const spacesOf = spacesOfMessages();
  const onBus = selections(model).filter(({ route }) => route.kind === 'eventbridge');
  return onBus.flatMap((later, index) => {
    const earlier = onBus
      .slice(0, index)
      .find((one) => one.consumer === later.consumer && overlap(one, later, spacesOf));
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

function overlap(one: Selection, other: Selection, spacesOf: SpacesOf): boolean {
  const shared = other.route.events.filter((event) => receives(one, addressKey(event)));
  const received = other.messages.filter((message) => shared.some(({ name }) => name === message.name));
  return (
    shared.length > 0 &&
    !received.every((message) => excludes(spacesOf(message).space, one.operation.filter, other.operation.filter))
  );
}

/** Proves that no valid payload matches both filters. */
function excludes(space: Space, one: EventPattern | null, other: EventPattern | null): boolean {
  const left = branchesOf(one);
  const right = branchesOf(other);
  if (left.length * right.length > maximumPairs) return false;
  return left.every((branch) => right.every((rival) => excludeEachOther(space, branch, rival)));
}

/** Pairs of branches beyond which filters are taken to overlap. */
const maximumPairs = 256;

/** No filter, or one that is reported elsewhere, matches everything. */
function branchesOf(filter: EventPattern | null): readonly Branch[] {
  const compiled = filter === null ? null : compilePattern(filter);
  return compiled?.ok === true ? compiled.pattern.branches : [[]];
}
