import { invalid } from './invalid.ts';
import type { Path } from './scope.ts';
import type { Item, Value } from './value.ts';

/** A copy of the item with `value` at `path`. All but the last step must exist; past the end of a list it is appended. */
export function setAt(item: Item, path: Path, value: Value): Item {
  return itemIn(withValue({ type: 'M', value: item }, path, value));
}

/** A copy of the item without what stands at `path`; the elements of a list after it move up. */
export function removeAt(item: Item, path: Path): Item {
  return itemIn(withValue({ type: 'M', value: item }, path, null));
}

function itemIn(value: Value): Item {
  return value.type === 'M' ? value.value : misplaced();
}

function withValue(parent: Value | undefined, [step, ...rest]: Path, value: Value | null): Value {
  if (parent?.type === 'M' && typeof step === 'string') {
    const members = new Map(parent.value);
    if (rest.length > 0) members.set(step, withValue(members.get(step), rest, value));
    else if (value === null) members.delete(step);
    else members.set(step, value);
    return { type: 'M', value: members };
  }
  if (parent?.type !== 'L' || typeof step !== 'number') return misplaced();
  const elements = [...parent.value];
  if (rest.length > 0) elements[step] = withValue(elements[step], rest, value);
  else if (value === null) elements.splice(step, 1);
  else elements.splice(step, 1, value);
  return { type: 'L', value: elements };
}

function misplaced(): never {
  throw invalid('The document path provided in the update expression is invalid for update');
}
