import type { BusDestination } from '@eventloom/engine';
import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  CfnDelivery,
  CfnDeliveryDestination,
  CfnDeliverySource,
  LogGroup,
  type RetentionDays,
} from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { logEncryption } from '../encryption.ts';
import { logDeliveryName } from '../physical-name.ts';

/** How the logs of a bus are kept. */
export interface BusLogOptions {
  readonly busName: string;
  readonly retention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** A bus sends each kind of log by a source of its own; a level includes those before it. */
const logTypes = { error: ['ERROR'], info: ['ERROR', 'INFO'], trace: ['ERROR', 'INFO', 'TRACE'] } as const;

/**
 * Adds the log group of a bus and what delivers to it; nothing when the bus logs nothing. The level on the bus alone sends
 * nothing anywhere (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html).
 */
export function addBusLogs(
  scope: Construct,
  { constructId, logging }: BusDestination,
  bus: EventBus,
  options: BusLogOptions,
): LogGroup | undefined {
  if (logging === undefined) return undefined;
  const place = new Construct(scope, `${constructId}Logs`);
  const logGroup = new LogGroup(place, 'LogGroup', {
    // As the console names it.
    logGroupName: `/aws/vendedlogs/events/event-bus/${options.busName}`,
    retention: options.retention,
    removalPolicy: options.removalPolicy,
    ...logEncryption(scope),
  });
  allowDelivery(logGroup);
  const destination = new CfnDeliveryDestination(place, 'Destination', {
    name: logDeliveryName(options.busName, 'logs'),
    destinationResourceArn: logGroup.logGroupArn,
  });
  for (const type of logTypes[logging.level]) {
    const source = new CfnDeliverySource(place, `${type}Source`, {
      name: logDeliveryName(options.busName, type.toLowerCase()),
      logType: `${type}_LOGS`,
      resourceArn: bus.eventBusArn,
    });
    const delivery = new CfnDelivery(place, `${type}Delivery`, {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.attrArn,
    });
    delivery.addResourceDependency(source);
  }
  return logGroup;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html */
function allowDelivery(logGroup: LogGroup): void {
  const stack = Stack.of(logGroup);
  logGroup.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${logGroup.logGroupArn}:log-stream:*`],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
      },
    }),
  );
}
