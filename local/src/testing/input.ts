import type { LambdaHandler, ReceivedEvent } from '@eventloom/runtime';
import { createRandom, nextUuid, type Random } from '../random.ts';
import { createContent } from '../state/content.ts';
import { queueRecord, topicEvent } from '../state/envelopes.ts';
import { arn } from '../state/names.ts';
import type { EventFor, TestEvent } from './event.ts';
import { testLocation, type WrappedEvent, wrapEvent } from './wrap.ts';

/** What the input of a function says beside the events. */
export interface InputOptions {
  /** How often the messages of a queue have been received, this time included. Default: 1. */
  readonly receiveCount?: number | undefined;
  /** Default: 2026-01-01T00:00:00Z. */
  readonly now?: Date | undefined;
  /** What ids depend on. Default: 1. */
  readonly seed?: number | string | undefined;
}

/**
 * What Lambda would call a generated handler with, all documented fields included: a batch of SQS for a consumer with a
 * queue, each body as its route wraps it; the EventBridge event or the event of SNS for a function, which takes one
 * event at a time. Throws for an event that the handler does not receive, and for a claimed one.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function inputFor<Event extends ReceivedEvent<string, string, unknown>>(
  handler: LambdaHandler<string, Event>,
  events: EventFor<LambdaHandler<string, Event>> | readonly EventFor<LambdaHandler<string, Event>>[],
  options: InputOptions = {},
): Readonly<Record<string, unknown>> {
  const random = createRandom(options.seed ?? 1);
  const now = options.now ?? new Date(Date.UTC(2026, 0));
  const list = (Array.isArray(events) ? events : [events]) as readonly TestEvent[];
  const ids = new Map(list.map((event) => [event, nextUuid(random)]));
  const wrapped = list.map((event) => ({
    ...wrapEvent(handler.definition, event, { id: ids.get(event) ?? '', time: now }),
    group: event.group ?? 'test',
    traceHeader: event.traceHeader ?? null,
  }));
  if (list.some(({ claimed }) => claimed))
    throw new Error('A claim needs a bucket to read from: deliver it by a harness');
  if (handler.delivery === 'queue') {
    return { Records: wrapped.map((event, index) => recordOf(handler, event, { ...options, now, random, index })) };
  }
  const [only] = wrapped;
  if (only === undefined || wrapped.length > 1) {
    throw new Error(`${handler.consumer} is a function, which takes one event at a time, not ${wrapped.length}`);
  }
  return functionInput(only, nextUuid(random), now);
}

/** What a function is invoked with for one event. */
export function functionInput(event: WrappedEvent, messageId: string, now: Date): Readonly<Record<string, unknown>> {
  if (event.route === 'eventbridge') return JSON.parse(event.body) as Readonly<Record<string, unknown>>;
  const topicArn = arn(testLocation, 'sns', 'incoming');
  return topicEvent(testLocation, {
    messageId,
    topicArn,
    subscriptionArn: `${topicArn}:${messageId}`,
    publishedAt: now.getTime(),
    subject: null,
    message: event.body,
    attributes: event.attributes,
  });
}

interface RecordOptions extends InputOptions {
  readonly now: Date;
  readonly random: Random;
  readonly index: number;
}

function recordOf(
  { definition: { fifo, service, consumer } }: Pick<LambdaHandler, 'definition'>,
  event: WrappedEvent & { readonly group: string; readonly traceHeader: string | null },
  { now, random, index, receiveCount = 1 }: RecordOptions,
): Record<string, unknown> {
  const queue = { arn: arn(testLocation, 'sqs', `${service}-${consumer}${fifo ? '.fifo' : ''}`) };
  return queueRecord(testLocation, queue, {
    id: nextUuid(random),
    content: createContent(event.body, event.attributes),
    event: index,
    sentAt: now.getTime(),
    senderId: 'AIDALOCALPUBLISHER001',
    traceHeader: event.traceHeader,
    groupId: fifo ? event.group : null,
    deduplicationId: fifo ? event.id : null,
    sequence: index,
    deadLetterSource: null,
    visibleAt: 0,
    receiveCount,
    firstReceivedAt: now.getTime(),
    takenBy: 0,
    reason: null,
    deadLetteredBy: null,
  });
}
