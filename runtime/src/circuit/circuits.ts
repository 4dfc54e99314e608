import { setMaxListeners } from 'node:events';
import type { Downstream } from '@eventloom/engine';
import type { Connection } from '../connection.ts';
import type { HandlerContext } from '../context.ts';
import { isEventloomError, type RetryLater } from '../errors.ts';
import type { Call, Feature } from '../feature.ts';
import { createLogger } from '../handle/log.ts';
import type { QueueDelivery } from '../handle/queue-delivery.ts';
import type { Session } from '../handle/session.ts';
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
  // By its clients, which the connections to several queues of a consumer have in common.
  const breakers = new WeakMap<Connection['clients'], Breakers>();
  const events = new WeakMap<HandlerContext, readonly EventDownstream[]>();
  const sessions = new WeakMap<Session, EventDownstream[]>();

  function breakersOf(call: Call): Breakers {
    const { clients } = call.session.connection;
    const made = breakers.get(clients) ?? makeBreakers(call);
    breakers.set(clients, made);
    return made;
  }

  function downstreamsOf(call: Call): readonly EventDownstream[] {
    const { context, session, attempt } = call;
    const known = events.get(context);
    if (known) return known;
    const made = breakersOf(call).map(([downstream, breaker]) =>
      eventDownstream(downstream, breaker, attempt, context.signal),
    );
    events.set(context, made);
    sessions.set(session, [...(sessions.get(session) ?? []), ...made]);
    return made;
  }

  return {
    check: (options) => checkTable(options, options.stores?.circuits),
    extend: (call) => ({
      downstreams: Object.fromEntries(downstreamsOf(call).map(({ name, calls }) => [name, calls])),
    }),
    around: (call, next) => passing(call, downstreamsOf(call), next),
    // Lambda freezes the process once it has the answer.
    async flush(session) {
      const counted = (sessions.get(session) ?? []).map((downstream) => downstream.counted());
      await Promise.race([Promise.all(counted), session.ended]);
    },
  };
}

/** Calls the user's function if all of its downstreams may be called. */
async function passing(
  call: Call,
  downstreams: readonly EventDownstream[],
  next: () => Promise<unknown>,
): Promise<unknown> {
  const { signal } = call.context;
  // Every event of a batch listens, and every call of it: more than ten are no leak.
  setMaxListeners(0, signal);
  const giveBack = (): void => postpone(call, Math.max(...downstreams.map(({ owedSeconds }) => owedSeconds())));
  signal.addEventListener('abort', giveBack);
  try {
    // One after the other, so that no probe is taken in vain behind a circuit that is open.
    for (const { admit } of downstreams) await admit();
    return await next();
  } catch (error) {
    if (isEventloomError(error, 'PermanentError')) throw error;
    let last = error;
    for (const { comeback } of downstreams) {
      const later = await comeback(error);
      if (later && later.retryAfterSeconds > secondsOf(last)) last = later;
    }
    throw last;
  } finally {
    signal.removeEventListener('abort', giveBack);
    for (const { leave } of downstreams) await leave();
  }
}

/** When an error says that its event should come again; -1 when it does not say. */
const secondsOf = (error: unknown): number =>
  isEventloomError(error, 'RetryLater') ? (error as RetryLater).retryAfterSeconds : -1;

/** The batch is answered at the abort, before an event that waits for a downstream can say when it should come again. */
function postpone({ session, lane }: Call & Partial<Pick<QueueDelivery, 'lane'>>, seconds: number): void {
  if (!lane || seconds <= 0) return;
  const { random = Math.random } = session.connection.clock ?? {};
  const jittered = Math.ceil(seconds + random() * Math.max(1, seconds / 4));
  lane.VisibilityTimeout = Math.max(jittered, lane.VisibilityTimeout ?? 0);
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
