import { describe, expect, it } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';

const root = `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers:
  shop: { host: aws, protocol: eventbridge, x-eventbridge: { busName: shop } }
channels:
  orders: { $ref: './channels.yaml#/orders' }
  returns: { $ref: './returns.yaml' }
operations: { $ref: './operations.yaml' }
`;

const messages = `
Moved: { payload: { type: object } }
`;

const channels = `
orders:
  address: shop.orders
  messages: { Moved: { $ref: './messages.yaml#/Moved' } }
`;

const returns = `
address: shop.returns
messages: { Moved: { $ref: './messages.yaml#/Moved' } }
`;

const operations = (emitted: string): string => `
tell: { action: send, channel: { $ref: './channels.yaml#/orders' }, x-service: orders }
react:
  action: receive
  channel: { $ref: './channels.yaml#/orders' }
  messages: [{ $ref: './channels.yaml#/orders/messages/Moved' }]
  x-service: depot
  x-emits: [{ $ref: '${emitted}' }]
`;

const filesWith = (emitted: string): Record<string, string> => ({
  'channels.yaml': channels,
  'messages.yaml': messages,
  'operations.yaml': operations(emitted),
  'returns.yaml': returns,
});

describe('a message that two channels share, referred to from another file', () => {
  it.each([
    ['./channels.yaml#/orders/messages/Moved', 'shop.orders'],
    ['./returns.yaml#/messages/Moved', 'shop.returns'],
  ])('%s is that of its channel', async (reference, source) => {
    const { diagnostics, model } = await understand(root, filesWith(reference));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const depot = model.system.services.find(({ wiring }) => wiring.name === 'depot');
    expect(depot?.consumers[0]?.wiring.emits).toMatchObject([{ name: 'Moved', source }]);
  });

  it('is refused where no channel is named', async () => {
    const { diagnostics } = await understand(root, filesWith('./messages.yaml#/Moved'));
    expect(diagnostics.map(({ code }) => code)).toContain('invalid-emits');
  });
});
