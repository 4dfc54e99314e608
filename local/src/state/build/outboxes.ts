import {
  type Consumer,
  deadLetterQueueVariable,
  type Outbox,
  outboxTableVariable,
  type Topology,
} from '@eventloom/engine';
import type { Change } from '../../dynamodb/table.ts';
import type { Item } from '../../dynamodb/value.ts';
import { nextUuid } from '../../random.ts';
import { causesOf, publisherOf } from '../caller.ts';
import { arn, consumerQueueName, deadLetterQueueName, functionName, outboxTableName } from '../names.ts';
import { announce, publish } from '../queue.ts';
import { connectStream } from '../stream-mapping.ts';
import { eventNameOf, type StreamRecord } from '../stream-record.ts';
import type { LambdaFunction, World } from '../world.ts';
import { environmentFor } from './outlets.ts';
import { addQueue, deadLetterSettings } from './queues.ts';
import type { Outlet, Site } from './site.ts';
import { addTable, claimEnvironment } from './stores.ts';

/** A service's outbox, with its relay as a consumer: what is written to the table is received by nobody else. */
export interface ServiceOutbox {
  readonly outbox: Outbox;
  readonly relay: Consumer;
}

/** The outboxes of a topology, by the names of their services. */
export function outboxesOf({ services }: Topology): readonly ServiceOutbox[] {
  return services.flatMap(({ name, outbox }) =>
    outbox === undefined ? [] : [{ outbox, relay: relayOf(name, outbox) }],
  );
}

function relayOf(service: string, { key, handler, publishes, timeoutSeconds, memoryMb }: Outbox): Consumer {
  return {
    key,
    service,
    consumer: 'outbox-relay',
    constructId: 'OutboxRelay',
    description: null,
    handler,
    routes: [],
    delivery: {
      type: 'function',
      timeoutSeconds,
      memoryMb,
      onInvalid: 'deadLetter',
      retryAttempts: 0,
      maxEventAgeSeconds: 0,
    },
    emits: publishes,
    idempotency: null,
  };
}

/** The environment variable of the outbox of a service, if it has one. */
export function outboxEnvironment({ system, services }: Topology, service: string): Record<string, string> {
  const found = services.find(({ name }) => name === service);
  return found?.outbox === undefined ? {} : { [outboxTableVariable]: outboxTableName(system, service) };
}

/** Makes the dead-letter queue of a relay, and all of its function but the way to invoke it. */
export function createRelay(site: Site, { outbox, relay }: ServiceOutbox, index: number): Outlet {
  const { topology, location } = site;
  const queueName = deadLetterQueueName(consumerQueueName(topology.system, relay));
  const deadLetterQueue = addQueue(site, { ...deadLetterSettings, name: queueName, fifo: false });
  const targets = new Set(outbox.publishes.map(({ destination }) => destination));
  const name = functionName(topology.system, relay);
  return {
    consumer: relay,
    index,
    name,
    arn: arn(location, 'lambda', `function:${name}`),
    deadLetterQueue,
    sources: [],
    environment: {
      ...environmentFor(
        location,
        topology.destinations.filter(({ key }) => targets.has(key)),
      ),
      ...claimEnvironment(topology),
      ...outboxEnvironment(topology, relay.service),
      [deadLetterQueueVariable]: deadLetterQueue.url,
    },
  };
}

/** Makes the table of an outbox. Without a handler for its relay, what is written there waits. */
export function addOutbox(
  site: Site,
  world: World,
  {
    outbox,
    target,
    isHandled,
  }: { readonly outbox: Outbox; readonly target: LambdaFunction; readonly isHandled: boolean },
): void {
  const name = outboxTableName(site.topology.system, target.consumer.service);
  let take: ReturnType<typeof connectStream> | null = null;
  let number = 0;
  const stream = (change: Change): void => {
    const eventName = eventNameOf(change);
    if (eventName === 'REMOVE' || (eventName === 'MODIFY' && change.after?.has('failed'))) return;
    const event = enter(world, name, change);
    announce(world, target.index, event);
    const at = world.scheduler.now();
    const record: StreamRecord = {
      number: number++,
      eventId: nextUuid(world.random).replaceAll('-', ''),
      eventName,
      change,
      at,
    };
    take?.({ ...record, event });
  };
  const table = addTable(site, { name, service: target.consumer.service, timeToLive: 'expiration', stream });
  const { batchSize, maxRecordAgeSeconds } = outbox;
  if (isHandled) take = connectStream(world, { table, target, batchSize, maxRecordAgeSeconds });
}

/** An item that somebody changes is the event that it was. */
function enter(world: World, table: string, { before, after, caller }: Change): number {
  const id = textOf(after, 'id');
  const known =
    before === undefined ? undefined : world.ledger.events.find((event) => event.id === id && event.inOutbox);
  if (known !== undefined) return known.index;
  return publish(world, {
    id,
    name: textOf(after, 'name'),
    source: textOf(after, 'source'),
    destination: table,
    publisher: publisherOf(caller),
    causes: causesOf(world.ledger, caller, id),
    inOutbox: true,
  });
}

function textOf(item: Item | undefined, attribute: string): string {
  const value = item?.get(attribute);
  return value?.type === 'S' ? value.value : '';
}
