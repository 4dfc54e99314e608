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

/** One call of the user's function for an event. */
export interface HandlerRun<Name extends string = string, Payload = unknown> {
  /** Id of the event. */
  readonly id: string;
  readonly name: Name;
  /** As it was when the call began, whatever the function did to it. */
  readonly payload: Payload;
  /** Deliveries so far, this one included. */
  readonly attempt: number;
  /** False when the function threw, and when what it returned for the parts of a split was not published. */
  readonly returned: boolean;
  /** What it threw, or what kept the parts from being published; undefined when it returned. */
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
  /** Calls that have begun and not ended. */
  readonly open: Set<BegunCall>;
  /** Ids of events, by the ids under which they are delivered. */
  readonly eventIds: Map<string, string>;
}

/** A call of the user's function, before it is known how it ends. */
export type BegunCall = Omit<HandlerRun, 'returned' | 'error'>;

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
      handler(input, { ...context, [invocationKey]: invocationOf(context, features, options) }),
  };
}

function recorder(notes: Notes): Feature {
  const called: Called = new WeakMap();
  return {
    around: async (call, next) => {
      const begun = begin(call);
      notes.open.add(begun);
      called.set(call, null);
      const end = (how: Pick<HandlerRun, 'returned' | 'error'>): void => {
        const run = { ...begun, ...how };
        called.set(call, run);
        noteRun(notes, run);
      };
      try {
        const result = await next();
        end({ returned: true, error: undefined });
        return result;
      } catch (error) {
        end({ returned: false, error });
        throw error;
      } finally {
        notes.open.delete(begun);
      }
    },
    observe: (observation) => {
      const call = 'call' in observation ? observation.call : undefined;
      if (call === undefined || !called.has(call)) noteWithoutRun(notes, observation);
      else noteAfterRun(notes, observation, called.get(call) ?? undefined);
    },
  };
}

/** How the calls of the user's function ended; null for one that has not. */
type Called = WeakMap<Call, HandlerRun | null>;

function begin({ event: { id, name, payload }, attempt, context }: Call): BegunCall {
  const { gathered } = context as { readonly gathered?: Gathered };
  const ids = gathered?.parts.map((part) => part.id) ?? [id];
  return { id, name, payload: structuredClone(payload), attempt, ids };
}

function noteRun({ runs, steps }: Notes, run: HandlerRun): void {
  const { ids, attempt, returned, error } = run;
  runs.push(run);
  steps.push({ ids, kind: 'ran', text: `attempt ${attempt}: ${returned ? 'returned' : String(error)}` });
}

/** What failed once the user's function had returned, such as the publishing of what a split makes of an event. */
function noteAfterRun({ runs, steps }: Notes, observation: Observation, run: HandlerRun | undefined): void {
  if (!run?.returned || (observation.kind !== 'retried' && observation.kind !== 'deadLettered')) return;
  const { error, session } = observation;
  const { ids, attempt } = run;
  steps.push({ ids, kind: 'ran', text: `attempt ${attempt}: failed after that: ${String(error)}` });
  // What a split is for is to be published.
  if (session.definition.split !== undefined) runs[runs.indexOf(run)] = { ...run, returned: false, error };
}

/** What became of an event that the user's function was not called for. */
function noteWithoutRun({ steps, eventIds }: Notes, observation: Observation): void {
  const { kind } = observation;
  const call = 'call' in observation ? observation.call : undefined;
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
