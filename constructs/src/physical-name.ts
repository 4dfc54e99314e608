import { createHash } from 'node:crypto';
import { type Consumer, type Destination, type LimitId, limits } from '@eventloom/engine';
import type { Stack } from 'aws-cdk-lib';
import { ConstructError } from './construct-error.ts';

const nameLimits = {
  bus: 'eventBusNameCharacters',
  topic: 'topicNameCharacters',
  queue: 'queueNameCharacters',
  bucket: 'bucketNameCharacters',
  table: 'tableNameCharacters',
  function: 'functionNameCharacters',
  registry: 'registryNameCharacters',
} as const satisfies Record<Destination['kind'] | 'bucket' | 'table' | 'function' | 'registry', LimitId>;

/**
 * Returns the name of a destination on AWS: `dev-shop` for `shop` in environment `dev`.
 *
 * @throws ConstructError `name-too-long` when AWS does not allow so long a name.
 */
export function physicalName(destination: Destination, environment: string | undefined): string {
  return checkLength(destination.kind, prefixed(destination.name, environment));
}

/**
 * Returns the name of the dead-letter queue of a point-to-point queue. It has one because consumers in other stacks
 * send to it: `work-dead-letters` for `work`, `work-dead-letters.fifo` for `work.fifo`.
 */
export function deadLetterQueueName(queueName: string): string {
  return checkLength('queue', queueName.replace(/(\.fifo)?$/, '-dead-letters$1'));
}

/** Returns the name of a stack: `dev-shop-fraud`, or `dev-shop` for the core stack, whose `part` is undefined. */
export function stackName(system: string, part: string | undefined, environment: string | undefined): string {
  return prefixed(part === undefined ? system : `${system}-${part}`, environment);
}

/**
 * Returns the name of the bucket for claims. Names of buckets are unique in the world, so account and Region are in it.
 *
 * @throws ConstructError `name-too-long` when AWS does not allow so long a name.
 */
export function claimBucketName(system: string, environment: string | undefined, stack: Stack): string {
  const name = prefixed(`${system}-claims`, environment);
  // Account and Region may be known at deployment only; this is as long as they get.
  checkLength('bucket', `${name}-123456789012-ap-southeast-1`);
  return `${name}-${stack.account}-${stack.region}`;
}

/** Returns the name of a service's outbox table, by which its producers in other stacks find it. */
export function outboxTableName(system: string, service: string, environment: string | undefined): string {
  return checkLength('table', prefixed(`${system}-${service}-outbox`, environment));
}

/**
 * Returns the name of a consumer's function that services in other stacks call (`x-callers`); others have none of their
 * own: `dev-shop-shipping-QuoteShipping`.
 *
 * @throws ConstructError `name-too-long` when AWS does not allow so long a name.
 */
export function calledFunctionName(
  system: string,
  { service, constructId }: Pick<Consumer, 'service' | 'constructId'>,
  environment: string | undefined,
): string {
  return checkLength('function', prefixed(`${system}-${service}-${constructId}`, environment));
}

/** Returns the name of the table of what a service's handlers remember, by which all stacks of the service find it. */
export function memoryTableName(system: string, service: string, environment: string | undefined): string {
  return checkLength('table', prefixed(`${system}-${service}-memory`, environment));
}

/** Returns the name of the topic that alarms are sent to, by which the stacks of services find it. */
export function alarmTopicName(system: string, environment: string | undefined): string {
  return checkLength('topic', prefixed(`${system}-alarms`, environment));
}

/** Returns the alias of the system's own key: `alias/dev-shop`. */
export function encryptionAlias(system: string, environment: string | undefined): string {
  return `alias/${prefixed(system, environment)}`;
}

/** Returns the name of the SSM parameter that holds the ARN of the system's own key. */
export function encryptionParameterName(system: string, environment: string | undefined): string {
  return `/eventloom/${prefixed(system, environment)}/encryption-key-arn`;
}

/**
 * Returns the name of a bus's archive: that of the bus, or its beginning and a hash where that is too long. `busName` has
 * the environment in it.
 */
export function archiveName(busName: string): string {
  return fitted(busName, limits.archiveNameCharacters.value);
}

/** Returns the name of a bus's schema registry: that of the bus. */
export function registryName(busName: string): string {
  return checkLength('registry', busName);
}

/** Returns the name of a source or destination of a bus's logs. */
export function logDeliveryName(busName: string, suffix: string): string {
  const most = limits.deliverySourceNameCharacters.value - suffix.length - 1;
  return `${fitted(busName.replaceAll('.', '-'), most, busName)}-${suffix}`;
}

/** What does not fit is cut, and a hash of the whole keeps it apart from others. */
function fitted(name: string, maximum: number, whole: string = name): string {
  if (name.length <= maximum && name === whole) return name;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 8);
  return `${name.slice(0, maximum - hash.length - 1)}-${hash}`;
}

/** @throws ConstructError `invalid-environment` when `environment` cannot start the names of stacks and queues. */
export function checkEnvironment(environment: string | undefined): void {
  if (environment === undefined || /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(environment)) return;
  throw new ConstructError(
    'invalid-environment',
    `environment '${environment}' cannot start a name on AWS: use kebab-case such as 'dev', or leave it out.`,
  );
}

function prefixed(name: string, environment: string | undefined): string {
  return environment === undefined ? name : `${environment}-${name}`;
}

function checkLength(kind: keyof typeof nameLimits, name: string): string {
  const maximum = limits[nameLimits[kind]].value;
  if (name.length <= maximum) return name;
  throw new ConstructError(
    'name-too-long',
    `The ${kind} name '${name}' has ${name.length} characters, AWS allows ${maximum}: shorten the name in the spec or the environment.`,
  );
}
