import { resourcesOf } from '../carried.ts';
import { systemClock } from '../clock.ts';
import { addressOf, type Connection, connect, type PublisherOptions } from '../connection.ts';
import { CallError } from '../errors.ts';
import { assertValid } from '../validate.ts';
import type { CallDefinition, CallsDefinition } from './call-definition.ts';
import { callMark } from './call-mark.ts';
import type { CallOptions } from './call-options.ts';
import { lambdaClient } from './lambda-client.ts';

/** One direct call, as generated types see it. */
type DirectCall = (payload: unknown, options?: CallOptions) => Promise<unknown>;

/**
 * Makes the direct calls of a service: a method for each consumer's function that it may call. A call without a reply
 * hands the event over and resolves when Lambda has taken it; from there on the function's own retries and dead-letter
 * queue look after it. A call with a reply waits for the function and resolves with what it answered.
 *
 * The methods reject with a `ValidationFailure` when the payload is invalid (nothing is sent), else with a `CallError`.
 *
 * Throws a `ConfigurationError` at once when the environment does not say where a function is. The client of Lambda is
 * imported and made when first needed.
 */
export function createCalls<Calls>({ calls }: CallsDefinition, options?: PublisherOptions): Calls {
  const connection = connect(options);
  const entries = Object.entries(calls);
  for (const [, { environmentVariable }] of entries) addressOf(connection, environmentVariable);
  const methods = entries.map(([name, definition]): readonly [string, DirectCall] => [
    name,
    (payload, callOptions = {}) => call(connection, definition, payload, callOptions),
  ]);
  return Object.fromEntries(methods) as Calls;
}

async function call(
  connection: Connection,
  definition: CallDefinition,
  payload: unknown,
  options: CallOptions,
): Promise<unknown> {
  assertValid(definition.event, payload);
  const { reply } = definition;
  const answer = await invoke(
    connection,
    definition,
    JSON.stringify(envelope(connection, definition, payload, options)),
    options,
  );
  if (!reply) return undefined;
  const value = answered(definition, answer);
  if (reply.validate(value)) return value;
  throw new CallError('invalid-reply', `${reply.name} is not what its schema asks for`, definition.event, {
    reply: value,
    errors: reply.validate.errors ?? [],
  });
}

/** The event as EventBridge would hand it over, so that the function need not tell the two apart. */
function envelope(
  { clock = systemClock, environment }: Connection,
  { event, reply }: CallDefinition,
  payload: unknown,
  { id = crypto.randomUUID(), correlationId }: CallOptions,
): object {
  return {
    version: '0',
    id,
    'detail-type': event.name,
    source: event.source,
    account: '',
    time: `${clock.now().toISOString().slice(0, 19)}Z`,
    region: environment.AWS_REGION ?? '',
    resources: resourcesOf({ correlationId }) ?? [],
    detail: payload,
    ...(reply && { [callMark]: true }),
  };
}

interface Answer {
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array;
}

async function invoke(
  connection: Connection,
  { event, reply, environmentVariable }: CallDefinition,
  text: string,
  { abortSignal }: CallOptions,
): Promise<Answer> {
  const sdk = await import('@aws-sdk/client-lambda');
  const command = new sdk.InvokeCommand({
    FunctionName: addressOf(connection, environmentVariable),
    InvocationType: reply ? 'RequestResponse' : 'Event',
    Payload: new TextEncoder().encode(text),
  });
  try {
    return (await lambdaClient(connection, sdk).send(command, abortSignal && { abortSignal })) as Answer;
  } catch (cause) {
    throw new CallError(abortSignal?.aborted ? 'aborted' : Object(cause).name, String(Object(cause).message), event, {
      cause,
    });
  }
}

/** What the function answered. Lambda reports an error of the function in the answer of a call that succeeded. */
function answered({ event }: CallDefinition, { FunctionError, Payload }: Answer): unknown {
  const text = new TextDecoder().decode(Payload);
  if (!FunctionError) return JSON.parse(text || 'null');
  const { errorType, errorMessage } = Object(JSON.parse(text || '{}'));
  throw new CallError('function-failed', `${errorType ?? FunctionError}: ${errorMessage ?? text}`, event, {
    errorType,
  });
}
