import type { OrderSubmitted } from '../../generated/index.js';
import type { Random } from './random.ts';

type Line = OrderSubmitted['lines'][number];
type Address = OrderSubmitted['deliverTo'];

const articles: readonly [Omit<Line, 'quantity'>, ...Omit<Line, 'quantity'>[]] = [
  { sku: 'TEA-0420', name: 'Darjeeling, 250 g', unitPrice: 18.2 },
  { sku: 'TEA-0031', name: 'Earl Grey, 500 g', unitPrice: 21.9 },
  { sku: 'POT-0007', name: 'Glass teapot', unitPrice: 25 },
  { sku: 'CUP-0012', name: 'Porcelain cup', unitPrice: 7.5 },
  { sku: 'SAM-0001', name: 'Samovar', unitPrice: 389 },
];

const addresses: Readonly<Record<OrderSubmitted['market'], readonly [Address, ...Address[]]>> = {
  eu: [
    { line1: '12 Mill Lane', line2: null, city: 'Leeds', postalCode: 'LS1 4AP', country: 'GB' },
    { line1: 'Karlstr. 4', line2: '2. OG', city: 'Ulm', postalCode: '89073', country: 'DE' },
    { line1: '8 rue des Lilas', line2: null, city: 'Lyon', postalCode: '69003', country: 'FR' },
  ],
  us: [{ line1: '1 Dock St', line2: 'Apt 9', city: 'Boston', postalCode: '02110', country: 'US' }],
  ru: [{ line1: 'Nevsky 20', line2: null, city: 'Saint Petersburg', postalCode: '191186', country: 'RU' }],
};

const currencies: Readonly<Record<string, OrderSubmitted['currency']>> = { GB: 'GBP', US: 'USD', RU: 'RUB' };

const mailHosts = ['example.com', 'example.org', 'example.net', 'example.com', 'slow-bank.example'] as const;

/** One realistic order, as it comes in at the edge. */
export function makeSubmission(random: Random, number: number, submittedAt: Date): OrderSubmitted {
  const market = random.pick(['eu', 'eu', 'eu', 'us', 'us', 'ru']);
  const deliverTo = random.pick(addresses[market]);
  return {
    submissionId: random.uuid(),
    market,
    channel: random.pick(['web', 'web', 'app', 'marketplace']),
    customerEmail: `customer${number}@${random.pick(mailHosts)}`,
    currency: currencies[deliverTo.country] ?? 'EUR',
    lines: makeLines(random),
    deliverTo,
    submittedAt: submittedAt.toISOString(),
  };
}

function makeLines(random: Random): [Line, ...Line[]] {
  const line = (): Line => ({ ...random.pick(articles), quantity: random.integer(1, 6) });
  return [line(), ...Array.from({ length: random.integer(0, 2) }, line)];
}
