// Publishes 10,000 events over the real client and a network that answers at once, each time that its parent sends a
// message: as `node publishing-loop.mjs ours` by `$publish`, as `… hand` by the loop that people write by hand: it takes ten
// at a time, validates, and looks at `FailedEntryCount`; as `… careful` by one that promises what `$publish` does, to send
// nothing before all events are valid and small enough. Answers with the events of a second, by the clock and of CPU time,
// and the requests.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { createPublisher, toBus } from '@eventloom/runtime';

const eventCount = 10_000;
const perRequest = 10;
const concurrency = 4;

const validate = Object.assign((value) => typeof value === 'object', { errors: null });

const destination = { transport: toBus, environmentVariable: 'BUS' };
const orderPlaced = { name: 'OrderPlaced', source: 'shop.orders', validate, destination, headers: [] };

const items = [1, 2, 3].map((item) => ({ sku: `sku-${item}`, quantity: item, price: 9.5 }));
const orders = Array.from({ length: eventCount }, (_, number) => {
  const customer = { id: `c-${number}`, tier: 'gold' };
  return { name: 'OrderPlaced', payload: { orderId: `order-${number}`, market: 'eu', total: 28.5, customer, items } };
});

const answer = { FailedEntryCount: 0, Entries: Array(perRequest).fill({ EventId: 'event' }) };
const body = Buffer.from(JSON.stringify(answer));
let requests = 0;

process.on('message', async () => {
  requests = 0;
  const client = new EventBridgeClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    requestHandler: {
      handle: async () => {
        requests++;
        return { response: { statusCode: 200, headers: {}, body } };
      },
    },
  });
  const ways = { ours: byPublisher(client), hand: () => byHand(client), careful: () => carefully(client) };
  const publish = ways[process.argv[2]];
  const [started, used] = [performance.now(), process.cpuUsage()];
  await publish();
  const seconds = (performance.now() - started) / 1e3;
  const { user, system } = process.cpuUsage(used);
  process.send({ clock: eventCount / seconds, cpu: eventCount / ((user + system) / 1e6), requests });
});

function byPublisher(eventBridge) {
  const publisher = createPublisher(
    { service: 'orders', operations: { placeOrder: [orderPlaced] } },
    { environment: { BUS: 'shop' }, clients: { eventBridge } },
  );
  return () => publisher.$publish(orders, { concurrency });
}

async function carefully(client) {
  const entries = orders.map(({ name, payload }) => {
    if (!validate(payload)) throw new Error('invalid');
    const Detail = JSON.stringify(payload);
    if (Buffer.byteLength(Detail) > 1_000_000) throw new Error('too large');
    return { EventBusName: 'shop', Source: 'shop.orders', DetailType: name, Detail };
  });
  let next = 0;
  const work = async () => {
    while (next < entries.length) {
      const Entries = entries.slice(next, next + perRequest);
      next += perRequest;
      const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount) throw new Error('failed');
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

async function byHand(client) {
  let next = 0;
  const work = async () => {
    while (next < orders.length) {
      const chunk = orders.slice(next, next + perRequest);
      next += perRequest;
      const Entries = [];
      for (const { name, payload } of chunk) {
        if (!validate(payload)) throw new Error('invalid');
        Entries.push({
          EventBusName: 'shop',
          Source: 'shop.orders',
          DetailType: name,
          Detail: JSON.stringify(payload),
        });
      }
      const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount) throw new Error('failed');
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
