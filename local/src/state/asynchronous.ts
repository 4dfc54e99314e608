import { limits } from '@eventloom/engine';
import { closeDelivery, countsOf } from '../accounting/ledger.ts';
import { nextUuid } from '../random.ts';
import { createContent } from './content.ts';
import { announce, send, subject } from './queue.ts';
import type { InvocationFailure, InvocationResult, LambdaFunction, World } from './world.ts';

/** An event on its way to a function that is invoked asynchronously. */
export interface AsynchronousEvent {
  /** JSON. */
  readonly payload: string;
  /** Number of the event in the ledger. */
  readonly event: number;
  /** The message itself, without the envelope of the payload. */
  readonly body: string;
}

interface Attempts extends AsynchronousEvent {
  readonly requestId: string;
  readonly acceptedAt: number;
}

/** What Lambda waits before the first and the second retry of an asynchronous invocation. */
const retryDelayMilliseconds = [
  limits.asynchronousFirstRetrySeconds.value * 1000,
  limits.asynchronousSecondRetrySeconds.value * 1000,
] as const;

/** Hands an event to a function without waiting for it; failures are retried, then recorded on the dead-letter queue. */
export function invokeAsynchronously(world: World, target: LambdaFunction, event: AsynchronousEvent): void {
  announce(world, target.index, event.event);
  const now = world.scheduler.now();
  const attempts = { ...event, requestId: nextUuid(world.random), acceptedAt: now };
  world.scheduler.schedule(now, () => attempt(world, target, attempts, 1));
}

async function attempt(world: World, target: LambdaFunction, event: Attempts, number: number): Promise<void> {
  if (number > 1) countsOf(world.ledger, target.index).retried++;
  const result = await target.invoke({
    requestId: event.requestId,
    payload: JSON.parse(event.payload),
    records: [{ messageId: null, event: event.event, body: event.body }],
    attempt: number,
  });
  const end = world.scheduler.now() + result.milliseconds;
  world.scheduler.schedule(end, () => complete(world, target, event, { ...result, number }));
}

function complete(
  world: World,
  target: LambdaFunction,
  event: Attempts,
  result: InvocationResult & { readonly number: number },
): void {
  const about = subject(world, event.event, target.index);
  if (result.failure === null) {
    const reason = result.deadLettered.get(event.event);
    const outcome = reason === undefined ? 'handled' : 'deadLettered';
    closeDelivery(world.ledger, event.event, target.index, { outcome, reason });
    if (reason !== undefined) return;
    world.journal.add(world.scheduler.now(), { kind: 'handled', ...about, attempt: result.number });
    return;
  }
  const reason = describeFailure(result.failure);
  world.journal.add(world.scheduler.now(), { kind: 'failed', ...about, attempt: result.number, reason });
  retryOrGiveUp(world, target, event, { number: result.number, failure: result.failure });
}

interface FailedAttempt {
  readonly number: number;
  readonly failure: InvocationFailure;
}

function retryOrGiveUp(world: World, target: LambdaFunction, event: Attempts, failed: FailedAttempt): void {
  const { delivery } = target.consumer;
  if (delivery.type !== 'function') throw new Error(`${target.consumer.key} is not invoked asynchronously`);
  const delay = retryDelayMilliseconds[failed.number - 1];
  if (delay === undefined || failed.number > delivery.retryAttempts) {
    giveUp(world, target, event, { ...failed, condition: 'RetriesExhausted' });
    return;
  }
  const next = world.scheduler.now() + delay;
  const deadline = event.acceptedAt + delivery.maxEventAgeSeconds * 1000;
  if (next <= deadline) world.scheduler.schedule(next, () => attempt(world, target, event, failed.number + 1));
  else {
    const aged = { ...failed, condition: 'EventAgeExceeded' } as const;
    world.scheduler.schedule(deadline, () => giveUp(world, target, event, aged));
  }
}

type GivenUp = FailedAttempt & { readonly condition: 'RetriesExhausted' | 'EventAgeExceeded' };

function giveUp(world: World, target: LambdaFunction, event: Attempts, failed: GivenUp): void {
  const reason = `${failed.condition}: ${describeFailure(failed.failure)}`;
  const content = createContent(JSON.stringify(destinationRecord(world, target, event, failed)));
  send(world, target.deadLetterQueue, {
    content,
    event: event.event,
    senderId: lambdaSender,
    reason,
    deadLetteredBy: 'function',
  });
  closeDelivery(world.ledger, event.event, target.index, { outcome: 'deadLettered', reason });
  const about = subject(world, event.event, target.index);
  world.journal.add(world.scheduler.now(), { kind: 'deadLettered', ...about, reason });
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function destinationRecord(world: World, target: LambdaFunction, event: Attempts, failed: GivenUp): unknown {
  return {
    version: '1.0',
    timestamp: new Date(world.scheduler.now()).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${target.arn}:$LATEST`,
      condition: failed.condition,
      approximateInvokeCount: failed.number,
    },
    requestPayload: JSON.parse(event.payload),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: failed.failure,
  };
}

/** An invocation's failure in one line. */
export function describeFailure({ errorType, errorMessage }: InvocationFailure): string {
  return `${errorType}: ${errorMessage}`;
}

/** SenderId of what Lambda sends; on AWS the id of the function's role. */
const lambdaSender = 'AIDALAMBDALOCAL000001';
