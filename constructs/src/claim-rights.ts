import { type Consumer, claimBucketVariable, type EventAddress } from '@eventloom/engine';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Destinations } from './destinations.ts';
import { grantKey } from './key-rights.ts';

/** Returns the environment variable that tells a handler or a publisher where the payloads of claims are. */
export function claimEnvironment({ claimBucket }: Destinations): Readonly<Record<string, string>> {
  return claimBucket === undefined ? {} : { [claimBucketVariable]: claimBucket.name };
}

/** Tells whether some of the events may be sent as claims. */
export function isClaimed(addresses: readonly EventAddress[]): boolean {
  return addresses.some(({ claimCheck }) => claimCheck !== undefined);
}

/** Returns the ARNs of the payloads of these events, for IAM. */
export function claimArns(
  names: readonly string[],
  { claimBucket }: Pick<Destinations, 'claimBucket'>,
): readonly string[] {
  if (claimBucket === undefined) return [];
  return [...new Set(names)].sort().map((name) => `${claimBucket.arn}/${claimPrefix(name)}*`);
}

/** The runtime keeps a payload under the name of its event. What IAM would take for a wildcard means itself. */
function claimPrefix(eventName: string): string {
  return `claims/${encodeURIComponent(eventName).replaceAll('*', () => '${*}')}/`;
}

/**
 * Lets `role` read the payloads of the events that the consumer receives, and learn that one is gone: without
 * `s3:ListBucket` S3 answers 403 for an object that does not exist, as if the right to read it was missing
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html). That right cannot be bound to a prefix: reading
 * an object names none, so a condition on it would not hold.
 */
export function allowRestoring(role: Role, { routes }: Consumer, destinations: Destinations): void {
  const { claimBucket } = destinations;
  if (claimBucket === undefined) return;
  const names = routes.flatMap(({ events }) => events.map(({ name }) => name));
  role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [...claimArns(names, destinations)] }));
  role.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [claimBucket.arn] }));
  grantKey(role, role, ['getObject']);
}
