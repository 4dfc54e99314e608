/** How many members hold, where those that hold come first. Takes time logarithmic in the number of members. */
export function countWhile<T>(members: readonly T[], holds: (member: T) => boolean): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(members[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
