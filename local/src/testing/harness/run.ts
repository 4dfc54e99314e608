import { type AwsClients, type Call, type Environment, type Feature, invocationKey } from '@eventloom/runtime';
import type { HandlerModule, LocalInvocation, LocalLambdaContext } from '../../handlers.ts';
import type { AnyHandler } from '../wrap.ts';
import { firstOf, type TopicMessage } from './letters.ts';

/** One call of the user's function. */
export interface HandlerRun {
  /** Id of the event. */
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  /** Deliveries so far, this one included. */
  readonly attempt: number;
  /** What it threw; undefined when it returned. */
  readonly error: unknown;
}

/** What stands around the handler under test. */
export interface RunOptions {
  readonly clients?: AwsClients | undefined;
  readonly environment?: Environment | undefined;
}

/** The handler as a module of the local system: each call of the user's function is written down. */
export function recordedHandler(handler: AnyHandler, runs: HandlerRun[], options: RunOptions): HandlerModule {
  const features = [recorder(runs)];
  return {
    handler: (input, context) =>
      handler(inputOf(handler, input), { ...context, [invocationKey]: invocationOf(context, features, options) }),
  };
}

function recorder(runs: HandlerRun[]): Feature {
  return {
    around: async (call, next) => {
      try {
        const result = await next();
        runs.push(runOf(call, undefined));
        return result;
      } catch (error) {
        runs.push(runOf(call, error));
        throw error;
      }
    },
  };
}

function runOf({ event: { id, name, payload }, attempt }: Call, error: unknown): HandlerRun {
  return { id, name, payload, attempt, error };
}

function invocationOf(
  context: LocalLambdaContext,
  features: readonly Feature[],
  { clients, environment }: RunOptions,
): LocalInvocation {
  const own = context[invocationKey] as LocalInvocation;
  return {
    ...own,
    features,
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
