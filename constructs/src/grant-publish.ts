import { claimBucketVariable, type EventAddress } from '@eventloom/engine';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { ConstructError } from './construct-error.ts';
import type { Destinations, LocatedDestination } from './destinations.ts';
import { holdsReference } from './inert-json.ts';
import { sortedBy } from './sorted.ts';

/** What one policy statement allows. */
interface PublishRight {
  readonly action: string;
  readonly resourceArn: string;
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
  return publishRights(addresses, destinations)
    .map(({ action, resourceArn, conditions }) =>
      Grant.addToPrincipal({
        grantee,
        actions: [action],
        resourceArns: [resourceArn],
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

/** Returns the environment variable that tells a handler or a publisher where the payloads of claims are. */
export function claimEnvironment({ claimBucket }: Destinations): Readonly<Record<string, string>> {
  return claimBucket === undefined ? {} : { [claimBucketVariable]: claimBucket.name };
}

function publishRights(addresses: readonly EventAddress[], destinations: Destinations): readonly PublishRight[] {
  const { claimBucket } = destinations;
  const claims =
    isClaimed(addresses) && claimBucket !== undefined
      ? [{ action: 's3:PutObject', resourceArn: `${claimBucket.arn}/*` }]
      : [];
  const rights = keysOf(addresses).flatMap((key) => {
    const sentHere = addresses.filter((address) => address.destination === key);
    return rightsAt(destinations.locate(key), sentHere);
  });
  return [...rights, ...claims];
}

function isClaimed(addresses: readonly EventAddress[]): boolean {
  return addresses.some(({ claimCheck }) => claimCheck !== undefined);
}

function rightsAt(
  { destination, arn }: LocatedDestination,
  addresses: readonly EventAddress[],
): readonly PublishRight[] {
  switch (destination.kind) {
    case 'bus':
      return distinct(addresses.map((address) => address.source)).map((source) => ({
        action: 'events:PutEvents',
        resourceArn: arn,
        conditions: putEventsConditions(source, addresses),
      }));
    case 'topic':
      return [{ action: 'sns:Publish', resourceArn: arn }];
    case 'queue':
      return [{ action: 'sqs:SendMessage', resourceArn: arn }];
    default:
      return destination satisfies never;
  }
}

function putEventsConditions(
  source: string,
  addresses: readonly EventAddress[],
): Record<string, Record<string, unknown>> {
  const names = addresses.filter((address) => address.source === source).map((address) => address.name);
  return {
    StringEquals: {
      'events:source': policyText(source),
      'events:detail-type': distinct(names).map(policyText),
    },
  };
}

/**
 * Returns `text` as a condition value that means itself: IAM reads `${…}` as a variable.
 *
 * @throws ConstructError `dynamic-reference` where CloudFormation would put a secret in its place; no escape exists.
 */
function policyText(text: string): string {
  const escaped = text.replaceAll('${', () => '${$}{');
  if (!holdsReference(escaped)) return escaped;
  throw new ConstructError(
    'dynamic-reference',
    `CloudFormation would replace a part of the event source or name '${text}': rename it in the spec.`,
  );
}

function keysOf(addresses: readonly EventAddress[]): readonly string[] {
  return distinct(addresses.map((address) => address.destination));
}

function distinct(texts: readonly string[]): readonly string[] {
  return sortedBy([...new Set(texts)], (text) => text);
}
