import {
  type ResolvedSettings,
  type Topology,
  watchableConsumer,
  watchableRelay,
  watchableSubscriber,
} from '@eventloom/engine';
import type { EventConsumer } from '../event-consumer.ts';
import type { OutboxRelay } from '../outbox-relay.ts';
import type { EventSubscriber } from '../subscribers/event-subscriber.ts';
import { executionsFailed } from './metrics.ts';
import type { MetricSource, Waiting, Watched } from './watched.ts';

type Alarms = Pick<ResolvedSettings, 'alarms'>;

/** Returns a consumer as it is watched. */
export function watchConsumer(topology: Topology, consumer: EventConsumer, settings: Alarms): Watched {
  const { deadLetterQueues, queues, rules, function: lambda } = consumer;
  return {
    watchable: watchableConsumer(topology, consumer.consumer, settings),
    scope: consumer,
    redrive: 'command',
    deadLetterQueues,
    waiting: queues.map((queue) => ({ kind: 'queue', queue })),
    function: lambda,
    rules,
  };
}

/** Returns the relay of an outbox as it is watched. */
export function watchRelay(relay: OutboxRelay, settings: Alarms): Watched {
  return {
    watchable: watchableRelay(relay.outbox.key, settings),
    scope: relay,
    redrive: 'outbox',
    deadLetterQueues: [relay.deadLetterQueue],
    waiting: [{ kind: 'stream', reader: relay.function }],
    function: relay.function,
    rules: new Map(),
  };
}

/** Returns a subscriber as it is watched. */
export function watchSubscriber(subscriber: EventSubscriber, settings: Alarms): Watched {
  const { deadLetterQueues, rules } = subscriber;
  return {
    watchable: watchableSubscriber(subscriber.subscriber, settings),
    scope: subscriber,
    redrive: subscriber.queue === undefined ? 'again' : 'sqs',
    deadLetterQueues,
    waiting: waitingOf(subscriber),
    failures: failuresOf(subscriber),
    rules,
  };
}

function waitingOf({ queue, deliversTo }: EventSubscriber): readonly Waiting[] {
  if (queue !== undefined) return [{ kind: 'queue', queue }];
  if (deliversTo.type !== 'firehose') return [];
  return [{ kind: 'delivery', deliveryStreamName: deliversTo.deliveryStream.ref }];
}

function failuresOf({ deliversTo }: EventSubscriber): ReadonlyMap<string, MetricSource> {
  if (deliversTo.type !== 'workflow') return new Map();
  return new Map([['Executions', executionsFailed(deliversTo.stateMachine)]]);
}
