import { type Connection, connect } from '../connection.ts';
import type { HandlerContext, Logger } from '../context.ts';
import type { ConsumerDefinition, RouteKind } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import { type Invocation, invocationKey, type LambdaContext, type LambdaHandler } from '../invocation.ts';
import type { Handle } from './attend.ts';
import { createLogger } from './log.ts';

/** One invocation of a handler. */
export interface Session {
  readonly definition: ConsumerDefinition;
  readonly handle: Handle;
  readonly features: readonly Feature[];
  readonly lambda: LambdaContext;
  readonly invocation: Invocation | undefined;
  connection: Connection;
  /**
   * Tells whether no time is left but for sending back what is still running. Looks at the time itself, since a function
   * that does not yield lets no timer fire. Asking the signal takes far longer.
   */
  readonly isLate: () => boolean;
  /** Makes what the user's function is given beside an event. */
  readonly contextOf: (route: RouteKind, attempt: number, log: Logger) => HandlerContext;
  /** Resolves when the signal of the contexts is aborted. */
  readonly aborted: Promise<void>;
  /** Resolves when no time is left but for the answer. */
  readonly ended: Promise<void>;
  /** The logger of one event, or of the invocation; what came with the event is in every line. */
  readonly logOf: (event?: Traced) => Logger;
}

/** What of an event ties the lines of its log to those of others. */
type Traced = Partial<Pick<ReceivedEvent<string, string, unknown>, 'id' | 'correlationId' | 'traceHeader'>>;

/** How long before the deadline the signal is aborted. */
const abortLeadMilliseconds = 500;

/** How long before it the answer is given, whatever is still to be done. */
const answerLeadMilliseconds = 200;

/** Makes the handler that runs `work` in the session of each invocation, and ends the session with it. */
export function handlerOf<Key extends string, Event extends ReceivedEvent<string, string, unknown>>(
  definition: ConsumerDefinition<Key>,
  handle: Handle,
  features: readonly Feature[],
  delivery: LambdaHandler['delivery'],
  work: (session: Session, input: unknown) => Promise<unknown>,
): LambdaHandler<Key, Event> {
  const own = connect();
  for (const { check } of features) check?.(own);
  const respond = async (input: unknown, lambda: LambdaContext = {}): Promise<unknown> => {
    const { service, consumer } = definition;
    const invocation = lambda[invocationKey];
    const connection = invocation ? connect(invocation) : own;
    const deadline = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    let isAborted = false;
    const remainingMilliseconds = (): number => lambda.getRemainingTimeInMillis?.() ?? Infinity;
    /** Resolves so long before the deadline; never where there is none. */
    const before = (milliseconds: number): Promise<void> =>
      new Promise((resolve) => {
        const left = remainingMilliseconds() - milliseconds;
        if (left < Infinity) timer = setTimeout(resolve, left);
      });
    const aborted = before(abortLeadMilliseconds).then(() => {
      isAborted = true;
      deadline.abort();
    });
    // Not spread: V8 takes a hundred times as long for an object that is spread and then extended.
    const session: Session = {
      definition,
      handle,
      features: features.concat(invocation?.features ?? []),
      lambda,
      invocation,
      connection,
      isLate: () => isAborted || remainingMilliseconds() <= abortLeadMilliseconds,
      contextOf: (route, attempt, log) => ({
        service,
        consumer,
        signal: deadline.signal,
        remainingMilliseconds,
        route,
        attempt,
        log,
      }),
      aborted,
      ended: aborted.then(() => before(answerLeadMilliseconds)),
      logOf: ({ id: eventId, correlationId, traceHeader = connection.environment._X_AMZN_TRACE_ID } = {}) =>
        createLogger(
          () => ({
            requestId: lambda.awsRequestId,
            service,
            consumer,
            eventId,
            correlationId,
            // `Root=1-…;Parent=…;Sampled=1`
            xrayTraceId: /Root=([^;]+)/.exec(traceHeader as string)?.[1],
          }),
          session,
        ),
    };
    try {
      return await work(session, input);
    } finally {
      for (const { flush } of session.features) await flush?.(session);
      clearTimeout(timer);
    }
  };
  return Object.assign(respond, { consumer: definition.key, definition, delivery });
}
