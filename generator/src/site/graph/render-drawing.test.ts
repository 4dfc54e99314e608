import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { understand } from '../../../../test/support/model-of.ts';
import { htmlText } from '../html.ts';
import { siteContext } from '../site-context.ts';
import type { Drawing, DrawnNode } from '../site-model.ts';
import { drawEvent, drawService, drawSystem } from './draw.ts';
import { renderDrawing } from './render-drawing.ts';

type Element = DefaultTreeAdapterMap['element'];

const names = [
  '</title></svg><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '`${1+1}`',
  '__proto__',
  '\u202eevil\u202c',
  '👩‍🚀 started',
  'x'.repeat(10_000),
];

describe.each(names.map((name) => [name.slice(0, 40), name]))('the name %s', (_, name) => {
  test('stays text in every drawing', async () => {
    const context = await hostile(name);
    const drawings = [
      drawSystem(context),
      ...context.model.catalog.events.map((event) => drawEvent(context, event)),
      drawService(context, 'shop'),
    ];
    for (const drawing of drawings) {
      expect(drawing.nodes.some(({ kind }) => kind === 'event')).toBe(true);
      const elements = elementsOf(drawing);
      const tags = new Set(elements.map(({ tagName }) => tagName));
      expect([...tags].filter((tag) => !known.has(tag))).toEqual([]);
      expect(elements.flatMap(({ attrs }) => attrs.filter(({ name: key }) => /^on|^style$/.test(key)))).toEqual([]);
      const texts = elements.filter(({ tagName }) => /^(title|text|p|li)$/.test(tagName)).map(textOf);
      expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(240);
    }
  });
});

const known = new Set('a circle defs div figcaption figure g li marker p path rect svg text title ul use'.split(' '));

test('a node says what it is, links from the page, and tells scripts who it is', () => {
  const [link] = elementsOf(one({ kind: 'event', label: 'OrderPl…', title: 'OrderPlaced' })).filter(
    ({ tagName }) => tagName === 'a',
  );
  expect(attributesOf(link)).toMatchObject({
    class: 'node node-event',
    'data-node': 'n1',
    href: '../events/order-placed.html',
  });
  expect(textOf(link?.childNodes[0])).toBe('event OrderPlaced');
});

test('the node of its own page is the current one', () => {
  const drawing = one({ isFocus: true, link: { text: 'x', path: 'services/page.html', anchor: null } });
  const [link] = elementsOf(drawing).filter(({ tagName }) => tagName === 'a');
  expect(attributesOf(link)).toMatchObject({ class: 'node node-service is-focus', 'aria-current': 'page' });
});

test('its region takes the keyboard and has a name, and ids stand once', () => {
  const elements = elementsOf(one({}));
  const region = elements.find(({ attrs }) => attrs.some(({ name, value }) => name === 'role' && value === 'region'));
  expect(attributesOf(region)).toMatchObject({ class: 'drawing-scroll', tabindex: '0', 'aria-label': 'Drawing: It' });
  const ids = elements.flatMap(({ attrs }) => attrs.flatMap(({ name, value }) => (name === 'id' ? [value] : [])));
  expect(ids.length).toBe(new Set(ids).size);
});

test('what is left out is said below', () => {
  expect(htmlText(renderDrawing({ ...one({}), note: 'Much.' }, 'index.html'))).toContain(
    '<p class="drawing-note">Much.',
  );
});

test('a drawing without nodes is nothing', () => {
  expect(htmlText(renderDrawing({ ...one({}), nodes: [] }, 'index.html'))).toBe('');
});

function one(node: Partial<DrawnNode>): Drawing {
  const base: DrawnNode = {
    id: 'n1',
    kind: 'service',
    label: 'orders',
    detail: null,
    link: { text: 'x', path: 'events/order-placed.html', anchor: null },
    isFocus: false,
    x: 16,
    y: 16,
    width: 100,
    height: 34,
  };
  return { width: 132, height: 66, label: 'It', nodes: [{ ...base, ...node }], edges: [], note: null };
}

async function hostile(name: string): Promise<ReturnType<typeof siteContext>> {
  const text = JSON.stringify(name);
  const { model } = await understand(`
asyncapi: 3.0.0
info: { title: ${text}, version: 1.0.0 }
servers: { one: { host: h, protocol: eventbridge } }
channels:
  orders: { address: small.orders, messages: { Placed: { $ref: '#/components/messages/Placed' } } }
operations:
  place: { action: send, channel: { $ref: '#/channels/orders' }, x-service: shop }
  onPlaced:
    action: receive
    channel: { $ref: '#/channels/orders' }
    x-service: fraud
    x-filter: { note: [${text}] }
components:
  messages:
    Placed: { name: ${text}, payload: { type: object, properties: { note: { type: string } } } }
`);
  return siteContext(model);
}

function elementsOf(drawing: Drawing): readonly Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterMap['node']): void => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parseFragment(htmlText(renderDrawing(drawing, 'services/page.html'))));
  return found;
}

function attributesOf(element: Element | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((element?.attrs ?? []).map(({ name, value }) => [name, value]));
}

function textOf(node: DefaultTreeAdapterMap['node'] | undefined): string {
  if (node === undefined) return '';
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
