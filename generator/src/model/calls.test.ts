import { describe, expect, it } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** A spec without a fault; each case breaks one place of it. */
const good = `
asyncapi: 3.0.0
info: { title: Parcels, version: 1.0.0 }
servers:
  main: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  quotes:
    address: quotes
    messages:
      Asked: { payload: { type: object, properties: { grams: { type: integer } } } }
      Answered: { payload: { type: object } }
  news:
    address: news
    messages: { Told: { payload: { type: object } } }
    bindings: { sns: { name: news } }
operations:
  quote:
    action: receive
    channel: { $ref: '#/channels/quotes' }
    messages: [{ $ref: '#/channels/quotes/messages/Asked' }]
    reply: { channel: { $ref: '#/channels/quotes' }, messages: [{ $ref: '#/channels/quotes/messages/Answered' }] }
    x-service: carriers
    x-callers: [counter, web]
    x-delivery: { type: function }
  tell:
    action: receive
    channel: { $ref: '#/channels/news' }
    x-service: counter
    x-delivery: { type: function }
`;

/** An operation that a second service may call. */
const printing = (key: string) => `  ${key}:
    action: receive
    channel: { $ref: '#/channels/quotes' }
    messages: [{ $ref: '#/channels/quotes/messages/Answered' }]
    x-service: ${key.toLowerCase()}
    x-consumer: print
    x-callers: [web]
    x-delivery: { type: function }
`;

const briefly = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ severity, code }) => `${severity} ${code}`);

describe('a function with callers', () => {
  it('gives each caller a call, also a service without operations', async () => {
    const { model, diagnostics } = await understand(good);
    expect(briefly(diagnostics)).toEqual([]);
    const called = model.system.services.map(({ wiring, calls }) => [
      wiring.name,
      calls?.map(({ methodName }) => methodName),
    ]);
    expect(called).toEqual([
      ['carriers', undefined],
      ['counter', ['quote']],
      ['web', ['quote']],
    ]);
  });

  it.each([
    ['error call-not-possible', 'x-delivery: { type: function }', 'x-delivery: { type: queue }'],
    ['error call-not-possible', "    messages: [{ $ref: '#/channels/quotes/messages/Asked' }]\n", ''],
    ['error call-not-possible', 'x-callers:', 'x-filter: { grams: [1] }\n    x-callers:'],
    ['error call-not-possible', '[counter, web]', '[counter, carriers]'],
    ['error call-not-possible', 'x-service: counter', 'x-service: counter\n    x-callers: [web]'],
    ['error call-reply', "messages: [{ $ref: '#/channels/quotes/messages/Answered' }] }", '}'],
    ['error call-reply', "reply: { channel: { $ref: '#/channels/quotes' }, messages", 'reply: { messages'],
    ['warning call-unknown-service', '[counter, web]', '[countr, web]'],
    ['error extension-value', '[counter, web]', '[Counter]'],
    ['error extension-value', '[counter, web]', '[]'],
    ['error extension-value', '[counter, web]', 'counter'],
    ['error name-collision', '  tell:', `${printing('print-label')}${printing('printLabel')}  tell:`],
  ])('%s when %s is %s', async (expected, from, to) => {
    expect(good).toContain(from);
    const { diagnostics } = await understand(good.replace(from, to));
    expect(briefly(diagnostics)).toContain(expected);
  });
});
