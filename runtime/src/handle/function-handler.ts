import { systemClock } from '../clock.ts';
import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition, RouteKind } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import type { LambdaHandler } from '../invocation.ts';
import { attend } from './attend.ts';
import type { Failure } from './dead-letter.ts';
import type { Delivery, Received } from './delivery.ts';
import { openNotification, textOf } from './envelopes.ts';
import { receiveAny } from './receive-any.ts';
import { handlerOf, type Session } from './session.ts';

type AnyEvent = ReceivedEvent<string, string, unknown>;

/**
 * Makes the Lambda handler of a consumer that a rule or a subscription invokes directly. It rejects when the event
 * fails, so that Lambda tries again. The first of the features stands outermost.
 */
export function functionHandler<Key extends string, Event extends AnyEvent, Context extends HandlerContext>(
  definition: ConsumerDefinition<Key>,
  handle: (event: Event, context: Context) => unknown,
  features: readonly Feature[] = [],
): LambdaHandler<Key, Event> {
  return handlerOf(definition, handle, features, 'function', takeDirectly);
}

/** Has the user's function handle what a rule, a topic or a caller invoked Lambda with. */
export async function takeDirectly(session: Session, input: unknown): Promise<void> {
  for (const delivery of deliveriesOf(session, input)) {
    await attend(delivery);
    if (delivery.failure) throw delivery.failure.error;
  }
}

/** EventBridge hands over the event itself, SNS a list that has always been of one. */
function deliveriesOf(session: Session, input: unknown): Delivery[] {
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

function fromBus(session: Session, input: unknown, routes: readonly RouteKind[]): Delivery {
  const messageId = textOf(Object(input).id) ?? '';
  return deliveryOf(session, input, messageId, (delivery) =>
    receiveAny(delivery, { body: input, attribute: () => undefined }, routes),
  );
}

function fromTopic(session: Session, input: unknown, record: unknown, routes: readonly RouteKind[]): Delivery {
  const notification: unknown = Object(record).Sns;
  const messageId = textOf(Object(notification).MessageId) ?? '';
  return deliveryOf(session, input, messageId, (delivery) =>
    receiveAny(delivery, openNotification(notification), routes),
  );
}

function deliveryOf(
  session: Session,
  input: unknown,
  messageId: string,
  open: (delivery: Delivery) => Received,
): Delivery {
  const { invocation, connection } = session;
  const attempt = invocation?.attempt ?? 1;
  const delivery: Delivery = {
    session,
    messageId,
    attempt,
    open: () => open(delivery),
    sentAt: 0,
    traceHeader: connection.environment._X_AMZN_TRACE_ID,
    deadLetter: (failure) => ({ MessageBody: sendable(recordOf(session, input, attempt, failure)) }),
  };
  return delivery;
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

/** A record as JSON. SQS takes neither U+FFFE nor U+FFFF, which JSON may hold as they are. */
const sendable = (record: object): string =>
  JSON.stringify(record).replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
