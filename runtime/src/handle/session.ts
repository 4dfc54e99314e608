import { type Connection, connect } from '../connection.ts';
import type { HandlerContext, Logger } from '../context.ts';
import type { ConsumerDefinition } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import { type Invocation, invocationKey, type LambdaContext } from '../invocation.ts';
import type { Handle } from './attend.ts';
import { createLogger } from './log.ts';

/** What a handler is made of. */
export interface HandlerParts {
  readonly definition: ConsumerDefinition;
  readonly handle: Handle;
  readonly features: readonly Feature[];
}

/** One invocation of a handler. */
export interface Session extends HandlerParts {
  readonly lambda: LambdaContext;
  readonly invocation: Invocation | undefined;
  readonly connection: Connection;
  /** What the contexts of all events of the invocation have in common. */
  readonly common: Pick<HandlerContext, 'service' | 'consumer' | 'signal' | 'remainingMilliseconds'>;
  /** Resolves when the signal is aborted. */
  readonly aborted: Promise<void>;
  /** Resolves when no time is left but for the answer. */
  readonly ended: Promise<void>;
  /** The logger of one event, or of the invocation; what came with the event is in every line. */
  readonly logOf: (eventId?: string, event?: Traced) => Logger;
}

/** What of an event ties the lines of its log to those of others. */
type Traced = Pick<ReceivedEvent<string, string, unknown>, 'correlationId' | 'traceHeader'>;

/** How long before the deadline the signal is aborted. */
const abortLeadMilliseconds = 500;

/** How long before the deadline the answer is given, whatever is still to be done. */
const answerLeadMilliseconds = 200;

/** Makes a function that runs `work` in the session of one invocation, and ends the session with it. */
export function inSessions<Result>(
  parts: HandlerParts,
  work: (session: Session, input: unknown) => Promise<Result>,
): (input: unknown, lambda: LambdaContext) => Promise<Result> {
  const own = connect();
  for (const { check } of parts.features) check?.(own);
  return async (input, lambda = {}) => {
    const { service, consumer } = parts.definition;
    const invocation = lambda[invocationKey];
    const deadline = new AbortController();
    const timers: NodeJS.Timeout[] = [];
    const remainingMilliseconds = (): number => lambda.getRemainingTimeInMillis?.() ?? Infinity;
    const connection = invocation ? connect(invocation) : own;
    const leading = (lead: number): Promise<void> =>
      new Promise((resolve) => {
        const milliseconds = remainingMilliseconds() - lead;
        if (milliseconds < Infinity) timers.push(setTimeout(resolve, milliseconds));
      });
    const session: Session = {
      ...parts,
      features: [...parts.features, ...(invocation?.features ?? [])],
      lambda,
      invocation,
      connection,
      common: { service, consumer, signal: deadline.signal, remainingMilliseconds },
      aborted: leading(abortLeadMilliseconds).then(() => deadline.abort()),
      ended: leading(answerLeadMilliseconds),
      logOf: (eventId, { correlationId, traceHeader = connection.environment._X_AMZN_TRACE_ID } = {}) => {
        const base = { requestId: lambda.awsRequestId, service, consumer, eventId, correlationId };
        const { environment, clock } = connection;
        return createLogger(
          { ...base, xrayTraceId: traceIdOf(traceHeader) },
          { sink: invocation?.log, leastLevel: environment.AWS_LAMBDA_LOG_LEVEL, clock },
        );
      },
    };
    try {
      return await work(session, input);
    } finally {
      timers.forEach(clearTimeout);
      for (const { flush } of session.features) await flush?.(session);
    }
  };
}

/** The root of a trace header of X-Ray: `Root=1-…;Parent=…;Sampled=1`. */
function traceIdOf(header: string | undefined): string | undefined {
  return /Root=([^;]+)/.exec(header ?? '')?.[1];
}
