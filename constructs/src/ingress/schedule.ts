import { type IngressAttribute, limits, type ScheduleIngress } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Destinations, LocatedDestination } from '../destinations.ts';
import { grantPublish } from '../grant-publish.ts';
import { inertJsonText, inertText } from '../inert-json.ts';
import { grantKey } from '../key-rights.ts';
import { addDeadLetterQueue } from '../queues.ts';

/** What a schedule is built from. */
export interface ScheduledIngressProps {
  readonly ingress: ScheduleIngress;
  readonly destinations: Destinations;
}

/**
 * A schedule that publishes an event again and again, its role, which may publish this event and nothing else, and the
 * dead-letter queue for what Scheduler could not publish for a day. All are exposed.
 */
export class ScheduledIngress extends Construct {
  readonly ingress: ScheduleIngress;
  readonly schedule: CfnSchedule;
  readonly role: Role;
  readonly deadLetterQueue: IQueue;
  readonly deadLetterQueues: readonly IQueue[];

  constructor(scope: Construct, id: string, { ingress, destinations }: ScheduledIngressProps) {
    super(scope, id);
    this.ingress = ingress;
    this.deadLetterQueue = addDeadLetterQueue(this, 'DeadLetterQueue', { fifo: false });
    this.deadLetterQueues = [this.deadLetterQueue];
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const located = destinations.locate(ingress.event.destination);
    grantPublish(this.role, [ingress.event], destinations);
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetterQueue.queueArn] }),
    );
    const { kind } = located.destination;
    grantKey(this.role, this, ['sendToQueue', ...(kind === 'topic' ? (['publishToTopic'] as const) : [])]);
    this.schedule = new CfnSchedule(this, 'Schedule', {
      ...(ingress.description === null ? {} : { description: inertText(ingress.description).slice(0, 512) }),
      scheduleExpression: ingress.expression,
      ...(ingress.timezone === null ? {} : { scheduleExpressionTimezone: ingress.timezone }),
      flexibleTimeWindow:
        ingress.flexibleMinutes === null
          ? { mode: 'OFF' }
          : { mode: 'FLEXIBLE', maximumWindowInMinutes: ingress.flexibleMinutes },
      target: {
        ...scheduleTarget(this, ingress, located),
        roleArn: this.role.roleArn,
        deadLetterConfig: { arn: this.deadLetterQueue.queueArn },
        retryPolicy: {
          maximumRetryAttempts: limits.scheduleRetryAttemptsMaximum.value,
          maximumEventAgeInSeconds: limits.scheduleEventAgeSecondsMaximum.value,
        },
      },
    });
  }
}

type Target = Pick<CfnSchedule.TargetProperty, 'arn' | 'input' | 'eventBridgeParameters'>;

/** The templated targets of SNS and SQS send no attributes, so that their own calls are made. */
function scheduleTarget(
  scope: Construct,
  ingress: ScheduleIngress,
  { destination, arn, environmentValue }: LocatedDestination,
): Target {
  const { event, payload, group } = ingress;
  const call = (service: string) => `arn:${Stack.of(scope).partition}:scheduler:::aws-sdk:${service}`;
  const fifo =
    group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: '<aws.scheduler.execution-id>' };
  const attributes = { MessageAttributes: attributesOf(ingress) };
  switch (destination.kind) {
    case 'bus':
      return {
        arn,
        input: inertJsonText(JSON.parse(payload)),
        // The grant has refused names that CloudFormation would read.
        eventBridgeParameters: { detailType: event.name, source: event.source },
      };
    case 'topic':
      return {
        arn: call('sns:publish'),
        input: inputOf('TopicArn', arn, { Message: payload, ...attributes, ...fifo }),
      };
    case 'queue':
      return {
        arn: call('sqs:sendMessage'),
        input: inputOf('QueueUrl', environmentValue, { MessageBody: payload, ...attributes, ...fifo }),
      };
    default:
      return destination satisfies never;
  }
}

/** What comes of the spec is made inert, while the place is for the CDK to fill in; it needs no escapes. */
function inputOf(field: string, place: string, rest: object): string {
  return `{"${field}":"${place}",${inertJsonText(rest as never).slice(1)}`;
}

function attributesOf({ event, attributes = {} }: ScheduleIngress): object {
  const sent: Readonly<Record<string, { readonly type: IngressAttribute['type']; readonly text: string }>> = {
    ...attributes,
    type: { type: 'String', text: event.name },
    id: { type: 'String', text: '<aws.scheduler.execution-id>' },
    time: { type: 'String', text: '<aws.scheduler.scheduled-time>' },
  };
  return Object.fromEntries(
    Object.entries(sent).map(([name, { type, text }]) => [name, { DataType: type, StringValue: text }]),
  );
}
