import type { Ledger } from '../accounting/ledger.ts';
import type { Fate } from '../faults/fate.ts';
import type { InvocationRecord, LambdaFunction } from './world.ts';

/** Who sends a request: someone outside, who may do anything, or a function in the course of an invocation. */
export type Caller = { readonly kind: 'outside' } | FunctionCaller;

/** A function while it is invoked. */
export interface FunctionCaller {
  readonly kind: 'function';
  readonly function: LambdaFunction;
  readonly requestId: string;
  /** What it is working on: one record where that is known, else the whole batch. */
  readonly records: readonly InvocationRecord[];
  readonly run: InvocationRun;
}

/** An invocation that is not going to end well. */
export interface Doom extends Fate {
  /** Requests to AWS so far. */
  requests: number;
  isDead: boolean;
  /** Ends the invocation: nothing that its handler waits for comes any more. */
  strike(): void;
}

/** The changing part of one invocation. */
export interface InvocationRun {
  /** True once the function has returned or timed out: nothing it asks for happens after that. */
  ended: boolean;
  /** Set when a fault ends it: counts its requests, and never answers from the last one on. */
  readonly doom: Doom | null;
  /** Time that the handler has slept on its clock, in milliseconds. */
  sleptMilliseconds: number;
  /** By ledger number: what the function itself sent to its dead-letter queue, and why. */
  readonly deadLettered: Map<number, string>;
  /** By message id: what went wrong with a record. */
  readonly notes: Map<string, string>;
}

/** Somebody outside the system: a service's publisher, a test. */
export const outside: Caller = Object.freeze({ kind: 'outside' });

/**
 * The ledger numbers of the events under which a caller publishes an event with this id; none outside. Who works on a
 * whole batch and passes on an event of it, as the relay of an outbox does, publishes under that event alone.
 */
export function causesOf(ledger: Ledger, caller: Caller, id: string): readonly number[] {
  if (caller.kind === 'outside') return [];
  const passedOn = caller.records.find(({ event }) => ledger.events[event]?.id === id);
  if (passedOn !== undefined) return [passedOn.event];
  return [...new Set(caller.records.map(({ event }) => event))];
}

/** Key of the consumer that calls, or null. */
export function publisherOf(caller: Caller): string | null {
  return caller.kind === 'outside' ? null : caller.function.consumer.key;
}
