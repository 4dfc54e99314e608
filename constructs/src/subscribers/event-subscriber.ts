import type { Subscriber, SubscriberRoute } from '@eventloom/engine';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Destinations } from '../destinations.ts';
import { addDeadLetterQueue, allowSenders } from '../queues.ts';
import { sortedBy } from '../sorted.ts';
import { checkSubscriber } from './check-subscriber.ts';
import { addDelivery, type SubscriberResources } from './delivers-to.ts';
import { tellOwner } from './external-queue.ts';
import { allowLogging } from './log-policy.ts';
import { addSubscriberRule, addSubscription } from './subscriber-routes.ts';
import type { SubscriberSettings, SubscriberSite, SubscriberTarget } from './subscriber-site.ts';
import type { WorkflowSource } from './workflow-source.ts';

/** What a subscriber is built from. */
export interface EventSubscriberProps {
  readonly subscriber: Subscriber;
  readonly destinations: Destinations;
  readonly settings: SubscriberSettings;

  /**
   * The state machine of a `workflow` whose definition stands in no file.
   *
   * @default - none; then the definition must stand in the topology
   */
  readonly workflow?: WorkflowSource;
}

/**
 * The resources of one subscriber: what its events go to, the rules and subscriptions that lead there, the roles that let
 * them, and a dead-letter queue for all that could not be delivered. All are exposed, so that what the spec cannot say can
 * still be set on them.
 */
export class EventSubscriber extends Construct {
  readonly subscriber: Subscriber;
  readonly deadLetterQueue: IQueue;
  /** Every queue on which an event of the subscriber may end, to watch them. */
  readonly deadLetterQueues: readonly IQueue[];
  /** What the events go to, with what was made for it. */
  readonly deliversTo: SubscriberResources;
  /** The queue that was made for delivery type `none`; else undefined. */
  readonly queue: IQueue | undefined;
  /** The rule of each route from a bus, by operation key. */
  readonly rules: ReadonlyMap<string, CfnRule>;
  /** The subscriptions of each route from a topic, by operation key: one for each address. */
  readonly subscriptions: ReadonlyMap<string, readonly CfnSubscription[]>;

  /** @throws ConstructError when AWS cannot build one of the routes, or a state machine is missing. */
  constructor(scope: Construct, id: string, props: EventSubscriberProps) {
    super(scope, id);
    const { subscriber, destinations, settings } = props;
    checkSubscriber(subscriber, destinations);
    this.subscriber = subscriber;
    const fifo = subscriber.delivery.type === 'none' && subscriber.delivery.fifo;
    this.deadLetterQueue = addDeadLetterQueue(this, 'DeadLetterQueue', { fifo });
    this.deadLetterQueues = [this.deadLetterQueue];
    const site = { scope: this, subscriber, destinations, settings, deadLetterQueue: this.deadLetterQueue };
    const { resources, target } = addDelivery(site, subscriber.delivery, props.workflow);
    this.deliversTo = resources;
    this.queue = resources.type === 'queue' ? resources.queue : undefined;
    const wiring = wireRoutes(site, target);
    this.rules = wiring.rules;
    this.subscriptions = wiring.subscriptions;
    allowDelivery(this, resources, wiring);
  }
}

interface Wiring {
  readonly rules: ReadonlyMap<string, CfnRule>;
  readonly subscriptions: ReadonlyMap<string, readonly CfnSubscription[]>;
}

function wireRoutes(site: SubscriberSite, target: SubscriberTarget): Wiring {
  const rules = new Map<string, CfnRule>();
  const subscriptions = new Map<string, readonly CfnSubscription[]>();
  const routes: readonly SubscriberRoute[] = sortedBy(site.subscriber.routes, ({ operation }) => operation);
  for (const route of routes) {
    if (route.kind === 'eventbridge') rules.set(route.operation, addSubscriberRule(site, route, target));
    else {
      const ofRoute = target.endpoints.map((endpoint) => addSubscription(site, route, endpoint));
      subscriptions.set(route.operation, ofRoute);
    }
  }
  return { rules, subscriptions };
}

/** Lets rules and topics send to the queues, and rules write to the log group. */
function allowDelivery(subscriber: EventSubscriber, resources: SubscriberResources, wiring: Wiring): void {
  const ruleArns = [...wiring.rules.values()].map((rule) => rule.attrArn);
  const topicArns = [...wiring.subscriptions.values()].flat().map((subscription) => subscription.topicArn);
  const { deadLetterQueue, queue } = subscriber;
  for (const target of queue === undefined ? [deadLetterQueue] : [queue, deadLetterQueue]) {
    allowSenders(target, 'events', ruleArns);
    allowSenders(target, 'sns', topicArns);
  }
  if (resources.type === 'log') allowLogging(subscriber, ruleArns);
  if (resources.type === 'queue' && queue === undefined) tellOwner(subscriber, resources, { ruleArns, topicArns });
}
