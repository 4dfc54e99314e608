import type { EventAddress } from '@eventloom/engine';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { claimArns, claimEnvironment, isClaimed } from './claim-rights.ts';
import type { Destinations, LocatedDestination } from './destinations.ts';
import { grantKey, type KeyUse } from './key-rights.ts';
import { policyText } from './policy-text.ts';
import { sortedBy } from './sorted.ts';

/** What one policy statement allows. */
interface PublishRight {
  readonly action: string;
  readonly resourceArns: readonly string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
}

/**
 * Grants the right to publish the events of `addresses` and no others. On a bus that is one statement per source,
 * bound to the source and its detail-types
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html).
 */
export function grantPublish(
  grantee: IGrantable,
  addresses: readonly EventAddress[],
  destinations: Destinations,
): Grant {
  const grant = grantAll(grantee, publishRights(addresses, destinations));
  return grant.combine(grantKey(grantee, destinations.scope, keyUses(addresses, destinations)));
}

/** What is published where a key is needed: a bus uses its key itself. */
function keyUses(addresses: readonly EventAddress[], destinations: Destinations): readonly KeyUse[] {
  const kinds = keysOf(addresses).map((key) => destinations.locate(key).destination.kind);
  return [
    ...(kinds.includes('topic') ? (['publishToTopic'] as const) : []),
    ...(kinds.includes('queue') ? (['sendToQueue'] as const) : []),
    ...(isClaimed(addresses) ? (['putObject'] as const) : []),
  ];
}

/**
 * Grants the right to ask AWS for the destinations of `addresses`, as a publisher's `$verify()` does. It tells nothing of
 * what is sent there.
 */
export function grantVerify(
  grantee: IGrantable,
  addresses: readonly EventAddress[],
  destinations: Destinations,
): Grant {
  const rights = keysOf(addresses).map((key) => {
    const { destination, arn } = destinations.locate(key);
    return { action: describing[destination.kind], resourceArns: [arn] };
  });
  return grantAll(grantee, rights);
}

const describing = {
  bus: 'events:DescribeEventBus',
  topic: 'sns:GetTopicAttributes',
  queue: 'sqs:GetQueueAttributes',
} as const;

function grantAll(grantee: IGrantable, rights: readonly PublishRight[]): Grant {
  return rights
    .map(({ action, resourceArns, conditions }) =>
      Grant.addToPrincipal({
        grantee,
        actions: [action],
        resourceArns: [...resourceArns],
        ...(conditions === undefined ? {} : { conditions }),
      }),
    )
    .reduce((all, grant) => all.combine(grant), Grant.drop(grantee, 'publish'));
}

/** Returns the environment variables that tell a publisher of `addresses` where their destinations are, sorted by name. */
export function publishEnvironment(
  addresses: readonly EventAddress[],
  destinations: Destinations,
): Readonly<Record<string, string>> {
  const located = keysOf(addresses).map((key) => destinations.locate(key));
  const sorted = sortedBy(located, ({ destination }) => destination.environmentVariable);
  const claims = isClaimed(addresses) ? claimEnvironment(destinations) : {};
  const own = Object.fromEntries(
    sorted.map(({ destination, environmentValue }) => [destination.environmentVariable, environmentValue]),
  );
  return { ...claims, ...own };
}

function publishRights(addresses: readonly EventAddress[], destinations: Destinations): readonly PublishRight[] {
  const rights = keysOf(addresses).flatMap((key) => {
    const sentHere = addresses.filter((address) => address.destination === key);
    return rightsAt(destinations.locate(key), sentHere);
  });
  const claimed = addresses.filter(({ claimCheck }) => claimCheck !== undefined).map(({ name }) => name);
  const payloads = claimArns(claimed, destinations);
  return payloads.length === 0 ? rights : [...rights, { action: 's3:PutObject', resourceArns: payloads }];
}

function rightsAt(
  { destination, arn }: LocatedDestination,
  addresses: readonly EventAddress[],
): readonly PublishRight[] {
  switch (destination.kind) {
    case 'bus':
      return distinct(addresses.map((address) => address.source)).map((source) => ({
        action: 'events:PutEvents',
        resourceArns: [arn],
        conditions: putEventsConditions(source, addresses),
      }));
    case 'topic':
      return [{ action: 'sns:Publish', resourceArns: [arn] }];
    case 'queue':
      return [{ action: 'sqs:SendMessage', resourceArns: [arn] }];
    default:
      return destination satisfies never;
  }
}

/**
 * Returns the conditions that bind a right to put events to `source` and to the names of its events among `addresses`.
 *
 * @throws ConstructError `dynamic-reference` where CloudFormation would put a secret into them.
 */
export function putEventsConditions(
  source: string,
  addresses: readonly Pick<EventAddress, 'name' | 'source'>[],
): Record<string, Record<string, unknown>> {
  const names = addresses.filter((address) => address.source === source).map((address) => address.name);
  return {
    StringEquals: {
      'events:source': policyText(source),
      'events:detail-type': distinct(names).map(policyText),
    },
  };
}

function keysOf(addresses: readonly EventAddress[]): readonly string[] {
  return distinct(addresses.map((address) => address.destination));
}

function distinct(texts: readonly string[]): readonly string[] {
  return sortedBy([...new Set(texts)], (text) => text);
}
