/** What handlers did to the world: by consumer and business key, how often, and in which order per account. */
export interface Effects {
  readonly counts: Map<string, number>;
  /** By consumer and account, the numbers of the items in the order of their effects. */
  readonly orders: Map<string, number[]>;
}

/** What an event of the suite is about. */
export interface Item {
  readonly id: string;
  readonly account: string;
  readonly amount: number;
}

export const newEffects = (): Effects => ({ counts: new Map(), orders: new Map() });

/** Notes that a consumer did its work for an item. */
export function take({ counts, orders }: Effects, consumer: string, { id, account }: Item): void {
  const key = effectKey(consumer, id);
  counts.set(key, (counts.get(key) ?? 0) + 1);
  const lane = `${consumer} ${account}`;
  orders.set(lane, [...(orders.get(lane) ?? []), numberOf(id)]);
}

export const effectKey = (consumer: string, id: string): string => `${consumer} ${id}`;

/** Items are called `<kind>-<number>`. */
export const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('-') + 1));
