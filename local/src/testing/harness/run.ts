import {
  type AwsClients,
  type Call,
  type Environment,
  type Feature,
  type Gathered,
  invocationKey,
  type Observation,
} from '@eventloom/runtime';
import type { HandlerModule, LocalInvocation, LocalLambdaContext } from '../../handlers.ts';
import type { TestEvent } from '../event.ts';
import type { AnyHandler } from '../wrap.ts';
import { firstOf, type TopicMessage } from './letters.ts';

/** One call of the user's function for an event. */
export interface HandlerRun<Name extends string = string, Payload = unknown> {
  /** Id of the event. */
  readonly id: string;
  readonly name: Name;
  readonly payload: Payload;
  /** Deliveries so far, this one included. */
  readonly attempt: number;
  /** What it threw; undefined when it returned. */
  readonly error: unknown;
  /** For a consumer that gathers, the ids of the parts that it was called with; for others `[id]`. */
  readonly ids: readonly string[];
}

/** Calls of the function of a handler that takes these events, told apart by `name`. */
export type RunOf<Event> =
  Event extends TestEvent<infer Name, infer _, infer Payload> ? HandlerRun<Name, Payload> : never;

/** Something that became of an event, in the order in which it happened. */
export interface Step {
  readonly ids: readonly string[];
  readonly kind: 'ran' | 'leftOut' | 'waits';
  readonly text: string;
}

/** What is written down while a handler works. */
export interface Notes {
  readonly runs: HandlerRun[];
  readonly steps: Step[];
  /** Ids of events, by the ids under which they are delivered. */
  readonly eventIds: Map<string, string>;
}

/** What stands around the handler under test. */
export interface RunOptions {
  readonly clients?: AwsClients | undefined;
  readonly environment?: Environment | undefined;
}

/** The handler as a module of the local system: each call of the user's function is written down. */
export function recordedHandler(handler: AnyHandler, notes: Notes, options: RunOptions): HandlerModule {
  const features = [recorder(notes)];
  return {
    handler: (input, context) =>
      handler(inputOf(handler, input), { ...context, [invocationKey]: invocationOf(context, features, options) }),
  };
}

function recorder(notes: Notes): Feature {
  const called = new WeakSet<Call>();
  return {
    around: async (call, next) => {
      called.add(call);
      try {
        const result = await next();
        noteRun(notes, call, undefined);
        return result;
      } catch (error) {
        noteRun(notes, call, error);
        throw error;
      }
    },
    observe: (observation) => noteWithoutRun(notes, observation, called),
  };
}

function noteRun({ runs, steps }: Notes, call: Call, error: unknown): void {
  const { event, attempt } = call;
  const { gathered } = call.context as { readonly gathered?: Gathered };
  const ids = gathered?.parts.map(({ id }) => id) ?? [event.id];
  runs.push({ id: event.id, name: event.name, payload: event.payload, attempt, error, ids });
  const text = error === undefined ? 'handled' : String(error);
  steps.push({ ids, kind: 'ran', text: `attempt ${attempt}: ${text}` });
}

/** What became of an event that the user's function was not called for. */
function noteWithoutRun({ steps, eventIds }: Notes, observation: Observation, called: WeakSet<Call>): void {
  const { kind } = observation;
  const call = 'call' in observation ? observation.call : undefined;
  if (call !== undefined && called.has(call)) return;
  const messageId = 'messageId' in observation ? observation.messageId : (call?.messageId ?? '');
  const ids = [call?.event.id ?? eventIds.get(messageId) ?? messageId];
  if (kind === 'unwanted') steps.push({ ids, kind: 'leftOut', text: 'left out: its filter does not match it' });
  else if (kind === 'handled') {
    const text = 'left out: what stands around the function (idempotency, gathering, a feature) did not call it';
    steps.push({ ids, kind: 'leftOut', text });
  } else if (kind === 'retried') {
    const { attempt, error } = observation;
    steps.push({ ids, kind: 'waits', text: `attempt ${attempt}: comes again without a call: ${String(error)}` });
  }
}

function invocationOf(
  context: LocalLambdaContext,
  features: readonly Feature[],
  { clients, environment }: RunOptions,
): LocalInvocation {
  const own = context[invocationKey] as LocalInvocation;
  return {
    ...own,
    features: [...(own.features ?? []), ...features],
    environment: { ...own.environment, ...environment },
    clients: { ...own.clients, ...clients },
    clientsFor: (messageId) => ({ ...own.clientsFor(messageId), ...clients }),
  };
}

/** A topic feeds every function here; one that a rule invokes gets the event of EventBridge itself. */
function inputOf({ delivery, definition }: AnyHandler, input: unknown): unknown {
  if (delivery === 'queue') return input;
  const { Sns } = firstOf(Object(input)) as { readonly Sns?: TopicMessage };
  const attributes = Sns?.MessageAttributes ?? {};
  if (attributes.type !== undefined) return input;
  const envelope = JSON.parse(Sns?.Message ?? 'null') as Readonly<Record<string, unknown>> | null;
  const event = definition.receives.find(
    ({ name, source }) => name === envelope?.['detail-type'] && source === envelope.source,
  );
  return (event?.route ?? definition.routes[0]) === 'eventbridge' ? envelope : input;
}
