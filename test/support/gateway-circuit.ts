import type { Downstream } from '@eventloom/engine';
import { expect } from 'vitest';
import { type CircuitChange, createCircuitBreaker } from '../../runtime/src/circuit/circuit-breaker.ts';
import type { CircuitStore } from '../../runtime/src/circuit/circuit-store.ts';
import { circuitsInDynamoDb } from '../../runtime/src/circuit/circuits-in-dynamodb.ts';
import { circuitsInMemory } from '../../runtime/src/circuit/circuits-in-memory.ts';
import { connect } from '../../runtime/src/connection.ts';
import { tableOf } from '../../runtime/src/store/table.ts';
import { dynamoDbInMemory } from './dynamo-db.ts';

/** What is called. */
export const gateway: Downstream = {
  name: 'gateway',
  outageSeconds: 600,
  failureThreshold: 3,
  firstProbeSeconds: 30,
  maximumProbeSeconds: 100,
};

/** Its circuit. */
export const id = 'circuit#payments#gateway';

/** A clock that stands still. */
export function virtualClock() {
  const clock = {
    milliseconds: Date.parse('2026-11-20T12:00:00Z'),
    now: () => new Date(clock.milliseconds),
    sleep: async () => {},
  };
  return clock;
}

/** A store in a table. */
export function inTable() {
  const dynamoDb = dynamoDbInMemory();
  const connection = connect({
    environment: { EVENTLOOM_TABLE_NAME: 't' },
    clients: { dynamoDb: dynamoDb.client as never },
  });
  return { ...dynamoDb, store: circuitsInDynamoDb(tableOf(connection)) };
}

/** Breakers of several containers that share a store, without jitter. */
export function containers(store: CircuitStore = circuitsInMemory(), cacheMilliseconds?: number) {
  const clock = virtualClock();
  const changes: CircuitChange[] = [];
  const make = () =>
    createCircuitBreaker({
      id,
      downstream: gateway,
      store,
      clock,
      random: () => 0,
      cacheMilliseconds,
      onChange: (change) => changes.push(change),
    });
  return { clock, changes, make };
}

/** A call that fails. */
export const outOfOrder = (): never => {
  throw new Error('503');
};
/** A call that succeeds. */
export const fine = () => 'answer';
/** The error that says to come again after so long. */
export const open = (retryAfterSeconds: number): object => ({
  name: 'RetryLater',
  code: 'circuit-open',
  retryAfterSeconds,
});

/** Fails so often. */
export async function fail(breaker: ReturnType<typeof createCircuitBreaker>, times: number): Promise<void> {
  for (let failure = 0; failure < times; failure++) await expect(breaker.call(outOfOrder)).rejects.toThrow('503');
}
