/** Two keys that a line joins. */
export type Tie = readonly [string, string];

/** Rounds of exchanging neighbours. */
const rounds = 30;

/** Arranges keys in a ring so that those with lines in common stand close. The same keys and ties give the same ring. */
export function arrangeRing(keys: readonly string[], ties: readonly Tie[]): readonly string[] {
  const others = new Map(keys.map((key): [string, string[]] => [key, []]));
  for (const [one, other] of ties) {
    others.get(one)?.push(other);
    others.get(other)?.push(one);
  }
  const ring = chain(keys, others);
  const places = new Map(ring.map((key, index) => [key, index]));
  for (let round = 0; round < rounds; round++) {
    let isBetter = false;
    for (let index = 0; index < ring.length; index++) {
      isBetter = exchange({ ring, places, others }, index, (index + 1) % ring.length) || isBetter;
    }
    if (!isBetter) break;
  }
  return ring;
}

/** Starts with the key that has most lines, and goes on with the one that is tied most to those placed last. */
function chain(keys: readonly string[], others: ReadonlyMap<string, readonly string[]>): string[] {
  const left = new Set(keys);
  const ring: string[] = [];
  while (left.size > 0) {
    const recent = ring.slice(-3);
    let best: { readonly key: string; readonly score: number } | null = null;
    for (const key of left) {
      const tied = others.get(key) ?? [];
      const score = tied.filter((other) => recent.includes(other)).length * 1000 + tied.length;
      if (best === null || score > best.score) best = { key, score };
    }
    if (best === null) break;
    ring.push(best.key);
    left.delete(best.key);
  }
  return ring;
}

interface Ring {
  readonly ring: string[];
  readonly places: Map<string, number>;
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/** Exchanges two neighbours where that makes lines shorter. */
function exchange(state: Ring, first: number, second: number): boolean {
  const before = lengthAt(state, first) + lengthAt(state, second);
  swap(state, first, second);
  if (lengthAt(state, first) + lengthAt(state, second) < before) return true;
  swap(state, first, second);
  return false;
}

function swap({ ring, places }: Ring, first: number, second: number): void {
  const [one = '', other = ''] = [ring[first], ring[second]];
  ring[first] = other;
  ring[second] = one;
  places.set(other, first);
  places.set(one, second);
}

function lengthAt({ ring, places, others }: Ring, index: number): number {
  const tied = others.get(ring[index] ?? '') ?? [];
  return tied.reduce((sum, other) => {
    const steps = Math.abs((places.get(other) ?? 0) - index);
    return sum + Math.min(steps, ring.length - steps);
  }, 0);
}
