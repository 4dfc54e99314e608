import { systemClock } from '../clock.ts';
import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition, RouteKind } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import type { LambdaHandler } from '../invocation.ts';
import { type Attended, attend } from './attend.ts';
import type { Failure } from './dead-letter.ts';
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
): LambdaHandler<Key, Event> {
  const respond = inSessions({ definition, handle, features }, take);
  return Object.assign(respond, { consumer: definition.key, definition, delivery: 'function' as const });
}

async function take(session: Session, input: unknown): Promise<void> {
  for (const delivery of deliveriesOf(session, input)) await attend(session, delivery);
}

/** What is read of a record of SNS. */
interface TopicRecord {
  readonly Sns?: {
    readonly MessageId?: string;
    readonly Message?: string;
    readonly Timestamp?: string;
    readonly MessageAttributes?: Readonly<Record<string, { readonly Value: string }>>;
  };
}

/** EventBridge hands over the event itself, SNS a list that has always been of one. */
function deliveriesOf(session: Session, input: unknown): Attended[] {
  const { routes } = session.definition;
  const direct = routes.filter((kind) => kind === 'eventbridge');
  const records = (input as { Records?: readonly TopicRecord[] } | null)?.Records;
  if (direct.length === routes.length || (direct.length > 0 && records === undefined)) {
    return [fromBus(session, input, direct)];
  }
  if (!Array.isArray(records))
    throw new TypeError('This handler takes events of an SNS topic, and the input has no Records');
  const overTopic = routes.filter((kind) => kind !== 'eventbridge');
  return records.map((record: TopicRecord) => fromTopic(session, input, record, overTopic));
}

function fromBus(session: Session, input: unknown, routes: readonly RouteKind[]): Attended {
  const { id = '', time = '' } = (input ?? {}) as { id?: string; time?: string };
  return {
    ...common(session, input),
    routes,
    messageId: id,
    sentAt: Date.parse(time) || 0,
    body: () => input,
    attribute: () => undefined,
  };
}

function fromTopic(session: Session, input: unknown, record: TopicRecord, routes: readonly RouteKind[]): Attended {
  const { MessageId = '', Message = '', Timestamp = '', MessageAttributes = {} } = record?.Sns ?? {};
  return {
    ...common(session, input),
    routes,
    messageId: MessageId,
    sentAt: Date.parse(Timestamp) || 0,
    body: () => JSON.parse(Message),
    attribute: (name) => MessageAttributes[name]?.Value,
  };
}

function common(session: Session, input: unknown): Pick<Attended, 'attempt' | 'deadLetter'> {
  const attempt = session.invocation?.attempt ?? 1;
  return {
    attempt,
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
