import type { LocalSystem } from '@eventloom/local';
import type { OrderPlaced } from '../../generated/index.js';
import { createOrdersPublisher, type OrdersPublisher } from '../../generated/services/orders/index.js';
import { createShippingPublisher } from '../../generated/services/shipping/index.js';
import { createStorefrontPublisher } from '../../generated/services/storefront/index.js';
import { acceptSubmission } from '../orders/accept-submission.ts';
import { makeSubmission } from './orders.ts';
import type { Random } from './random.ts';

/** What was played: the ids of events whose traces are worth a look. */
export interface Played {
  readonly stories: readonly { readonly title: string; readonly eventId: string }[];
}

interface Play {
  readonly orders: number;
  readonly random: Random;
  onProgress(published: number): void;
}

/**
 * Publishes a day of orders and lets the shop work until nothing is left to do. Half of the orders come in at the edge,
 * half are placed directly; carriers report on every fifth parcel. Among them are a customer of the slow bank, whose
 * payment takes three attempts, an order to a country the warehouse cannot serve, and an order that its schema refuses.
 */
export async function playShop(system: LocalSystem, { orders, random, onProgress }: Play): Promise<Played> {
  const aws = { clients: system.clients, environment: system.environment };
  const storefront = createStorefrontPublisher(aws);
  const shop = createOrdersPublisher(aws);
  const stories = await publishSpecialOrders(shop, random, system.now());
  for (let number = 1; number <= orders; number++) {
    const submission = makeSubmission(random, number, system.now());
    const { id } =
      number % 2 === 1
        ? await storefront.submitOrder(submission)
        : await shop.placeOrder(acceptSubmission(submission), { time: system.now() });
    if (number === 1) stories.push({ title: 'An order from the edge', eventId: id });
    if (number === 2) stories.push({ title: 'An order placed directly', eventId: id });
    await system.advance(random.integer(100, 2000));
    if (number % 50 === 0 || number === orders) onProgress(number);
  }
  await system.settle();
  await reportParcels(system, random);
  await system.settle();
  return { stories };
}

type Stories = { title: string; eventId: string }[];

async function publishSpecialOrders(shop: OrdersPublisher, random: Random, now: Date): Promise<Stories> {
  const usual = acceptSubmission(makeSubmission(random, 0, now));
  const order = (changes: Partial<OrderPlaced>): OrderPlaced => ({
    ...usual,
    orderId: random.uuid(),
    total: 120,
    ...changes,
  });
  const slow = await shop.placeOrder(order({ customer: { ...usual.customer, email: 'patience@slow-bank.example' } }));
  const farAway = await shop.placeOrder(order({ shippingAddress: { ...usual.shippingAddress, country: 'AQ' } }));
  const poison = { ...order({}), total: 'free of charge' } as unknown as OrderPlaced;
  const refused = await shop.placeOrder(poison, { validate: false });
  return [
    { title: 'A slow bank: the payment is retried', eventId: slow.id },
    { title: 'No packing rules: the warehouse gives up after three receives', eventId: farAway.id },
    { title: 'A poison order: refused by its schema, dead-lettered at once', eventId: refused.id },
  ];
}

/** The carriers' webhook: reports on every fifth shipment that was created. */
async function reportParcels(system: LocalSystem, random: Random): Promise<void> {
  const shipping = createShippingPublisher({ clients: system.clients, environment: system.environment });
  const shipments = system.report().accounted.filter(({ event }) => event.name === 'ShipmentCreated');
  for (const [index] of shipments.entries()) {
    if (index % 5 !== 0) continue;
    await shipping.reportShipmentStatus({
      shipmentId: random.uuid(),
      orderId: random.uuid(),
      status: random.pick(['inTransit', 'delivered', 'returned']),
      location: random.pick(['Leipzig hub', null]),
      occurredAt: system.now().toISOString(),
    });
  }
}
