import { type Price, prices } from '@eventloom/engine';
import type { CostLine } from '../../cost/cost-line.ts';
import type { CostEstimate, ReceiverCost } from '../../cost/estimate-cost.ts';
import { table } from '../table.ts';

/** An estimate as tables, the total after them, and what was taken for granted last. */
export function costText(title: string, estimate: CostEstimate): string {
  return [
    `A month of ${title}, in US dollars\n`,
    section('Events, as far as they are published', eventTable(estimate)),
    section('Ingresses and outboxes', incomingTable(estimate)),
    section('Consumers', consumerTable(estimate)),
    section('Alarms, dashboards and keys', standingTable(estimate)),
    section('Every position', positionTable(estimate)),
    `Total: ${dollars(estimate.totalUsd)} USD a month\n`,
    'Taken for granted:',
    ...estimate.assumptions.map((text) => `  - ${text}`),
    '',
  ]
    .filter((part) => part !== null)
    .join('\n');
}

function section(title: string, body: string): string | null {
  return body === '' ? null : `${title}\n${body}`;
}

function eventTable({ events }: CostEstimate): string {
  const rows = events.map((one) => [
    one.name,
    one.source,
    amount(one.events),
    one.basis,
    String(one.bytes),
    one.bytesBasis,
    dollars(one.usd),
  ]);
  return aligned(['event', 'source', 'a month', 'basis', 'bytes', 'basis', 'USD'], rows, [2, 4, 6]);
}

function incomingTable({ incoming }: CostEstimate): string {
  const rows = incoming.map(({ key, kind, events, usd }) => [key, kind, amount(events), dollars(usd)]);
  return aligned(['by', 'kind', 'events', 'USD'], rows, [2, 3]);
}

/** The most expensive first. */
function consumerTable({ consumers }: CostEstimate): string {
  const sorted = [...consumers].sort((one, other) => other.usd - one.usd);
  const rows = sorted.map((one) => [
    one.key,
    one.delivery,
    amount(one.published),
    amount(one.delivered),
    shareText(one),
    dollars(one.usd),
    dollars(one.withoutFilterUsd),
    dollars(one.savesUsd),
  ]);
  const head = ['consumer', 'delivery', 'published', 'received', 'share', 'USD', 'unfiltered', 'filter saves'];
  return aligned(head, rows, [2, 3, 5, 6, 7]);
}

function standingTable({ standing }: CostEstimate): string {
  const counted = (lines: readonly CostLine[], id: string) =>
    String(lines.reduce((sum, { price, quantity }) => sum + (price === id ? quantity : 0), 0));
  const rows = standing.map(({ service, lines, usd }) => [
    service ?? 'shared',
    ...['alarms', 'dashboards', 'keys'].map((id) => counted(lines, id)),
    dollars(usd),
  ]);
  return aligned(['service', 'alarm metrics', 'dashboards', 'keys', 'USD'], rows, [1, 2, 3, 4]);
}

const shareWords = { none: '', given: 'given', schema: 'by its schema', assumed: 'partly assumed' } as const;

function shareText({ share, shareBasis }: ReceiverCost): string {
  if (shareBasis === 'none') return 'no filter';
  return share === null ? shareWords[shareBasis] : `${percent(share)} ${shareWords[shareBasis]}`;
}

function positionTable({ events, incoming, consumers, standing, freeTier }: CostEstimate): string {
  const rows = [
    ...events.flatMap(({ name, lines }) => lines.map((line) => position(name, line))),
    ...incoming.flatMap(({ key, lines }) => lines.map((line) => position(key, line))),
    ...consumers.flatMap(({ key, lines }) => lines.map((line) => position(key, line))),
    ...standing.flatMap(({ service, lines }) => lines.map((line) => position(service ?? 'shared', line))),
    ...freeTier.map((line) => position('account', line)),
  ];
  return aligned(['of', 'what', 'quantity', 'unit', 'price', 'USD'], rows, [2, 5]);
}

function position(of: string, { what, price, quantity, usd }: CostLine): readonly string[] {
  const found = prices[price];
  return [of, what, amount(quantity), found.unit, priceText(found), dollars(usd)];
}

function priceText({ usd, per }: Price): string {
  return per === 1 ? String(usd) : `${usd} for ${amount(per)}`;
}

/** A table whose numbers end at the same column. */
function aligned(head: readonly string[], rows: readonly (readonly string[])[], numbers: readonly number[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const [first = [], ...others] = all.map((row) =>
    row.map((cell, column) => (numbers.includes(column) ? cell.padStart(widths[column] ?? 0) : cell)),
  );
  return table(first, others);
}

function dollars(usd: number): string {
  return usd.toFixed(2).replace(/^-(0\.00)$/, '$1');
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

function amount(count: number): string {
  const size = Math.abs(count);
  if (size >= 1e9) return `${short(count / 1e9)} G`;
  if (size >= 1e6) return `${short(count / 1e6)} M`;
  if (size >= 1e4) return `${short(count / 1e3)} k`;
  return short(count);
}

function short(count: number): string {
  return String(Math.abs(count) < 100 ? Number(count.toPrecision(3)) : Math.round(count));
}
