import type { Downstream } from '@eventloom/engine';
import type { Connection } from '../connection.ts';
import type { HandlerContext } from '../context.ts';
import { isEventloomError } from '../errors.ts';
import type { Call, Feature } from '../feature.ts';
import { createLogger } from '../handle/log.ts';
import { checkTable } from '../store/check-table.ts';
import { tableOf } from '../store/table.ts';
import { type CircuitBreaker, type CircuitChange, createCircuitBreaker } from './circuit-breaker.ts';
import type { CircuitStore } from './circuit-store.ts';
import { circuitsInDynamoDb } from './circuits-in-dynamodb.ts';
import { type DownstreamCalls, type EventDownstream, eventDownstream } from './event-downstream.ts';

/** The context of a handler with `x-downstreams`. */
export interface CircuitContext<Name extends string> extends HandlerContext {
  /** Each downstream of the consumer, to be called through its circuit. */
  readonly downstreams: { readonly [Downstream in Name]: DownstreamCalls };
}

/**
 * Keeps events from a consumer while one of its downstreams (`x-downstreams`) is out of order. Then the user's function
 * is not called: the event comes again with the next probe, by a `RetryLater` with the code `circuit-open`. An event
 * whose call failed waits as long, by a `RetryLater` with the code `downstream-failed` or `circuit-open` and the error
 * as its cause.
 */
export const circuits: Feature = /* @__PURE__ */ createCircuits();

type Breakers = readonly (readonly [Downstream, CircuitBreaker])[];

function createCircuits(): Feature {
  // Kept as long as a container's connection is: that is where the states that were read are remembered.
  const breakers = new WeakMap<Connection, Breakers>();
  const events = new WeakMap<HandlerContext, readonly EventDownstream[]>();

  function breakersOf(call: Call): Breakers {
    const { connection } = call.session;
    const made = breakers.get(connection) ?? makeBreakers(call);
    breakers.set(connection, made);
    return made;
  }

  function downstreamsOf(call: Call): readonly EventDownstream[] {
    const made =
      events.get(call.context) ??
      breakersOf(call).map(([downstream, breaker]) => eventDownstream(downstream, breaker, call.attempt));
    events.set(call.context, made);
    return made;
  }

  return {
    check: (options) => checkTable(options, options.stores?.circuits),
    extend: (call) => ({
      downstreams: Object.fromEntries(downstreamsOf(call).map(({ name, calls }) => [name, calls])),
    }),
    around: (call, next) => passing(downstreamsOf(call), next),
  };
}

/** Calls the user's function if all of its downstreams may be called. */
async function passing(downstreams: readonly EventDownstream[], next: () => Promise<unknown>): Promise<unknown> {
  try {
    // One after the other, so that no probe is taken in vain behind a circuit that is open.
    for (const { admit } of downstreams) await admit();
    return await next();
  } catch (error) {
    if (isEventloomError(error, 'PermanentError') || isEventloomError(error, 'RetryLater')) throw error;
    const comebacks = await Promise.all(downstreams.map(({ comeback }) => comeback(error)));
    throw comebacks.find((comeback) => comeback !== undefined) ?? error;
  } finally {
    for (const { leave } of downstreams) await leave();
  }
}

function makeBreakers({ session }: Call): Breakers {
  const { connection, definition } = session;
  const { service, consumer, downstreams } = definition;
  if (!downstreams?.length) return [];
  const log = createLogger(() => ({ service, consumer }), session);
  const store = storeOf(connection);
  return downstreams.map((downstream) => {
    const { name } = downstream;
    const onChange = ({ kind, ...change }: CircuitChange): void =>
      log.warn(`Circuit: ${kind}`, { downstream: name, ...change });
    const id = `circuit#${service}#${name}`;
    const { clock } = connection;
    return [downstream, createCircuitBreaker({ id, downstream, store, clock, random: clock?.random, onChange })];
  });
}

const storeOf = (connection: Connection): CircuitStore =>
  connection.stores?.circuits ?? circuitsInDynamoDb(tableOf(connection));
