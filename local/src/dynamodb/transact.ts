import { createHash } from 'node:crypto';
import { limits } from '@eventloom/engine';
import type { Caller } from '../state/caller.ts';
import { AwsError } from '../wire/aws-error.ts';
import type { WireInput } from '../wire/call.ts';
import { optionalText, structures } from '../wire/input.ts';
import { invalid } from './invalid.ts';
import { type Table, writeItemAt } from './table.ts';
import { type Item, writeItem } from './value.ts';
import { readWrite, type Write, type WriteKind } from './write.ts';

/** Transactions that were done lately, by client token. */
export type RecentTransactions = Map<string, { readonly at: number; readonly digest: string }>;

/** What a transaction is done in. */
export interface TransactionContext {
  readonly recent: RecentTransactions;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly caller: Caller;
}

const kinds = ['Put', 'Update', 'Delete', 'ConditionCheck'] as const satisfies readonly WriteKind[];

/**
 * Answers TransactWriteItems: all of its writes, or none.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export function transactWriteItems(
  tableOf: (input: WireInput) => Table,
  input: WireInput,
  { recent, now, caller }: TransactionContext,
): object {
  const items = structures(input, 'TransactItems');
  const most = limits.transactionItems.value;
  if (items.length === 0 || items.length > most) {
    throw invalid(`Member must have length less than or equal to ${most}, and greater than or equal to 1`);
  }
  const token = optionalText(input, 'ClientRequestToken');
  if (token !== null && isRepeated(recent, token, JSON.stringify(items), now)) return {};
  const writes = items.map((item) => readOne(tableOf, item));
  checkDistinct(writes);
  if (writes.some(({ isAllowed }) => !isAllowed)) throw cancelled(writes);
  const results = writes.map((write) => [write, write.after()] as const);
  for (const [write, after] of results)
    if (after !== write.before) writeItemAt(write.table, write.place, after, caller);
  if (token !== null) recent.set(token, { at: now, digest: digestOf(JSON.stringify(items)) });
  return {};
}

function readOne(tableOf: (input: WireInput) => Table, item: WireInput): Write {
  const [kind, ...others] = kinds.filter((candidate) => (item[candidate] ?? null) !== null);
  if (kind === undefined || others.length > 0) {
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const input = item[kind] as WireInput;
  return readWrite(tableOf(input), kind, input);
}

/** A transaction that comes again with its token, as it does when the SDK saw no answer, is not done again. */
function isRepeated(recent: RecentTransactions, token: string, body: string, now: number): boolean {
  const known = recent.get(token);
  if (known === undefined || now - known.at > limits.transactionTokenSeconds.value * 1000) return false;
  if (known.digest === digestOf(body)) return true;
  throw new AwsError('IdempotentParameterMismatchException', 'The token was used with another request');
}

function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

function checkDistinct(writes: readonly Write[]): void {
  const places = writes.map(({ table, place }) => JSON.stringify([table.name, place.partition, place.sort]));
  if (new Set(places).size === places.length) return;
  throw invalid('Transaction request cannot include multiple operations on one item');
}

function cancelled(writes: readonly Write[]): AwsError {
  const codes = writes.map(({ isAllowed }) => (isAllowed ? 'None' : 'ConditionalCheckFailed'));
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`;
  return new AwsError('TransactionCanceledException', message, {
    details: { CancellationReasons: writes.map(reasonOf) },
  });
}

function reasonOf({ isAllowed, returnsOldOnFailure, before }: Write): object {
  if (isAllowed) return { Code: 'None' };
  const item: Item | undefined = returnsOldOnFailure ? before : undefined;
  const reason = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
  return item === undefined ? reason : { ...reason, Item: writeItem(item) };
}
