import { type Invocation, invocationKey, type LogLevel } from '@eventloom/runtime';
import { countsOf } from '../accounting/ledger.ts';
import { drawFate, type Fate } from '../faults/fate.ts';
import type { HandlerModule, LocalInvocation, LocalLambdaContext } from '../handlers.ts';
import { nextFraction, nextUuid } from '../random.ts';
import type { Caller, Doom, FunctionCaller, InvocationRun } from './caller.ts';
import { inCommon } from './in-common.ts';
import { subject } from './queue.ts';
import { guardAgainstRunaway } from './runaway.ts';
import type { InvocationFailure, InvocationRequest, InvocationResult, LambdaFunction, World } from './world.ts';

/** What invoking needs beside the world. */
export interface InvokeOptions {
  readonly load: () => Promise<HandlerModule>;
  /** How long an invocation takes in virtual time, in milliseconds. */
  readonly invocationMilliseconds: number;
  /** Real time after which a handler counts as timed out, in milliseconds; null is the timeout of its function. */
  readonly patienceMilliseconds: number | null;
  /** Clients whose requests are those of `caller`. */
  readonly clientsOf: (caller: Caller) => Invocation['clients'];
  readonly onLog: ((consumer: string, level: LogLevel, line: string) => void) | null;
}

type Outcome = { readonly response: unknown } | { readonly failure: InvocationFailure; readonly isTimeout?: boolean };

/**
 * Calls a handler, the way Lambda would, and says how that ended: once, unless a fault has two instances of the function
 * get the same events. Throws only when the system runs away.
 */
export async function invokeFunction(
  world: World,
  target: LambdaFunction,
  request: InvocationRequest,
  options: InvokeOptions,
): Promise<InvocationResult> {
  const { key, delivery } = target.consumer;
  const about = { requestId: request.requestId, consumer: key };
  const isFifo = delivery.type === 'queue' && delivery.fifo;
  if (isFifo || !world.faults.strikes('handlerRunsTwice', about)) return invokeOnce(world, target, request, options);
  const again = { ...request, requestId: nextUuid(world.random) };
  return inCommon(
    await Promise.all([request, again].map((one) => invokeOnce(world, target, one, options))),
    request.records,
  );
}

async function invokeOnce(
  world: World,
  target: LambdaFunction,
  request: InvocationRequest,
  options: InvokeOptions,
): Promise<InvocationResult> {
  world.activity.invocations++;
  countsOf(world.ledger, target.index).invocations++;
  guardAgainstRunaway(world, request.records);
  const { key, delivery } = target.consumer;
  const events = request.records.map(({ event }) => subject(world, event, target.index).event);
  world.journal.add(world.scheduler.now(), { kind: 'invoked', consumer: key, requestId: request.requestId, events });

  const fate = drawFate(world.faults, { requestId: request.requestId, consumer: key });
  const end = createEnd(fate, () => endOf(target, request, fate));
  const run: InvocationRun = {
    ended: false,
    doom: end.doom,
    sleptMilliseconds: 0,
    deadLettered: new Map(),
    notes: new Map(),
  };
  const patience = options.patienceMilliseconds ?? delivery.timeoutSeconds * 1000;
  const context = createContext(world, target, request, { ...options, run, patience });
  const outcome = await withinPatience(
    patience,
    () => end.around(() => callHandler(options.load, request.payload, context)),
    () => timedOut(target, request),
  );
  run.ended = true;

  const simulated = 'isTimeout' in outcome ? delivery.timeoutSeconds * 1000 : options.invocationMilliseconds;
  const slept = 'isTimeout' in outcome ? 0 : run.sleptMilliseconds;
  return {
    response: 'response' in outcome ? outcome.response : undefined,
    failure: 'failure' in outcome ? outcome.failure : null,
    milliseconds: world.scheduler.kind === 'virtual' ? simulated + slept : 0,
    deadLettered: run.deadLettered,
    notes: run.notes,
  };
}

/** Ends an invocation by a fault: before its handler is called, when `doom` strikes, or once the handler has returned. */
function createEnd(
  fate: Fate | null,
  outcome: () => Outcome,
): { readonly doom: Doom | null; around(work: () => Promise<Outcome>): Promise<Outcome> } {
  if (fate === null) return { doom: null, around: (work) => work() };
  let strike = (): void => {};
  const struck = new Promise<Outcome>((resolve) => {
    strike = () => {
      doom.isDead = true;
      resolve(outcome());
    };
  });
  const doom: Doom = { ...fate, requests: 0, isDead: false, strike: () => strike() };
  return {
    doom,
    around: async (work) => {
      if (fate.request === 0) doom.strike();
      else work().then(doom.strike, doom.strike);
      return struck;
    },
  };
}

function endOf(target: LambdaFunction, request: InvocationRequest, fate: Fate | null): Outcome {
  if (fate?.kind === 'timeout') return timedOut(target, request);
  const errorMessage = `RequestId: ${request.requestId} Error: Runtime exited with error: signal: killed`;
  return { failure: { errorType: 'Runtime.ExitError', errorMessage, trace: [] } };
}

async function callHandler(
  load: () => Promise<HandlerModule>,
  payload: unknown,
  context: LocalLambdaContext,
): Promise<Outcome> {
  let module: HandlerModule;
  try {
    module = await load();
  } catch (error) {
    return { failure: { ...describeThrown(error), errorType: 'Runtime.ImportModuleError' } };
  }
  if (typeof module?.handler !== 'function') {
    const errorMessage = `The module of ${context.functionName} exports no function called handler`;
    return { failure: { errorType: 'Runtime.HandlerNotFound', errorMessage, trace: [] } };
  }
  try {
    const response: unknown = await module.handler(payload, context);
    // Lambda sees a response as JSON.
    return { response: JSON.parse(JSON.stringify(response) ?? 'null') };
  } catch (error) {
    return { failure: describeThrown(error) };
  }
}

function describeThrown(thrown: unknown): InvocationFailure {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
}

function timedOut({ consumer }: LambdaFunction, { requestId }: InvocationRequest): Outcome {
  const seconds = consumer.delivery.timeoutSeconds.toFixed(2);
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
  return { failure: { errorType: 'Sandbox.Timedout', errorMessage, trace: [] }, isTimeout: true };
}

async function withinPatience<T>(milliseconds: number, work: () => Promise<T>, onTimeout: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(onTimeout()), milliseconds);
  });
  try {
    return await Promise.race([work(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

interface ContextOptions extends InvokeOptions {
  readonly run: InvocationRun;
  readonly patience: number;
}

function createContext(
  world: World,
  target: LambdaFunction,
  request: InvocationRequest,
  options: ContextOptions,
): LocalLambdaContext {
  const deadline = performance.now() + options.patience;
  const day = new Date(world.scheduler.now()).toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: target.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: target.arn,
    memoryLimitInMB: String(target.consumer.delivery.memoryMb),
    awsRequestId: request.requestId,
    logGroupName: `/aws/lambda/${target.name}`,
    logStreamName: `${day}/[$LATEST]local`,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    [invocationKey]: createInvocation(world, target, request, options),
  };
}

function createInvocation(
  world: World,
  target: LambdaFunction,
  request: InvocationRequest,
  { run, clientsOf, onLog }: ContextOptions,
): LocalInvocation {
  const caller: FunctionCaller = {
    kind: 'function',
    function: target,
    requestId: request.requestId,
    records: request.records,
    run,
  };
  const noteFailure = (messageId: string, error: unknown): void => {
    run.notes.set(messageId, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  };
  return {
    environment: target.environment,
    clients: clientsOf(caller),
    clientsFor: (messageId) => {
      const records = request.records.filter((record) => record.messageId === messageId);
      return clientsOf(records.length === 0 ? caller : { ...caller, records });
    },
    noteFailure,
    features: [{ observe: (seen) => seen.kind === 'retried' && noteFailure(seen.messageId, seen.error) }],
    clock: {
      now: () => new Date(world.scheduler.now() + (world.scheduler.kind === 'virtual' ? run.sleptMilliseconds : 0)),
      sleep: (milliseconds) => sleep(world, run, milliseconds),
      random: () => nextFraction(world.jitter),
    },
    attempt: request.attempt ?? undefined,
    log: onLog === null ? undefined : (level, line) => onLog(target.consumer.key, level, line),
  };
}

/** In virtual time a handler's sleep makes its invocation longer and takes no time. */
async function sleep(world: World, run: InvocationRun, milliseconds: number): Promise<void> {
  if (run.doom?.isDead) await new Promise(() => {});
  if (world.scheduler.kind === 'virtual') run.sleptMilliseconds += milliseconds;
  else await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
