import { expect, it } from 'vitest';
import type { MessageType } from '../../model/event-model.ts';
import type { GlossaryField } from '../site-model.ts';
import { glossaryOf } from './glossary.ts';
import { payloadRow } from './schema-rows.ts';

function glossary(payloads: Readonly<Record<string, object>>): readonly GlossaryField[] {
  return glossaryOf(
    Object.entries(payloads).map(([name, payload]) => ({
      event: { text: name, path: `events/${name}.html`, anchor: null },
      schema: payloadRow({ name, payload } as unknown as MessageType),
    })),
  );
}

const text = { type: 'string' };

it('gathers fields by name over all events, without regard to case in their order', () => {
  const found = glossary({
    Placed: {
      properties: { orderId: text, Zone: text, items: { type: 'array', items: { properties: { sku: text } } } },
    },
    Paid: { properties: { orderId: text, amount: { type: 'number' } } },
  });
  expect(
    found.map(({ name, uses }) => `${name}: ${uses.map(({ field }) => `${field.path} ${field.text}`).join(', ')}`),
  ).toEqual([
    'amount: events/Paid.html amount',
    'items: events/Placed.html items',
    'orderId: events/Placed.html orderId, events/Paid.html orderId',
    'sku: events/Placed.html items[].sku',
    'Zone: events/Placed.html Zone',
  ]);
  expect(found[2]).toMatchObject({
    anchor: 'field-order_id',
    differs: false,
    uses: [{ field: { anchor: 'field-order_id' } }, {}],
  });
});

it('tells where one name means different types or units', () => {
  const found = glossary({
    A: { properties: { weight: { type: 'number', 'x-unit': 'kg' }, size: text, note: text } },
    B: { properties: { weight: { type: 'number', 'x-unit': 'g' }, size: { type: 'integer' }, note: text } },
  });
  expect(found.map(({ name, differs }) => [name, differs])).toEqual([
    ['note', false],
    ['size', true],
    ['weight', true],
  ]);
});

it('counts a field once that alternatives describe again', () => {
  const found = glossary({
    A: {
      properties: { kind: text },
      oneOf: [{ properties: { kind: { const: 'a' } } }, { properties: { kind: { const: 'b' } } }],
    },
  });
  expect(found.map(({ name, uses }) => [name, uses.map(({ type }) => type)])).toEqual([['kind', ['string']]]);
});

it('is empty without events, and takes names of every object for names', () => {
  expect(glossary({})).toEqual([]);
  const hostile = JSON.parse('{ "properties": { "__proto__": {}, "constructor": {} } }') as object;
  expect(glossary({ A: hostile }).map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
});
