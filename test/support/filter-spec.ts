import type { Diagnostic } from '../../generator/src/diagnostics/diagnostic.ts';
import { understand } from './model-of.ts';

/** Orders, and payments in two variants, on a bus; jobs in a queue; prices on a topic. */
export const spec = (operations: string): string => `asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers:
  shop: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  orders:
    address: shop.orders
    messages: { Placed: { $ref: '#/components/messages/Placed' }, Moved: { $ref: '#/components/messages/Moved' } }
  payments:
    address: shop.payments
    messages: { Paid: { $ref: '#/components/messages/Paid' }, Checked: { $ref: '#/components/messages/Checked' } }
  jobs:
    address: jobs
    messages: { Job: { $ref: '#/components/messages/Job' } }
    bindings: { sqs: { queue: { name: jobs, fifoQueue: false } } }
  prices:
    address: prices
    messages: { Priced: { $ref: '#/components/messages/Priced' } }
    bindings: { sns: { name: prices } }
operations:
${operations}
components:
  messages:
    Placed:
      payload:
        type: object
        required: [id, market, total, customer]
        properties:
          id: { type: string, pattern: '^ord_[0-9a-f]{8}$' }
          market: { type: string, enum: [eu, us] }
          total: { type: number, minimum: 0 }
          express: { type: boolean }
          note: { type: [string, 'null'] }
          customer: { type: object, required: [tier], properties: { tier: { enum: [silver, gold] }, age: { type: integer, minimum: 18 } } }
          lines: { type: array, minItems: 1, items: { type: object, properties: { sku: { type: string, pattern: '^[A-Z]{3}$' }, count: { type: integer, minimum: 1 } } } }
    Moved: { payload: { type: object, properties: { market: { enum: [ru] }, shelf: { type: string } } } }
    Paid:
      payload:
        oneOf:
          - { type: object, additionalProperties: false, required: [status, code], properties: { status: { const: approved }, code: { type: string } } }
          - { type: object, additionalProperties: false, required: [status, reason], properties: { status: { const: declined }, reason: { enum: [expired, fraud] } } }
    Checked:
      payload:
        type: object
        oneOf:
          - { required: [status], properties: { status: { const: passed }, grade: { type: string } } }
          - { required: [status], properties: { status: { const: failed }, cause: { type: string } } }
    Job: { payload: { type: object, required: [kind, id], properties: { kind: { enum: [a, b] }, id: { type: string, pattern: '^job-' } } } }
    Priced:
      headers: { type: object, properties: { market: { type: string, enum: [eu, us, ru] } } }
      payload: { type: object, required: [market], properties: { market: { enum: [eu] } } }
`;

export const receive = (name: string, channel: string, messages: readonly string[], rest: string): string =>
  `  ${name}:\n    action: receive\n    channel: { $ref: '#/channels/${channel}' }\n    messages: [${messages
    .map((message) => `{ $ref: '#/channels/${channel}/messages/${message}' }`)
    .join(', ')}]\n    x-service: shop\n    ${rest}`;

/** What is said about filters, with the text that stands where it points. */
export async function told(text: string): Promise<readonly (Diagnostic & { readonly at: string })[]> {
  const { diagnostics } = await understand(text);
  const lines = text.split('\n');
  return diagnostics
    .filter(({ code }) => code.includes('filter') || code === 'undeclared-field' || code === 'received-twice')
    .map((diagnostic) => {
      const { line, column } = diagnostic.origin;
      return { ...diagnostic, at: (lines[line - 1] ?? '').slice(column - 1) };
    });
}

export const onOrders = (filter: string): string => spec(receive('probe', 'orders', ['Placed'], `x-filter: ${filter}`));
export const onPayments = (filter: string): string =>
  spec(receive('probe', 'payments', ['Paid'], `x-filter: ${filter}`));

/** A filter, where it is pointed at, a part of the message and a part of the help. */
export type Case = readonly [filter: string, at: string, message: string, help: string];
