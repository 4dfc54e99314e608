import { type Caller, type FunctionCaller, publisherOf } from '../state/caller.ts';
import { arn } from '../state/names.ts';
import type { Queue, Topic, World } from '../state/world.ts';
import { AwsError } from './aws-error.ts';

/** Refuses what the role of the calling function does not allow: only what its consumer emits, and its dead-letter queue. */
export function authorizePutEvents(
  world: World,
  caller: Caller,
  entry: { readonly bus: string; readonly source: string; readonly detailType: string },
): void {
  if (caller.kind === 'outside') return;
  const bus = world.buses.get(entry.bus);
  const isAllowed = caller.function.consumer.emits.some(
    ({ destination, source, name }) => destination === bus?.key && source === entry.source && name === entry.detailType,
  );
  if (isAllowed) return;
  const resource = arn(world.location, 'events', `event-bus/${entry.bus}`);
  const hint = `${publisherOf(caller)} does not emit ${entry.detailType} of ${entry.source}`;
  throw new AwsError('AccessDeniedException', deny(world, caller, 'events:PutEvents', resource, hint));
}

/** As {@link authorizePutEvents}, for a topic: a role has no say on the messages of a topic, only on the topic. */
export function authorizePublish(world: World, caller: Caller, topic: Topic): void {
  if (caller.kind === 'outside' || emitsTo(caller, topic)) return;
  const hint = `${publisherOf(caller)} emits nothing to it`;
  throw new AwsError('AuthorizationError', deny(world, caller, 'sns:Publish', topic.arn, hint), { status: 403 });
}

/** As {@link authorizePutEvents}, for the operations of a queue. Functions never receive by themselves. */
export function authorizeQueue(world: World, caller: Caller, queue: Queue, operation: string): void {
  if (caller.kind === 'outside') return;
  const isTarget = queue === caller.function.deadLetterQueue || emitsTo(caller, queue);
  if (isTarget && senderOperations.has(operation)) return;
  const message = deny(world, caller, `sqs:${operation}`, queue.arn, `${publisherOf(caller)} emits nothing to it`);
  throw new AwsError('AccessDeniedException', message, { status: 403, queryCode: 'AccessDenied' });
}

const senderOperations: ReadonlySet<string> = new Set([
  'SendMessage',
  'SendMessageBatch',
  'GetQueueAttributes',
  'GetQueueUrl',
]);

function emitsTo(caller: FunctionCaller, target: Topic | Queue): boolean {
  return caller.function.consumer.emits.some(({ destination }) => destination === target.key);
}

function deny(world: World, caller: FunctionCaller, action: string, resource: string, hint: string): string {
  const consumer = caller.function.consumer.key;
  world.journal.add(world.scheduler.now(), { kind: 'denied', consumer, action, resource });
  const user = `arn:aws:sts::${world.location.account}:assumed-role/${caller.function.name}/${caller.function.name}`;
  return (
    `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no identity-based policy allows the ${action} action (${hint})`
  );
}
