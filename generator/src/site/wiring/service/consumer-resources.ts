import type { Consumer, ResolvedSettings, Topology } from '@eventloom/engine';
import { count } from '../../count.ts';
import type { Fact, ResourceEntry } from '../../site-model.ts';
import { hasOwnQueue } from '../facts/handler-facts.ts';
import { code, duration } from '../words.ts';
import { keptFact, logFact } from './shared-facts.ts';

/** The function of a consumer, its queues, rules, subscriptions and mappings. */
export function consumerResources(
  topology: Topology,
  consumer: Consumer,
  settings: ResolvedSettings,
): readonly ResourceEntry[] {
  const { key, constructId, routes } = consumer;
  const make = (kind: string, path: string, facts: readonly Fact[]): ResourceEntry => ({
    ...{ kind, name: `${constructId}/${path}`, belongsTo: key, facts },
  });
  return [
    {
      kind: 'Lambda function',
      name: functionName(topology, consumer),
      belongsTo: key,
      facts: functionFacts(consumer, settings),
    },
    ...(hasOwnQueue(consumer) ? [make('SQS queue', 'Queue', queueFacts(consumer))] : []),
    ...(routes.length === 1 && routes[0]?.kind === 'sqs' ? [] : [deadLetterQueue(consumer)]),
    ...routes.flatMap((route): readonly ResourceEntry[] => {
      const operation = { label: 'Operation', value: code(route.operation) };
      switch (route.kind) {
        case 'eventbridge':
          return [make('EventBridge rule', `${route.constructId}Rule`, [operation])];
        case 'eventbridge-sns':
        case 'sns':
          return [make('SNS subscription', `${route.constructId}Subscription`, [operation])];
        case 'sqs':
          return [make('event source mapping', `${route.constructId}Mapping`, [operation])];
        default:
          return route satisfies never;
      }
    }),
    ...(hasOwnQueue(consumer) ? [make('event source mapping', 'Mapping', batchFacts(consumer))] : []),
  ];
}

/** A function that other services call has a name; AWS chooses that of any other. */
export function functionName({ system }: Topology, { callers, service, constructId }: Consumer): string {
  return callers === undefined ? `${constructId}/Function` : `${system}-${service}-${constructId}`;
}

function functionFacts({ handler, delivery }: Consumer, settings: ResolvedSettings): readonly Fact[] {
  return [
    { label: 'Handler', value: code(handler) },
    { label: 'Time-out', value: duration(delivery.timeoutSeconds) },
    { label: 'Memory', value: `${delivery.memoryMb} MiB` },
    { label: 'Processor', value: settings.architecture },
    logFact(settings),
  ];
}

function queueFacts({ delivery }: Consumer): readonly Fact[] {
  if (delivery.type !== 'queue') return [];
  return [
    ...(delivery.fifo ? [{ label: 'Order', value: 'FIFO' }] : []),
    { label: 'Visibility time-out', value: duration(delivery.visibilityTimeoutSeconds) },
    { label: 'Receives', value: `${delivery.maxReceiveCount} at most, then the dead-letter queue` },
  ];
}

function batchFacts({ delivery }: Consumer): readonly Fact[] {
  return delivery.type === 'queue'
    ? [{ label: 'Batch', value: `${count(delivery.batchSize, 'message')} at most` }]
    : [];
}

function deadLetterQueue({ key, constructId, delivery }: Consumer): ResourceEntry {
  const fifo = delivery.type === 'queue' && delivery.fifo;
  return {
    kind: 'dead-letter queue',
    name: `${constructId}/DeadLetterQueue`,
    belongsTo: key,
    facts: [...(fifo ? [{ label: 'Order', value: 'FIFO' }] : []), keptFact],
  };
}
