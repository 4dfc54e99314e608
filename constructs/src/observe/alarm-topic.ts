import { settingsOf, type Topology } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { topicEncryption } from '../encryption.ts';
import { alarmTopicName } from '../physical-name.ts';

/** What the topic of alarms is made from. */
export interface AlarmTopicOptions {
  readonly topology: Topology;
  readonly environment?: string | undefined;
}

/**
 * Adds the topic that all alarms of the system are sent to, with its mail subscriptions, each of which must confirm. Only
 * alarms of the account may publish, over TLS
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html). It is not made
 * for a system without alarms.
 *
 * It is encrypted with the system's own key, which lets CloudWatch use it, where there is one. The key that AWS manages for
 * SNS does not, so without one nothing is set. An alarm says names and numbers of metrics, nothing of any event.
 */
export function addAlarmTopic(scope: Construct, options: AlarmTopicOptions): Topic {
  const { topology, environment } = options;
  const topic = new Topic(scope, 'AlarmTopic', {
    topicName: alarmTopicName(topology.system, environment),
    enforceSSL: true,
    ...topicEncryption(scope),
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  for (const address of [...new Set(settingsOf(topology, environment).notify)].sort()) {
    // The address is its id, so that another one leaves it alone.
    new CfnSubscription(topic, `Mail ${address}`, { topicArn: topic.topicArn, protocol: 'email', endpoint: address });
  }
  return topic;
}

/** Returns the ARN of the topic of alarms as the stack of `scope` sees it. */
export function alarmTopicArn(scope: Construct, system: string, environment: string | undefined): string {
  return Stack.of(scope).formatArn({ service: 'sns', resource: alarmTopicName(system, environment) });
}
