/** Anything that has a place in time; `order` decides between equals. */
export interface Timed {
  readonly at: number;
  readonly order: number;
}

/** A binary heap of timed things, earliest first. Plain data, changed by {@link push} and {@link pop}. */
export type Heap<T extends Timed> = T[];

/** Puts `item` into the heap, in O(log n). */
export function push<T extends Timed>(heap: Heap<T>, item: T): void {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(item, heap[parent])) break;
    heap[index] = heap[parent] as T;
    index = parent;
  }
  heap[index] = item;
}

/** Takes the earliest item out of the heap, in O(log n); undefined when it is empty. */
export function pop<T extends Timed>(heap: Heap<T>): T | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  sink(heap, last);
  return first;
}

function sink<T extends Timed>(heap: Heap<T>, item: T): void {
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
    if (!isBefore(heap[child], item)) break;
    heap[index] = heap[child] as T;
    index = child;
  }
  heap[index] = item;
}

function isBefore(a: Timed | undefined, b: Timed | undefined): boolean {
  if (a === undefined) return false;
  if (b === undefined) return true;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
