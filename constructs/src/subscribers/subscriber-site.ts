import type { Subscriber } from '@eventloom/engine';
import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Destinations } from '../destinations.ts';

/** What the spec says of everything that a subscriber is made of. */
export interface SubscriberSettings {
  /** How long logs are kept that the spec gives no period of their own. */
  readonly logRetention: RetentionDays;
  /** Whether workflows report to X-Ray. */
  readonly tracing: boolean;
  /** What becomes of streams and buckets when they leave their stack. */
  readonly removalPolicy: RemovalPolicy;
  /** What becomes of log groups when they leave their stack. */
  readonly logRemovalPolicy: RemovalPolicy;
}

/** Where the resources of a subscriber are made, and what they have in common. */
export interface SubscriberSite {
  readonly scope: Construct;
  readonly subscriber: Subscriber;
  readonly destinations: Destinations;
  readonly settings: SubscriberSettings;
  readonly deadLetterQueue: IQueue;
}

/** What rules and subscriptions deliver to. */
export interface SubscriberTarget {
  /** Of every rule, beside its dead-letter queue. Absent: no rule can lead here. */
  readonly rule?: RuleTarget;
  /** One subscription for each, to every topic. Empty: no topic can lead here. */
  readonly endpoints: readonly SubscriptionEndpoint[];
}

/** The target of a rule. */
export type RuleTarget = Omit<CfnRule.TargetProperty, 'deadLetterConfig'>;

/** An endpoint of SNS. */
export interface SubscriptionEndpoint {
  /** Unique within the subscriber, and of what the spec says of the endpoint. */
  readonly id: string;
  readonly protocol: 'email' | 'firehose' | 'http' | 'https' | 'sms' | 'sqs';
  readonly endpoint: string;
  readonly rawMessageDelivery?: true;
  readonly subscriptionRoleArn?: string;
  readonly deliveryPolicy?: object;
}

/** Returns the name of a log group of a subscriber below `folder`: the stack, then the consumer. */
export function logGroupName(folder: string, { scope, subscriber }: SubscriberSite): string {
  return `${folder}/${Stack.of(scope).stackName}/${subscriber.consumer.replaceAll(/[^\w.-]/g, '-')}`;
}
