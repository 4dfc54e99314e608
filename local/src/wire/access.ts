import type { Table } from '../dynamodb/table.ts';
import type { Bucket } from '../state/bucket.ts';
import { type Caller, type FunctionCaller, publisherOf } from '../state/caller.ts';
import { arn } from '../state/names.ts';
import type { LambdaFunction, Queue, Topic, World } from '../state/world.ts';
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

/**
 * As {@link authorizePutEvents}, for the operations of a queue. Functions never receive by themselves, but the role of
 * an event source mapping is theirs: they may delete what their queues hand out, and change when it comes again.
 */
export function authorizeQueue(world: World, caller: Caller, queue: Queue, operation: string): void {
  if (caller.kind === 'outside') return;
  const isSource = caller.function.sources.some((source) => source.queue === queue);
  if (isSource && sourceOperations.has(operation)) return;
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

const sourceOperations: ReadonlySet<string> = new Set([
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
  'DeleteMessage',
  'DeleteMessageBatch',
  'GetQueueAttributes',
]);

/** Refuses a function the tables of other services. */
export function authorizeTable(world: World, caller: Caller, table: Table, operation: string): void {
  if (caller.kind === 'outside' || table.service === null || table.service === caller.function.consumer.service) return;
  const hint = `the table is that of ${table.service}`;
  throw new AwsError('AccessDeniedException', deny(world, caller, `dynamodb:${operation}`, table.arn, hint));
}

/** Refuses a function the claim bucket unless its consumer gets claims, or emits events that may become claims. */
export function authorizeBucket(world: World, caller: Caller, bucket: Bucket, operation: string): void {
  if (caller.kind === 'outside') return;
  const { consumer } = caller.function;
  const isWrite = operation === 'PutObject';
  if (isWrite ? consumer.emits.some(({ claimCheck }) => claimCheck !== undefined) : consumer.claims === true) return;
  const hint = isWrite ? 'it emits nothing with x-claim-check' : 'it receives nothing with x-claim-check';
  const resource = `arn:aws:s3:::${bucket.name}/*`;
  throw new AwsError('AccessDenied', deny(world, caller, `s3:${operation}`, resource, hint), { status: 403 });
}

/** Refuses a function whose service is not among the callers of `target`. */
export function authorizeInvoke(world: World, caller: Caller, target: LambdaFunction): void {
  if (caller.kind === 'outside' || target.consumer.callers?.includes(caller.function.consumer.service)) return;
  const hint = `${target.consumer.key} does not name ${caller.function.consumer.service} among its callers`;
  const message = deny(world, caller, 'lambda:InvokeFunction', target.arn, hint);
  throw new AwsError('AccessDeniedException', message, { status: 403 });
}

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
