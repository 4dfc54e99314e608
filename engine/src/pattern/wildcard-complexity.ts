import { parseWildcard } from './wildcard.ts';

/**
 * The most prefixes of wildcards that one value can match at the same time: `*ab` has 2, since "ab" matches `*` and
 * `*ab`; `*aa` has 3. Wildcards of one list (an `anything-but`) share prefixes up to their first asterisk; those of
 * different lists count each for itself, however alike. Whatever matches a whole wildcard of a list counts once.
 *
 * This is the measure of event-ruler's MachineComplexityEvaluator, found by following all values at once, each standing
 * for the set of prefixes that it matches. A fixed number of steps is taken; where they do not suffice, what is returned
 * was reached and the true number may be higher.
 */
export function wildcardComplexity(lists: readonly (readonly string[])[]): number {
  const distinct = new Map(lists.map((texts) => [JSON.stringify([...new Set(texts)].sort()), texts]));
  const machine: Machine = { start: { number: 0, edges: [], repeats: false }, size: 1 };
  for (const texts of distinct.values()) addList(machine, texts);
  return largestSet(machine.start);
}

/** A prefix of a wildcard: a state of the machine that matches it. */
interface Prefix {
  readonly number: number;
  /** Prefixes longer by one byte, or by an asterisk, which is matched without any byte. */
  readonly edges: { readonly token: Token; readonly to: Prefix }[];
  /** True for one that ends in an asterisk: any byte leads back to it. */
  readonly repeats: boolean;
}

type Token = number | typeof asterisk;

const asterisk = '*';
const quote = 0x22;

interface Machine {
  readonly start: Prefix;
  /** Number of prefixes. */
  size: number;
}

function addList(machine: Machine, texts: readonly string[]): void {
  const known = new Map<Prefix, Map<Token, Prefix>>();
  const whole = newPrefix(machine, quote);
  for (const text of texts) {
    let current = machine.start;
    let isShared = true;
    for (const token of tokensOf(text)) {
      const next = (isShared ? known.get(current)?.get(token) : undefined) ?? newPrefix(machine, token);
      if (isShared) known.set(current, (known.get(current) ?? new Map()).set(token, next));
      if (!current.edges.some(({ to }) => to === next)) current.edges.push({ token, to: next });
      if (token === asterisk) isShared = false;
      current = next;
    }
    current.edges.push({ token: quote, to: whole });
  }
}

function newPrefix(machine: Machine, token: Token): Prefix {
  return { number: machine.size++, edges: [], repeats: token === asterisk };
}

/** The bytes of a wildcard and its asterisks, less the quote at its end: the engine matches a string in its quotes. */
function tokensOf(text: string): readonly Token[] {
  const pieces = parseWildcard(`"${text}`);
  if (typeof pieces === 'string') return [];
  const encoder = new TextEncoder();
  const tokens: Token[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) tokens.push(asterisk);
    for (const byte of encoder.encode(piece)) tokens.push(byte);
  }
  return tokens;
}

/** Steps after which the search for the worst value ends. */
const maximumSteps = 200_000;

function largestSet(start: Prefix): number {
  const seen = new Set<string>();
  const waiting: ReadonlySet<Prefix>[] = [new Set([start])];
  let largest = 0;
  let steps = 0;
  for (let set = waiting.pop(); set !== undefined && steps < maximumSteps; set = waiting.pop()) {
    const unseen = following(set).filter((next) => {
      steps += next.size + 1;
      const key = [...next]
        .map(({ number }) => number)
        .sort((a, b) => a - b)
        .join();
      return !seen.has(key) && seen.add(key);
    });
    // The largest is followed next.
    unseen.sort((a, b) => a.size - b.size);
    largest = Math.max(largest, unseen.at(-1)?.size ?? 0);
    waiting.push(...unseen);
  }
  return largest;
}

/**
 * The sets that the bytes lead to which any prefix of a set goes on with. Any other byte leads to no more than those, and
 * what is reached from less is less.
 */
function following(set: ReadonlySet<Prefix>): ReadonlySet<Prefix>[] {
  const repeating = [...set].filter(({ repeats }) => repeats);
  const byByte = new Map<Token, Set<Prefix>>();
  for (const { token, to } of [...set].flatMap(({ edges }) => edges)) {
    if (token === asterisk) continue;
    const next = byByte.get(token) ?? new Set(repeating);
    byByte.set(token, next);
    next.add(to);
    for (const edge of to.edges) if (edge.token === asterisk) next.add(edge.to);
  }
  return [...byByte.values()];
}
