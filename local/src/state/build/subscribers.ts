import { type Consumer, limits, type Subscriber } from '@eventloom/engine';
import type { LocalSystemOptions } from '../../options.ts';
import { arn, deadLetterQueueName } from '../names.ts';
import type { Bus, Queue, SubscriberTarget } from '../world.ts';
import { environmentFor } from './outlets.ts';
import { addQueue, deadLetterSettings } from './queues.ts';
import type { Outlet, Site } from './site.ts';

/** Makes the queues of a subscriber, and all of its function but the way to invoke it. */
export function createSubscriberOutlet(
  site: Site,
  subscriber: Subscriber,
  { index, options }: { readonly index: number; readonly options: LocalSystemOptions },
): Outlet {
  const name = `${site.topology.system}-${subscriber.service}-${subscriber.consumer}`;
  const fifo = subscriber.delivery.type === 'none' && subscriber.delivery.fifo;
  const queueName = fifo ? `${name}.fifo` : name;
  const deadLetterQueue = addQueue(site, { ...deadLetterSettings, name: deadLetterQueueName(queueName), fifo });
  const own = ownQueue(site, subscriber, { name: queueName, deadLetterQueue, consumer: index });
  const targets = new Set(subscriber.emits.map(({ destination }) => destination));
  return {
    consumer: asConsumer(subscriber),
    index,
    name,
    arn: arn(site.location, 'eventloom', `subscriber/${name}`),
    deadLetterQueue,
    sources: own === null ? [] : [{ queue: own, filter: null }],
    environment: environmentFor(
      site.location,
      site.topology.destinations.filter(({ key }) => targets.has(key)),
    ),
    end: {
      subscriber,
      isPlayed: options.targets?.[subscriber.key] !== undefined,
      onward: onwardBus(site, subscriber),
      receptions: [],
      limit: options.journalLimit ?? 10_000,
      refused: new Set(),
    },
  };
}

/** Another team's queue is played by one of ours. */
function ownQueue(
  site: Site,
  { delivery }: Subscriber,
  settings: { readonly name: string; readonly deadLetterQueue: Queue; readonly consumer: number },
): Queue | null {
  if (delivery.type !== 'none') return null;
  const { fifo, visibilityTimeoutSeconds, maxReceiveCount } = delivery;
  const redrive = { queue: settings.deadLetterQueue, maxReceiveCount };
  const retentionSeconds = limits.retentionSecondsDefault.value;
  const { name, consumer } = settings;
  return addQueue(site, { name, fifo, visibilityTimeoutSeconds, retentionSeconds, redrive, consumer });
}

/** The bus of the same system that events go on to; null for one elsewhere. */
function onwardBus({ buses }: Site, { delivery }: Subscriber): Bus | null {
  if (delivery.type !== 'bus' || delivery.account !== null || delivery.region !== null) return null;
  return buses.get(delivery.busName) ?? null;
}

/** As a function sees it: what is called, by whom, and what it may publish. */
function asConsumer(subscriber: Subscriber): Consumer {
  const { key, service, consumer, constructId, description, routes, emits } = subscriber;
  return {
    ...{ key, service, consumer, constructId, description, routes, emits },
    handler: key,
    delivery: {
      type: 'function',
      timeoutSeconds: subscriber.delivery.type === 'http' ? httpSeconds : targetSeconds,
      memoryMb: limits.functionMemoryMbDefault.value,
      onInvalid: 'retry',
      retryAttempts: 0,
      maxEventAgeSeconds: limits.asynchronousEventAgeSecondsDefault.value,
    },
    idempotency: null,
  };
}

const httpSeconds = limits.httpEndpointTimeoutSeconds.value;
const targetSeconds = limits.apiDestinationTimeoutSeconds.value;

/** What a subscription or a rule delivers to: one for each address. */
export function endsOf(target: SubscriberTarget['function'], { delivery }: Subscriber): readonly SubscriberTarget[] {
  const addresses =
    delivery.type === 'email' ? delivery.addresses : delivery.type === 'sms' ? delivery.numbers : [null];
  return addresses.map((to) => ({ kind: 'subscriber', function: target, to }));
}

/** Throws when a function plays what is no subscriber of the topology. */
export function requireSubscribers({ topology, targets = {} }: LocalSystemOptions): void {
  const known = new Set((topology.subscribers ?? []).map(({ key }) => key));
  const unknown = Object.keys(targets).filter((key) => !known.has(key));
  if (unknown.length === 0) return;
  const list = [...known].join(', ') || 'none';
  throw new Error(`There is no subscriber ${unknown.join(', ')} whose target could be played. Subscribers: ${list}`);
}
