import { systemClock } from '../clock.ts';
import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition, RouteKind } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import type { LambdaHandler } from '../invocation.ts';
import { type Attended, attend } from './attend.ts';
import type { Failure } from './dead-letter.ts';
import { openNotification, textOf } from './envelopes.ts';
import { inSessions, type Session } from './session.ts';

type AnyEvent = ReceivedEvent<string, string, unknown>;

/**
 * Makes the Lambda handler of a consumer that a rule or a subscription invokes directly. It rejects when the event
 * fails, so that Lambda tries again. The first of the features stands outermost.
 */
export function functionHandler<Key extends string, Event extends AnyEvent, Context extends HandlerContext>(
  definition: ConsumerDefinition<Key>,
  handle: (event: Event, context: Context) => unknown,
  features: readonly Feature[] = [],
): LambdaHandler<Key> {
  const respond = inSessions({ definition, handle, features }, take);
  return Object.assign(respond, { consumer: definition.key, definition });
}

async function take(session: Session, input: unknown): Promise<void> {
  for (const delivery of deliveriesOf(session, input)) await attend(session, delivery);
}

/** EventBridge hands over the event itself, SNS a list that has always been of one. */
function deliveriesOf(session: Session, input: unknown): Attended[] {
  const { routes } = session.definition;
  const direct = routes.filter((kind) => kind === 'eventbridge');
  const records: unknown = Object(input).Records;
  if (direct.length === routes.length || (direct.length > 0 && records === undefined)) {
    return [fromBus(session, input, direct)];
  }
  if (!Array.isArray(records))
    throw new TypeError('This handler takes events of an SNS topic, and the input has no Records');
  const overTopic = routes.filter((kind) => kind !== 'eventbridge');
  return records.map((record) => fromTopic(session, input, record, overTopic));
}

function fromBus(session: Session, input: unknown, routes: readonly RouteKind[]): Attended {
  return {
    ...common(session, input),
    routes,
    messageId: textOf(Object(input).id) ?? '',
    open: () => ({ body: input, attribute: () => undefined }),
  };
}

function fromTopic(session: Session, input: unknown, record: unknown, routes: readonly RouteKind[]): Attended {
  const notification: unknown = Object(record).Sns;
  return {
    ...common(session, input),
    routes,
    messageId: textOf(Object(notification).MessageId) ?? '',
    open: () => openNotification(notification),
  };
}

function common(session: Session, input: unknown): Pick<Attended, 'attempt' | 'deadLetter' | 'sentAt' | 'traceHeader'> {
  const { invocation, connection } = session;
  const attempt = invocation?.attempt ?? 1;
  return {
    attempt,
    sentAt: 0,
    traceHeader: connection.environment._X_AMZN_TRACE_ID,
    deadLetter: (failure) => ({ body: JSON.stringify(recordOf(session, input, attempt, failure)), attributes: {} }),
  };
}

/**
 * What Lambda itself writes to an on-failure destination, so that one reader serves both.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function recordOf({ lambda, connection }: Session, input: unknown, attempt: number, failure: Failure): object {
  return {
    version: '1.0',
    timestamp: (connection.clock ?? systemClock).now().toISOString(),
    requestContext: {
      requestId: lambda.awsRequestId,
      functionArn: lambda.invokedFunctionArn,
      condition: 'RetriesExhausted',
      approximateInvokeCount: attempt,
    },
    requestPayload: input,
    responseContext: { statusCode: 200, executedVersion: lambda.functionVersion, functionError: 'Unhandled' },
    responsePayload: { errorType: failure.code, errorMessage: failure.reason },
  };
}
