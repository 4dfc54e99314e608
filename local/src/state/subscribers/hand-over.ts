import { limits } from '@eventloom/engine';
import { closeDelivery, countsOf } from '../../accounting/ledger.ts';
import { nextUuid } from '../../random.ts';
import type { Reception } from '../../targets.ts';
import { describeFailure } from '../asynchronous.ts';
import { type DeliveryFailure, reasonOf } from '../deliver.ts';
import { announce, subject } from '../queue.ts';
import type { InvocationFailure, LambdaFunction, World } from '../world.ts';
import { type Carried, keepReception, receptionOf } from './reception.ts';
import { nextStep } from './retries.ts';

/** An event on its way to the target of a subscriber. */
export interface Handover extends Carried {
  readonly hop: 'rule' | 'subscription';
  /** Puts it on the dead-letter queue. */
  giveUp(failure: DeliveryFailure): void;
  /** Called once the target has it. */
  readonly taken?: () => void;
}

interface Task {
  readonly handover: Handover;
  readonly reception: Reception;
  readonly requestId: string;
  /** When the first try was made, in milliseconds since the epoch. */
  readonly begunAt: number;
}

/** Hands an event to the target of a subscriber: at once where nobody plays it, else as often as AWS would try. */
export function handOver(world: World, target: LambdaFunction, handover: Handover): void {
  announce(world, target.index, handover.event);
  const reception = receptionOf(world, target, handover);
  const now = world.scheduler.now();
  const refusal = refusalOf(target, reception);
  if (refusal !== null) {
    deadLetter(world, target, handover, refusal);
    return;
  }
  if (target.end?.isPlayed !== true) {
    finish(world, target, { handover, reception }, 1);
    return;
  }
  const task = { handover, reception, requestId: nextUuid(world.random), begunAt: now };
  world.scheduler.schedule(now, () => attempt(world, target, task, 1));
}

/** Step Functions takes no larger input, however often it is asked. */
function refusalOf({ end }: LambdaFunction, { body }: Reception): DeliveryFailure | null {
  const most = limits.executionInputBytes.value;
  if (end?.subscriber.delivery.type !== 'workflow' || Buffer.byteLength(body) <= most) return null;
  const message = `The input of an execution has ${Buffer.byteLength(body)} bytes, and ${most} are allowed`;
  return { code: 'SDK_CLIENT_ERROR', message, condition: null, retries: 0 };
}

async function attempt(world: World, target: LambdaFunction, task: Task, number: number): Promise<void> {
  const { event } = task.handover;
  if (number > 1) countsOf(world.ledger, target.index).retried++;
  const records = [{ messageId: null, event, body: task.reception.body }];
  const result = await target.invoke({ requestId: task.requestId, payload: task.reception, records, attempt: number });
  // A target that is out of order for a day is no runaway.
  if (number > 1) world.activity.invocations--;
  world.scheduler.schedule(world.scheduler.now() + result.milliseconds, () => {
    if (result.failure === null) finish(world, target, task, number);
    else retryOrGiveUp(world, target, task, { number, failure: result.failure });
  });
}

function finish(
  world: World,
  target: LambdaFunction,
  { handover, reception }: Pick<Task, 'handover' | 'reception'>,
  number: number,
): void {
  keepReception(world, target, reception);
  closeDelivery(world.ledger, handover.event, target.index, { outcome: 'handled' });
  const about = subject(world, handover.event, target.index);
  world.journal.add(world.scheduler.now(), { kind: 'handled', ...about, attempt: number });
  handover.taken?.();
}

function retryOrGiveUp(
  world: World,
  target: LambdaFunction,
  task: Task,
  { number, failure }: { readonly number: number; readonly failure: InvocationFailure },
): void {
  const { handover } = task;
  const now = world.scheduler.now();
  const about = subject(world, handover.event, target.index);
  const message = describeFailure(failure);
  world.journal.add(now, { kind: 'failed', ...about, attempt: number, reason: message });
  if (target.end === undefined) throw new Error(`${target.name} is no subscriber`);
  const { subscriber, refused } = target.end;
  const isRetried = !refused.delete(task.requestId);
  const elapsedMilliseconds = now - task.begunAt;
  const step = nextStep(subscriber.delivery, { hop: handover.hop, number, elapsedMilliseconds, message, isRetried });
  if (step.kind === 'retry') {
    world.scheduler.schedule(now + step.milliseconds, () => attempt(world, target, task, number + 1));
    return;
  }
  deadLetter(world, target, handover, step.failure);
}

function deadLetter(world: World, target: LambdaFunction, handover: Handover, failure: DeliveryFailure): void {
  handover.giveUp(failure);
  const reason = reasonOf({ kind: handover.hop }, failure);
  closeDelivery(world.ledger, handover.event, target.index, { outcome: 'deadLettered', reason });
  const about = subject(world, handover.event, target.index);
  world.journal.add(world.scheduler.now(), { kind: 'deadLettered', ...about, reason });
}
