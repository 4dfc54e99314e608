import { billedChunkBytes, type PriceId, prices } from '@eventloom/engine';

/** One position of the bill. */
export interface CostLine {
  /** What is paid for, at this hop. */
  readonly what: string;
  readonly price: PriceId;
  /** In units of the price. */
  readonly quantity: number;
  /** US dollars, to a millionth. */
  readonly usd: number;
}

const millionths = 1_000_000;

/** Makes a position; none for nothing. */
export function charge(price: PriceId, quantity: number, what: string): readonly CostLine[] {
  if (quantity === 0) return [];
  const { usd, per } = prices[price];
  return [{ what, price, quantity, usd: toUsd(Math.round((quantity / per) * usd * millionths)) }];
}

/** Adds up amounts; exact, since each is a whole number of millionths. */
export function sumUsd(amounts: readonly { readonly usd: number }[]): number {
  return toUsd(amounts.reduce((sum, { usd }) => sum + Math.round(usd * millionths), 0));
}

/** The difference of two amounts, to a millionth. */
export function lessUsd(one: number, other: number): number {
  return toUsd(Math.round(one * millionths) - Math.round(other * millionths));
}

function toUsd(amount: number): number {
  return amount / millionths;
}

/** How many units of 64 KB something is billed as. */
export function chunksOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / billedChunkBytes));
}

/** Bytes as GB, as AWS counts them. */
export function gigabytes(bytes: number): number {
  return bytes / 2 ** 30;
}

/** What part of a month's volume is kept on average when it is kept so many days: more than 1 beyond a month. */
export function monthsKept(days: number): number {
  return days / (365 / 12);
}
