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
import type { Watched } from './watched.ts';

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

/** Returns a subscriber as it is watched: its own queue, or the executions of its workflow, and what never got there. */
export function watchSubscriber(subscriber: EventSubscriber, settings: Alarms): Watched {
  const { deadLetterQueues, deliversTo, queue, rules } = subscriber;
  return {
    watchable: watchableSubscriber(subscriber.subscriber, settings),
    scope: subscriber,
    redrive: queue === undefined ? 'again' : 'sqs',
    deadLetterQueues,
    waiting: queue === undefined ? [] : [{ kind: 'queue', queue }],
    ...(deliversTo.type === 'workflow'
      ? { failures: new Map([['Executions', executionsFailed(deliversTo.stateMachine)]]) }
      : {}),
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
