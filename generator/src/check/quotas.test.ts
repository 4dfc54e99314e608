import { describe, expect, it } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';

/** A spec of one channel with `count` consumers, each with a filter. */
function spec(count: number, { bindings = '', services = count }: { bindings?: string; services?: number }): string {
  const operations = Array.from({ length: count }, (_, index) => {
    const channel = "channel: { $ref: '#/channels/orders' }";
    return `  take${index}: { action: receive, ${channel}, x-service: taker-${index % services}, x-filter: { a: [${index}] } }`;
  });
  return `
asyncapi: 3.0.0
info: { title: Quotas, version: 1.0.0 }
servers: { main: { host: x, protocol: eventbridge } }
channels:
  orders:
    address: orders
    messages: { Placed: { payload: { type: object, properties: { a: { type: number } } } } }
    ${bindings}
operations:
${operations.join('\n')}
`;
}

async function codes(text: string): Promise<readonly string[]> {
  const { diagnostics } = await understand(text);
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`);
}

describe('quotas, just inside and just outside', () => {
  it('of rules of a bus', async () => {
    expect(await codes(spec(300, {}))).toEqual([]);
    expect(await codes(spec(301, {}))).toEqual(['warning rules-per-bus']);
  });

  it('of filter policies of a topic', async () => {
    const bindings = 'bindings: { sns: {} }';
    expect(await codes(spec(200, { bindings }))).toEqual([]);
    expect(await codes(spec(201, { bindings }))).toEqual(['warning policies-per-topic']);
  });
});
