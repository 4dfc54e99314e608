/** A part of a list that was split by the hashes of its keys. */
export interface Part<Item> {
  /**
   * Unique among the parts of the list, and its own for as long as the part exists: 0 for the first. Its lowest bits are
   * those by which its items were told from others.
   */
  readonly number: number;
  /** In the order of the list. */
  readonly items: readonly Item[];
}

/** How a list is split. */
export interface HashSplit<Item> {
  /** Unique in the list. */
  readonly keyOf: (item: Item) => string;
  /** Tells whether a part can hold these items. */
  readonly fits: (items: readonly Item[], number: number) => boolean;
}

/** A hash has no more bits to tell two keys apart by. */
const hashBits = 31;

/**
 * Splits a list into parts that fit, by extendible hashing
 * (Fagin et al., ACM Transactions on Database Systems 4, 1979, https://doi.org/10.1145/320083.320092): a part that does
 * not fit gives away those of its items whose next bit is set, about half of them. What a part holds therefore depends on
 * the keys only, not on their order, and one item more moves nothing, or about half of the part that it comes to.
 *
 * A part of one item is not split, so it may not fit. Returns at least one part, sorted by number; the first may be
 * empty, the others are not.
 */
export function splitByHash<Item>(items: readonly Item[], split: HashSplit<Item>): readonly Part<Item>[] {
  const hashed = items.map((item) => ({ item, hash: hashOf(split.keyOf(item)) }));
  const parts = splitAt(hashed, split, { number: 0, bit: 0 });
  return parts.filter(({ number, items: own }) => number === 0 || own.length > 0).sort((a, b) => a.number - b.number);
}

interface Hashed<Item> {
  readonly item: Item;
  readonly hash: number;
}

function splitAt<Item>(
  hashed: readonly Hashed<Item>[],
  split: HashSplit<Item>,
  { number, bit }: { readonly number: number; readonly bit: number },
): readonly Part<Item>[] {
  const items = hashed.map(({ item }) => item);
  if (bit === hashBits || items.length === 0 || mayStay(items, split, number)) return [{ number, items }];
  const isSet = ({ hash }: Hashed<Item>) => ((hash >>> bit) & 1) === 1;
  return [
    ...splitAt(
      hashed.filter((one) => !isSet(one)),
      split,
      { number, bit: bit + 1 },
    ),
    ...splitAt(hashed.filter(isSet), split, { number: number + 2 ** bit, bit: bit + 1 }),
  ];
}

/** The first part holds more than its items, so that it can do without the last of them; no other can. */
function mayStay<Item>(items: readonly Item[], { fits }: HashSplit<Item>, number: number): boolean {
  return (items.length === 1 && number !== 0) || fits(items, number);
}

/**
 * FNV-1a (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv) with the last steps of MurmurHash3, since the low bits
 * of FNV-1a alone differ too little. Stacks are named by it: it must never change.
 */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
