import type { Consumer, Destination, EventAddress, Topology } from '@eventloom/engine';

/** A topology with the prefix of its deployment: what a template is compared to. */
export interface Deployment {
  readonly topology: Topology;
  readonly environment?: string;
}

/** Returns the stack name of a service, or of the core stack when `service` is undefined. */
export function stackNameOf({ topology, environment }: Deployment, service?: string): string {
  return [environment, topology.system, service].filter((part) => part !== undefined).join('-');
}

/** Returns the destination with that key. */
export function destinationOf({ topology }: Deployment, key: string): Destination {
  const found = topology.destinations.find((destination) => destination.key === key);
  if (found === undefined) throw new Error(`no destination ${key}`);
  return found;
}

/** Returns the physical name of a destination. */
export function nameOf(deployment: Deployment, key: string): string {
  const { name } = destinationOf(deployment, key);
  return deployment.environment === undefined ? name : `${deployment.environment}-${name}`;
}

/** Returns the ARN of a destination with its pseudo parameters spelt. */
export function arnOf(deployment: Deployment, key: string): string {
  const name = nameOf(deployment, key);
  switch (destinationOf(deployment, key).kind) {
    case 'bus':
      return arn('events', `event-bus/${name}`);
    case 'topic':
      return arn('sns', name);
    case 'queue':
      return arn('sqs', name);
  }
}

/** Returns the name of the dead-letter queue of a destination that is a queue. */
export function deadLettersOf(deployment: Deployment, key: string): string {
  const name = nameOf(deployment, key);
  return name.endsWith('.fifo') ? `${name.slice(0, -'.fifo'.length)}-dead-letters.fifo` : `${name}-dead-letters`;
}

/** Returns an ARN of this account and Region with its pseudo parameters spelt. */
export function arn(service: string, resource: string): string {
  return `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;
}

/** Returns a queue's URL with its pseudo parameters spelt. */
export function queueUrl(name: string): string {
  return `https://sqs.\${AWS::Region}.\${AWS::URLSuffix}/\${AWS::AccountId}/${name}`;
}

/** Returns the variables that tell a publisher of `addresses` where to send. */
export function variablesFor(
  deployment: Deployment,
  addresses: readonly EventAddress[],
): Readonly<Record<string, string>> {
  const claims = isClaimed(addresses) ? claimVariables(deployment) : {};
  const own = Object.fromEntries(
    addresses.map(({ destination: key }) => {
      const { kind, environmentVariable } = destinationOf(deployment, key);
      const name = nameOf(deployment, key);
      const value = { bus: name, topic: arnOf(deployment, key), queue: queueUrl(name) }[kind];
      return [environmentVariable, value];
    }),
  );
  return { ...claims, ...own };
}

/** Returns the variable that says where the payloads of claims are. */
export function claimVariables(deployment: Deployment): Readonly<Record<string, string>> {
  return { EVENTLOOM_CLAIM_BUCKET_NAME: claimBucketOf(deployment) };
}

/** Returns the name of the bucket for claims with its pseudo parameters spelt. */
export function claimBucketOf({ topology, environment }: Deployment): string {
  const parts = [environment, topology.system, 'claims', `\${AWS::AccountId}`, `\${AWS::Region}`];
  return parts.filter((part) => part !== undefined).join('-');
}

/** Returns the name of a service's outbox table. */
export function outboxOf({ topology, environment }: Deployment, service: string): string {
  return [environment, topology.system, service, 'outbox'].filter((part) => part !== undefined).join('-');
}

/** Returns the name of the table of what a service's handlers remember. */
export function memoryOf({ topology, environment }: Deployment, service: string): string {
  return [environment, topology.system, service, 'memory'].filter((part) => part !== undefined).join('-');
}

/** Returns the name of the topic that alarms are sent to. */
export function alarmTopicOf({ topology, environment }: Deployment): string {
  return [environment, topology.system, 'alarms'].filter((part) => part !== undefined).join('-');
}

/** Tells whether a handler remembers something in the table of its service. */
export function remembers({ idempotency, gather, downstreams }: Consumer): boolean {
  return idempotency !== null || gather !== undefined || downstreams !== undefined;
}

function isClaimed(addresses: readonly EventAddress[]): boolean {
  return addresses.some(({ claimCheck }) => claimCheck !== undefined);
}

/** A right as one line of text: `action on resource`, and for buses `from source as name, name`. */
export type Right = string;

/** Returns the rights that publishing `addresses` takes: one per source of a bus, one per topic or queue. */
export function publishRights(deployment: Deployment, addresses: readonly EventAddress[]): readonly Right[] {
  const rights = addresses.map(({ destination: key, source }) => {
    const target = arnOf(deployment, key);
    const { kind } = destinationOf(deployment, key);
    if (kind === 'topic') return `sns:Publish on ${target}`;
    if (kind === 'queue') return `sqs:SendMessage on ${target}`;
    const here = addresses.filter((address) => address.destination === key && address.source === source);
    const names = [...new Set(here.map(({ name }) => name))].sort();
    return `events:PutEvents on ${target} from ${source} as ${names.join(', ')}`;
  });
  const claims = addresses.filter(({ claimCheck }) => claimCheck !== undefined);
  return [...new Set([...rights, ...claims.map(({ name }) => `s3:PutObject on ${payloadsOf(deployment, name)}`)])];
}

/** Returns the rights that `$verify()` of a publisher of `addresses` takes. */
export function verifyRights(deployment: Deployment, addresses: readonly EventAddress[]): readonly Right[] {
  const actions = { bus: 'events:DescribeEventBus', topic: 'sns:GetTopicAttributes', queue: 'sqs:GetQueueAttributes' };
  const keys = [...new Set(addresses.map(({ destination }) => destination))];
  return keys.map((key) => `${actions[destinationOf(deployment, key).kind]} on ${arnOf(deployment, key)}`);
}

/** Returns the rights that getting the payloads of claims takes. */
export function restoreRights(deployment: Deployment, { routes }: Consumer): readonly Right[] {
  const names = new Set(routes.flatMap(({ events }) => events.map(({ name }) => name)));
  return [
    ...[...names].map((name) => `s3:GetObject on ${payloadsOf(deployment, name)}`),
    `s3:ListBucket on ${claimBucketArn(deployment)}`,
  ];
}

/** Returns the rights that remembering takes, on a table. */
export function tableRights({ idempotency, gather, downstreams }: Consumer, table: string): readonly Right[] {
  const verbs = [
    ...(idempotency === null ? [] : ['Delete', 'Get', 'Put', 'Update']),
    ...(gather === undefined ? [] : ['Get', 'Put', 'Update']),
    ...(downstreams === undefined ? [] : ['Get', 'Put']),
  ];
  return [...new Set(verbs)].map((verb) => `dynamodb:${verb}Item on ${table}`);
}

function payloadsOf(deployment: Deployment, eventName: string): string {
  return `${claimBucketArn(deployment)}/claims/${eventName}/*`;
}

function claimBucketArn(deployment: Deployment): string {
  return `arn:\${AWS::Partition}:s3:::${claimBucketOf(deployment)}`;
}
