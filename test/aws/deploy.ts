import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import type { Cloud } from './clouds.ts';
import type { PlannedStack } from './stacks.ts';
import type { TemplateBucket } from './template-bucket.ts';
import { waitUntil } from './wait.ts';

/** What a stack became: physical ids by logical id. */
export type PhysicalIds = ReadonlyMap<string, string>;

/**
 * Creates stacks, all at once, and waits for them.
 *
 * @throws Error with the reasons that CloudFormation gives, when one of them fails.
 */
export async function createStacks(
  cloud: Cloud,
  stacks: readonly PlannedStack[],
  bucket: TemplateBucket,
): Promise<ReadonlyMap<string, PhysicalIds>> {
  const create = async ({ name, template }: PlannedStack) => {
    await cloud.cloudFormation.send(
      new CreateStackCommand({
        StackName: name,
        ...(await bucket.bodyOf(name, template)),
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
        OnFailure: 'DO_NOTHING',
      }),
    );
    await waitUntil(async () => isCreated(cloud, name), { seconds: 900, what: `stack ${name}`, everyMs: 500 });
    return [name, await physicalIds(cloud, name)] as const;
  };
  // All come to an end, also when one fails: a stack that is being made cannot be deleted.
  const created = await Promise.allSettled(stacks.map(create));
  const failed = created.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return new Map(created.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
}

/** Deletes stacks, all at once, and waits until they are gone. */
export async function deleteStacks(cloud: Cloud, names: readonly string[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      await cloud.cloudFormation.send(new DeleteStackCommand({ StackName: name }));
      await waitUntil(async () => isGone(cloud, name), { seconds: 900, what: `stack ${name} to go`, everyMs: 500 });
    }),
  );
}

async function isCreated(cloud: Cloud, name: string): Promise<boolean> {
  const status = await statusOf(cloud, name);
  if (status === 'CREATE_COMPLETE') return true;
  if (status === 'CREATE_IN_PROGRESS') return false;
  throw new Error(`Stack ${name} is ${status}: ${await reasonsOf(cloud, name)}`);
}

async function isGone(cloud: Cloud, name: string): Promise<boolean> {
  const status = await statusOf(cloud, name);
  if (status === 'DELETE_FAILED') throw new Error(`Stack ${name} is ${status}: ${await reasonsOf(cloud, name)}`);
  return status === undefined || status === 'DELETE_COMPLETE';
}

async function statusOf(cloud: Cloud, name: string): Promise<string | undefined> {
  try {
    const { Stacks = [] } = await cloud.cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0]?.StackStatus;
  } catch (error) {
    if (/does not exist/.test(String(error))) return undefined;
    throw error;
  }
}

async function reasonsOf(cloud: Cloud, name: string): Promise<string> {
  const { StackEvents = [] } = await cloud.cloudFormation.send(new DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('FAILED'))
    .map(
      ({ LogicalResourceId, ResourceType, ResourceStatusReason }) =>
        `${LogicalResourceId} (${ResourceType}): ${ResourceStatusReason}`,
    )
    .join('; ');
}

async function physicalIds(cloud: Cloud, name: string): Promise<PhysicalIds> {
  const found: StackResourceSummary[] = [];
  let token: string | undefined;
  do {
    const page = await cloud.cloudFormation.send(
      new ListStackResourcesCommand({ StackName: name, ...(token === undefined ? {} : { NextToken: token }) }),
    );
    found.push(...(page.StackResourceSummaries ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return new Map(
    found.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [LogicalResourceId, PhysicalResourceId]),
  );
}
