import { describe, expect, it } from 'vitest';
import { load } from '../load.ts';
import { filesInMemory } from '../read-file.ts';

// The parser takes half a second each time, so mistakes that do not touch each other share a spec.

async function findings(text: string, files: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const { diagnostics } = await load('asyncapi.yaml', filesInMemory({ 'asyncapi.yaml': text, ...files }));
  return diagnostics.map(
    ({ code, message, origin }) => `${origin.file}:${origin.line}:${origin.column} ${code}: ${message}`,
  );
}

const good = `asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers:
  shop: { host: localhost, protocol: eventbridge, x-eventbridge: { busName: shop } }
channels:
  orders:
    address: shop.orders
    servers: [{ $ref: '#/servers/shop' }]
    messages: { A: { $ref: '#/components/messages/A' }, B: { $ref: '#/components/messages/B' } }
    bindings: { sns: { name: orders, bindingVersion: 1.0.0 } }
  payments:
    address: shop.payments
    messages: { C: { $ref: './messages.yaml#/C' } }
operations:
  sendOrders:
    action: send
    channel: { $ref: '#/channels/orders' }
    messages: [{ $ref: '#/channels/orders/messages/A' }, { $ref: '#/channels/orders/messages/B' }]
    x-service: orders
  receivePayments: { action: receive, channel: { $ref: '#/channels/payments' }, x-service: billing }
components:
  messages:
    A: { name: A, payload: { type: object }, examples: [{ payload: { a: 1 } }, { payload: { a: 2 } }] }
    B: { name: B, payload: { $ref: './messages.yaml#/schema' }, headers: { type: object } }
`;
const goodFiles = { 'messages.yaml': 'C: { name: C, payload: { $ref: "#/schema" } }\nschema: { type: object }\n' };

describe('checkConformance', () => {
  it('has nothing to say about a good spec with several files', async () => {
    expect(await findings(good, goodFiles)).toEqual([]);
  });

  it('finds each mistake once, where it is written, also in other files', async () => {
    const text = good
      .replace('title: Shop, ', '')
      .replace('address: shop.orders', 'adress: shop.orders')
      .replace('protocol: eventbridge', 'protocol: 5')
      .replace('action: send', 'action: publish')
      .replace('A: { name: A,', 'A: { name: 5,')
      .replace('action: receive, ', '');
    const files = { 'messages.yaml': goodFiles['messages.yaml'].replace('name: C,', 'nam: C,') };
    expect(await findings(`${text}channel: {}\n`, files)).toEqual(
      expect.arrayContaining([
        'asyncapi.yaml:2:7 asyncapi-missing-field: "title" is missing in "info".',
        'asyncapi.yaml:4:38 asyncapi-invalid-value: "protocol" must be a string, but is 5.',
        'asyncapi.yaml:7:5 asyncapi-unknown-field: "adress" is no field of channel "orders".',
        'asyncapi.yaml:16:13 asyncapi-invalid-value: "action" is "publish", but must be one of "send", "receive".',
        'asyncapi.yaml:20:20 asyncapi-missing-field: "action" is missing in operation "receivePayments".',
        'asyncapi.yaml:23:16 asyncapi-invalid-value: "name" must be a string, but is 5.',
        'asyncapi.yaml:25:1 asyncapi-unknown-field: "channel" is no field of an AsyncAPI document.',
        'messages.yaml:1:6 asyncapi-unknown-field: "nam" is no field of message "C".',
      ]),
    );
    expect(await findings(`${text}channel: {}\n`, files)).toHaveLength(8);
  });

  it('suggests the field that was meant', async () => {
    const io = filesInMemory({
      'asyncapi.yaml': good.replace('address: shop.payments', 'addres: shop.payments'),
      ...goodFiles,
    });
    expect((await load('asyncapi.yaml', io)).diagnostics).toMatchObject([{ help: 'Did you mean "address"?' }]);
  });

  it('finds references to the wrong part of the document', async () => {
    const text = `${good
      .replace("servers: [{ $ref: '#/servers/shop' }]", "servers: [{ $ref: '#/components/servers/shop' }]")
      .replace("channel: { $ref: '#/channels/payments' }", "channel: { $ref: '#/components/channels/payments' }")
      .replace("{ $ref: '#/channels/orders/messages/B' }", "{ $ref: '#/components/messages/B' }")
      .replace(
        "{ $ref: './messages.yaml#/C' }",
        "{ $ref: '#/components/schemas/S' }",
      )}  servers: { shop: { host: h, protocol: p } }
  channels: { payments: { address: a } }
  schemas: { S: { type: object } }
`;
    expect(await findings(text, goodFiles)).toEqual([
      'asyncapi.yaml:13:22 reference-wrong-kind: This reference leads to a schema where AsyncAPI wants a message: "type" is no field of message "C".',
      'asyncapi.yaml:8:23 channel-server-not-in-servers: Channel "orders" lists a server that is no reference to one of the document\'s `servers`.',
      'asyncapi.yaml:18:58 operation-message-not-in-channel: Operation "sendOrders" lists a message that is not referred to through its channel.',
      'asyncapi.yaml:20:56 operation-channel-not-in-channels: The channel of operation "receivePayments" is no reference to one of the document\'s `channels`.',
    ]);
  });

  it('finds a reference where none is allowed, and parameters that do not fit the address', async () => {
    const text = good
      .replace('info: { title: Shop, version: 1.0.0 }', "info: { $ref: '#/x-info' }")
      .replace('address: shop.payments', "address: 'shop/{id}'\n    parameters: { other: {} }");
    expect(await findings(`${text}x-info: { title: Shop, version: 1.0.0 }\n`, goodFiles)).toEqual([
      'asyncapi.yaml:2:7 reference-not-allowed: AsyncAPI allows no reference for "info".',
      'asyncapi.yaml:13:17 channel-parameters: Channel "payments" does not describe these parameters of its address: id.',
      'asyncapi.yaml:13:26 channel-parameters: The parameter "other" does not occur in the address of channel "payments".',
    ]);
  });

  it('reports a mistake in each of the alike', async () => {
    const text = good.replace('name: A,', 'nam: A,').replace('name: B,', 'nam: B,');
    expect(await findings(text, goodFiles)).toHaveLength(2);
  });

  it('says nothing about what a broken reference should have led to', async () => {
    const text = good.replace("channel: { $ref: '#/channels/payments' }", "channel: { $ref: '#/channels/payment' }");
    expect(await findings(text, goodFiles)).toEqual([expect.stringContaining(' reference-not-found: ')]);
  });
});
