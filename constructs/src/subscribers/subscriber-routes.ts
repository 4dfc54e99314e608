import type { EventBridgeRoute, SubscriberRoute } from '@eventloom/engine';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { setPattern } from '../inert-json.ts';
import { addRule } from '../routes.ts';
import type { SubscriberSite, SubscriberTarget, SubscriptionEndpoint } from './subscriber-site.ts';

/** Adds the rule of a route from a bus. */
export function addSubscriberRule(
  { scope, destinations, deadLetterQueue }: SubscriberSite,
  route: EventBridgeRoute,
  { rule }: SubscriberTarget,
): CfnRule {
  if (rule === undefined) throw new Error(`No rule can lead to ${route.operation}`);
  return addRule(scope, `${route.constructId}Rule`, {
    busName: destinations.locate(route.bus).name,
    eventPattern: route.eventPattern,
    targetId: rule.id,
    targetArn: rule.arn,
    deadLetterQueue,
    further: rule,
  });
}

/** Adds the subscription of a route from a topic to one endpoint. */
export function addSubscription(
  { scope, destinations, deadLetterQueue }: SubscriberSite,
  route: Exclude<SubscriberRoute, EventBridgeRoute>,
  { id, ...endpoint }: SubscriptionEndpoint,
): CfnSubscription {
  const subscription = new CfnSubscription(scope, `${route.constructId}Subscription${id}`, {
    topicArn: destinations.locate(route.topic).arn,
    ...endpoint,
    filterPolicyScope: route.filterPolicyScope,
    redrivePolicy: { deadLetterTargetArn: deadLetterQueue.queueArn },
  });
  if (route.filterPolicy !== null) setPattern(subscription, 'FilterPolicy', route.filterPolicy);
  return subscription;
}
