import { isObject, ownList, ownObject } from '../model/schema/json.ts';

/** Counts the states of a definition in Amazon States Language, those of branches and maps among them; null when it is none. */
export function stateCount(definition: string): number | null {
  try {
    return countStates(JSON.parse(definition)) || null;
  } catch {
    return null;
  }
}

function countStates(machine: unknown): number {
  if (!isObject(machine)) return 0;
  return Object.values(ownObject(machine, 'States')).reduce<number>((sum, state) => {
    if (!isObject(state)) return sum;
    const inside = [...ownList(state, 'Branches'), state.Iterator, state.ItemProcessor];
    return sum + 1 + inside.reduce<number>((count, part) => count + countStates(part), 0);
  }, 0);
}
