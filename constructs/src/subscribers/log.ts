import type { LogDelivery } from '@eventloom/engine';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { logRetention } from '../applied-settings.ts';
import { logEncryption } from '../encryption.ts';
import { logGroupName, type SubscriberSite, type SubscriberTarget } from './subscriber-site.ts';

/** A log group of events. */
export interface LogResources {
  readonly type: 'log';
  readonly logGroup: LogGroup;
}

/** Adds a log group. EventBridge may write to it once the policy of the stack says so: see `allowLogging`. */
export function addLog(
  site: SubscriberSite,
  { retentionDays }: LogDelivery,
): { readonly resources: LogResources; readonly target: SubscriberTarget } {
  const name = logGroupName('/aws/events', site);
  const logGroup = new LogGroup(site.scope, 'Events', {
    logGroupName: name,
    retention: logRetention({ logRetentionDays: retentionDays }),
    removalPolicy: site.settings.logRemovalPolicy,
    ...logEncryption(site.scope),
  });
  // Without the `:*` at the end of the ARN that CloudFormation tells.
  const arn = Stack.of(site.scope).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: logGroup.logGroupName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { resources: { type: 'log', logGroup }, target: { rule: { id: 'LogGroup', arn }, endpoints: [] } };
}
