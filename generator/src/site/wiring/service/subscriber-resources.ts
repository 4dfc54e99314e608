import type { ResolvedSettings, Subscriber, SubscriberDelivery, Topology } from '@eventloom/engine';
import type { Fact, ResourceEntry } from '../../site-model.ts';
import { subscriberFacts } from '../facts/subscriber-facts.ts';
import { stackOf } from '../stack-names.ts';
import { code } from '../words.ts';
import { keptFact, logFact, removalFact } from './shared-facts.ts';

/** What a consumer without a handler delivers to, as far as the stack makes it, its rules and subscriptions. */
export function subscriberResources(
  topology: Topology,
  subscriber: Subscriber,
  settings: ResolvedSettings,
): readonly ResourceEntry[] {
  const { key, constructId, routes, delivery } = subscriber;
  const make = (kind: string, path: string, facts: readonly Fact[]): ResourceEntry => ({
    ...{ kind, name: `${constructId}/${path}`, belongsTo: key, facts },
  });
  const main = subscriberFacts(subscriber).filter(({ label }) => !madeOnTheirOwn.has(label));
  const fifo = delivery.type === 'none' && delivery.fifo;
  return [
    ...targets(delivery, { make, main, settings, logGroup: logGroupName(topology, subscriber) }),
    make('dead-letter queue', 'DeadLetterQueue', [...(fifo ? [{ label: 'Order', value: 'FIFO' }] : []), keptFact]),
    ...routes.flatMap((route) => {
      const facts = [{ label: 'Operation', value: code(route.operation) }];
      if (route.kind === 'eventbridge') return [make('EventBridge rule', `${route.constructId}Rule`, facts)];
      return endpointIds(delivery).map((id) =>
        make('SNS subscription', `${route.constructId}Subscription${id}`, facts),
      );
    }),
  ];
}

/** Facts that stand as resources of their own. */
const madeOnTheirOwn: ReadonlySet<string> = new Set([
  'Dead-letter queue',
  'State machine',
  'Stream',
  'Bucket',
  'Log group',
  'Queue',
]);

/** Every address has a subscription of its own. */
function endpointIds(delivery: SubscriberDelivery): readonly string[] {
  if (delivery.type === 'email') return delivery.addresses;
  return delivery.type === 'sms' ? delivery.numbers : [''];
}

interface Making {
  readonly make: (kind: string, path: string, facts: readonly Fact[]) => ResourceEntry;
  readonly main: readonly Fact[];
  readonly settings: ResolvedSettings;
  readonly logGroup: ResourceEntry;
}

function targets(delivery: SubscriberDelivery, { make, main, settings, logGroup }: Making): readonly ResourceEntry[] {
  switch (delivery.type) {
    case 'workflow':
      return delivery.definition === null
        ? []
        : [
            make('Step Functions state machine', 'StateMachine', [
              { label: 'Kind', value: delivery.kind },
              ...main,
              logFact(settings),
            ]),
          ];
    case 'stream':
      return delivery.kind === 'kinesis'
        ? [make('Kinesis stream', 'Stream', [...main, removalFact(settings)])]
        : [
            make('Firehose stream', 'DeliveryStream', [...main, logFact(settings)]),
            make('S3 bucket', 'Bucket', [removalFact(settings)]),
          ];
    case 'endpoint':
      return [make('API destination', 'ApiDestination', main), make('connection', 'Connection', [])];
    case 'log':
      return [{ ...logGroup, facts: main }];
    case 'none':
      return delivery.arn === null ? [make('SQS queue', 'Queue', main)] : [];
    case 'bus':
    case 'email':
    case 'sms':
    case 'http':
      return [];
    default:
      return delivery satisfies never;
  }
}

function logGroupName(topology: Topology, { key, consumer }: Subscriber): ResourceEntry {
  const name = `/aws/events/${stackOf(topology, key)}/${consumer.replaceAll(/[^\w.-]/g, '-')}`;
  return { kind: 'CloudWatch log group', name, belongsTo: key, facts: [] };
}
