import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Busyness, busySpec } from '../../../../test/support/busy-spec.ts';
import { understand } from '../../../../test/support/model-of.ts';
import { repository } from '../../../../test/support/repository.ts';
import { loadModel } from '../../load-model.ts';
import { type SiteContext, siteContext } from '../site-context.ts';
import type { Drawing, DrawnNode } from '../site-model.ts';
import { sitePaths } from '../site-paths.ts';
import { drawEvent, drawService, drawSystem } from './draw.ts';
import { drawingBytes } from './render-drawing.ts';

const specs = [
  'asyncapi.yaml',
  ...readdirSync(`${repository}examples/patterns`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `examples/patterns/${name}/asyncapi.yaml`),
  ...['bakery', 'clinic', 'hotel', 'library', 'museum'].map((name) => `test/${name}/asyncapi.yaml`),
];

describe.each(specs)('%s', (spec) => {
  const context = loadContext(spec);

  test('has no boxes that overlap, no line without its ends and nothing outside of its drawings', async () => {
    const drawings = drawingsOf(await context);
    expect(drawings.length).toBeGreaterThan(1);
    for (const drawing of drawings) expectSound(drawing);
  });

  test('links every node to a page that exists', async () => {
    const site = await context;
    const pages = pagesOf(site);
    const links = drawingsOf(site).flatMap(({ nodes }) => nodes.map(({ link }) => link.path));
    expect(links.filter((path) => !pages.has(path))).toEqual([]);
  });
});

describe.each([
  { events: 3, services: 3, receiversEach: 2 },
  { events: 30, services: 8, receiversEach: 2 },
  { events: 100, services: 20, receiversEach: 3 },
  { events: 300, services: 30, receiversEach: 4 },
  { events: 300, services: 100, receiversEach: 3 },
])('$events events of $services services', (busyness) => {
  let drawings: readonly Drawing[] = [];
  beforeAll(async () => {
    drawings = await busyDrawings(busyness);
  });

  test('draw within their budgets of bytes', () => {
    const [system = nothing, ...others] = drawings;
    expect(system.nodes.length).toBeGreaterThan(0);
    expect(drawingBytes(system)).toBeLessThanOrEqual(45_000);
    expect(Math.max(...others.map(drawingBytes))).toBeLessThanOrEqual(40_000);
  });

  test('draw soundly, and not wider than two screens', () => {
    for (const drawing of drawings) {
      expectSound(drawing);
      expect(drawing.width).toBeLessThanOrEqual(2000);
    }
  });
});

test.each([
  { events: 6, services: 3, receiversEach: 2 },
  { events: 30, services: 8, receiversEach: 2 },
  { events: 90, services: 20, receiversEach: 3 },
])('$events events draw alike whatever their order in the spec', async (busyness) => {
  const reversed = await busyDrawings({ ...busyness, isReversed: true });
  expect(JSON.stringify(reversed)).toBe(JSON.stringify(await busyDrawings(busyness)));
});

test('a small system is drawn with its bus and queues, a service only once', async () => {
  const { nodes } = drawSystem(await loadContext('asyncapi.yaml'));
  expect(new Set(nodes.map(({ kind }) => kind))).toEqual(
    new Set(['service', 'event', 'bus', 'topic', 'queue', 'target']),
  );
  const services = nodes.flatMap(({ kind, label }) => (kind === 'service' ? [label] : []));
  expect(services.length).toBe(new Set(services).size);
});

test('an event of a bus goes from its sender over the bus and a queue to its receiver, under its filter', async () => {
  const context = await contextOf(spec('x-filter: { amount: [{ numeric: [">=", 500] }] }'));
  const drawing = drawEvent(context, firstEvent(context));
  expect(drawing.nodes.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'service shop',
    'event Placed',
    'bus one',
    'queue onPlaced',
    'service fraud',
  ]);
  expect(drawing.edges.flatMap(({ label }) => label?.text ?? [])).toEqual(['amount ≥ 500']);
  expect(drawing.nodes.filter(({ isFocus }) => isFocus).map(({ label }) => label)).toEqual(['Placed']);
});

test('an event that nobody sends or receives stands with its bus', async () => {
  const context = await contextOf(spec('x-filter: { amount: [1] }').split('operations:')[0] ?? '');
  for (const event of context.model.catalog.events) {
    expect(drawEvent(context, event).nodes.map(({ kind }) => kind)).toEqual(['event', 'bus']);
  }
});

test('a system without events has a drawing without nodes', async () => {
  const context = await contextOf('asyncapi: 3.0.0\ninfo: { title: Empty, version: 1.0.0 }\n');
  expect(drawSystem(context)).toMatchObject({ nodes: [], edges: [] });
});

test('a service that answers its own event stands between the two', async () => {
  const context = await contextOf(
    `${spec('x-filter: { amount: [1] }')}`.replace('x-service: fraud', 'x-service: shop'),
  );
  const drawing = drawService(context, 'shop');
  expect(drawing.nodes.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'service shop',
    'event Placed',
    'service shop',
    'event Placed',
    'service shop',
  ]);
});

describe('a popular event', () => {
  test('with a hundred consumers of as many services is drawn by service, within 20 KB', async () => {
    const drawing = await popular({ events: 1, services: 120, receiversEach: 0 }, 100, (index) => `service-${index}`);
    expect(drawing.note).toMatch(/100 consumers/);
    expect(drawing.nodes.some(({ kind, label }) => kind === 'group' && /more services/.test(label))).toBe(true);
    expect(drawingBytes(drawing)).toBeLessThanOrEqual(20_000);
  });

  test('with a hundred consumers of five services says how many each has', async () => {
    const drawing = await popular({ events: 1, services: 5, receiversEach: 0 }, 100, (index) => `service-${index % 5}`);
    expect(drawing.nodes.filter(({ detail }) => detail === '20 consumers').length).toBe(5);
  });

  test('with 18 consumers shows each of them, within 20 KB', async () => {
    const drawing = await popular({ events: 1, services: 30, receiversEach: 0 }, 18, (index) => `service-${index + 1}`);
    expect(drawing.nodes.filter(({ kind }) => kind === 'queue').length).toBe(18);
    expect(drawingBytes(drawing)).toBeLessThanOrEqual(20_000);
  });
});

async function popular(busyness: Busyness, consumers: number, serviceOf: (index: number) => string): Promise<Drawing> {
  const operations = Array.from(
    { length: consumers },
    (_, index) =>
      `  on${index}: { action: receive, channel: { $ref: '#/channels/area0' }, x-service: ${serviceOf(index)} }`,
  );
  const text = busySpec(busyness).replace('components:', `${operations.join('\n')}\ncomponents:`);
  const context = await contextOf(text);
  return drawEvent(context, firstEvent(context));
}

function firstEvent({ model }: SiteContext): SiteContext['model']['catalog']['events'][number] {
  const [event] = model.catalog.events;
  if (event === undefined) throw new Error('the spec has no event');
  return event;
}

function spec(options: string): string {
  return `
asyncapi: 3.0.0
info: { title: Small, version: 1.0.0 }
servers: { one: { host: h, protocol: eventbridge } }
channels:
  orders: { address: small.orders, messages: { Placed: { $ref: '#/components/messages/Placed' } } }
components:
  messages: { Placed: { name: Placed, payload: { type: object, properties: { amount: { type: number } } } } }
operations:
  place: { action: send, channel: { $ref: '#/channels/orders' }, x-service: shop }
  onPlaced: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: fraud, ${options} }
`;
}

async function loadContext(path: string): Promise<SiteContext> {
  const { model } = await loadModel({ spec: `${repository}${path}` });
  if (model === null) throw new Error(`${path} has no model`);
  return siteContext(model);
}

async function contextOf(text: string): Promise<SiteContext> {
  return siteContext((await understand(text)).model);
}

async function busyDrawings(busyness: Busyness): Promise<readonly Drawing[]> {
  return drawingsOf(await contextOf(busySpec(busyness)));
}

const nothing: Drawing = { width: 0, height: 0, label: '', nodes: [], edges: [], note: null };

/** The system's first. */
function drawingsOf(context: SiteContext): readonly Drawing[] {
  return [
    drawSystem(context),
    ...context.model.catalog.events.map((event) => drawEvent(context, event)),
    ...context.topology.services.map(({ name }) => drawService(context, name)),
  ];
}

function pagesOf({ model, topology, paths }: SiteContext): ReadonlySet<string> {
  return new Set([
    sitePaths.destinations,
    ...model.catalog.events.map((event) => paths.event(event).path),
    ...topology.services.map(({ name }) => paths.service(name).path),
  ]);
}

function expectSound({ nodes, edges, width, height }: Drawing): void {
  const ids = new Set(nodes.map(({ id }) => id));
  expect(ids.size).toBe(nodes.length);
  expect(edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
  expect(overlaps(nodes)).toEqual([]);
  const points = [
    ...nodes.flatMap((node) => [node, { x: node.x + node.width, y: node.y + node.height }]),
    ...edges.flatMap((edge) => edge.points),
  ];
  expect(points.filter(({ x, y }) => x < 0 || y < 0 || x > width || y > height)).toEqual([]);
}

function overlaps(nodes: readonly DrawnNode[]): readonly string[] {
  return nodes.flatMap((one, index) =>
    nodes.slice(index + 1).flatMap((other) => {
      const isApart =
        one.x + one.width <= other.x ||
        other.x + other.width <= one.x ||
        one.y + one.height <= other.y ||
        other.y + other.height <= one.y;
      return isApart ? [] : [`${one.label} and ${other.label}`];
    }),
  );
}
