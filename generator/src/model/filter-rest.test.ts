import { describe, expect, it } from 'vitest';
import { brief, understand } from '../../../test/support/model-of.ts';

/** A topic, a bus and a queue with the same message; `take` is the operation of interest. */
const spec = (channel: 'topic' | 'bus' | 'queue', take: string, more = '') => `
asyncapi: 3.0.0
info: { title: Rest, version: 1.0.0 }
servers: { main: { host: x, protocol: eventbridge } }
channels:
  topic: { address: topic, bindings: { sns: { name: topic } }, messages: { A: { $ref: '#/components/messages/A' }, B: { $ref: '#/components/messages/B' } } }
  bus: { address: bus, messages: { A: { $ref: '#/components/messages/A' } } }
  queue: { address: queue, bindings: { sqs: { queue: { name: queue, fifoQueue: false } } }, messages: { A: { $ref: '#/components/messages/A' } } }
operations:
  take: { action: receive, x-service: s, channel: { $ref: '#/channels/${channel}' }, ${take} }
  ${more}
components:
  messages:
    A: { headers: { type: object, properties: { market: { enum: [eu, us] } } }, payload: { $ref: '#/components/schemas/P' } }
    B: { headers: { type: object, properties: { market: { enum: [eu, us] } } }, payload: { $ref: '#/components/schemas/P' } }
  schemas:
    P: { type: object, required: [market], properties: { market: { enum: [eu, us] }, sku: { type: string }, x: { type: object, properties: { y: { type: string } } } } }
`;

async function take(channel: 'topic' | 'bus' | 'queue', text: string, more = '') {
  const { model, diagnostics } = await understand(spec(channel, text, more));
  const consumers = model.system.services.flatMap((service) => service.consumers);
  const route = consumers.flatMap(({ wiring }) => wiring.routes).find(({ operation }) => operation === 'take');
  const told = diagnostics.filter(({ code }) => code !== 'unconsumed-event');
  return {
    route,
    told: brief(told).map((line) => line.replace(/ at \d+$/, '')),
    messages: told.map(({ message }) => message),
  };
}

const rest = 'x-filter-rest: handler';
const wildcard = "sku: [{ wildcard: 'a*z' }]";

describe('x-filter-rest: handler', () => {
  it('leaves the strongest filter to the route that it can say', async () => {
    const { route, told } = await take('topic', `x-filter: { ${wildcard}, market: [eu] }, ${rest}`);
    expect(route).toMatchObject({
      filterPolicy: { market: ['eu'], sku: [{ prefix: 'a' }] },
      handlerFilter: { market: ['eu'], sku: [{ wildcard: 'a*z' }] },
    });
    expect(told).toEqual([]);
  });

  it('drops a `$or` of which a branch cannot be said, and keeps what stands beside it', async () => {
    const either = '$or: [{ sku: [{ anything-but: { suffix: z } }] }, { x: { y: [b] } }]';
    const { route } = await take('topic', `x-filter: { ${either}, market: [eu] }, ${rest}`);
    expect(route).toMatchObject({ filterPolicy: { market: ['eu'] }, handlerFilter: { market: ['eu'] } });
  });

  it('selects messages by attribute and leaves the body to the handler', async () => {
    const selected = "messages: [{ $ref: '#/channels/topic/messages/A' }]";
    const { route, told } = await take('topic', `${selected}, x-filter: { market: [eu] }, ${rest}`);
    expect(route).toMatchObject({
      filterPolicy: { type: ['A'] },
      filterPolicyScope: 'MessageAttributes',
      handlerFilter: { market: ['eu'] },
    });
    expect(told).toEqual([]);
  });

  it('reads by attributes what is a header, and leaves the rest to the handler', async () => {
    const { route, told } = await take(
      'topic',
      `x-filter: { market: [eu], sku: [a] }, x-filter-scope: attributes, ${rest}`,
    );
    expect(route).toMatchObject({
      filterPolicy: { market: ['eu'] },
      filterPolicyScope: 'MessageAttributes',
      handlerFilter: { market: ['eu'], sku: ['a'] },
    });
    expect(told).toEqual([]);
  });

  it('makes a filter fit that goes beyond a limit, the longest field first', async () => {
    const many = Array.from({ length: 151 }, (_, index) => `v${index}`).join(', ');
    const { route, told } = await take('topic', `x-filter: { sku: [${many}], market: [eu] }, ${rest}`);
    expect(route).toMatchObject({ filterPolicy: { market: ['eu'] }, handlerFilter: { market: ['eu'] } });
    expect(told).toEqual([]);
    const long = await take('bus', `x-filter: { sku: [${'a'.repeat(2048)}], market: [eu] }, ${rest}`);
    expect(long.route).toMatchObject({
      eventPattern: { detail: { market: ['eu'] } },
      handlerFilter: { market: ['eu'] },
    });
  });

  it('has nothing to do where the route says all', async () => {
    const { route, told } = await take('topic', `x-filter: { market: [{ anything-but: { suffix: u } }] }, ${rest}`);
    expect(route).toMatchObject({ filterPolicy: { market: ['us'] } });
    expect(route).not.toHaveProperty('handlerFilter');
    expect(told).toEqual(['info filter-rest-unused']);
  });

  it('deletes from a queue only what the spec says may be deleted', async () => {
    expect((await take('queue', `x-filter: { ${wildcard} }, ${rest}`)).told).toEqual(['error queue-filter-deletes']);
    const { route, told } = await take('queue', `x-filter: { ${wildcard} }, x-filter-unmatched: delete, ${rest}`);
    expect(route).toMatchObject({ mappingFilter: { body: { sku: [{ prefix: 'a' }] } } });
    expect(told).toEqual([]);
  });

  it('needs a filter, and one rule for each event', async () => {
    expect((await take('topic', rest)).told).toEqual(['error misplaced-extension']);
    const other =
      "also: { action: receive, x-service: s, x-consumer: take, channel: { $ref: '#/channels/bus' }, x-filter: { market: [us] } }";
    const long = `x-filter: { sku: [${'a'.repeat(2048)}], market: [eu] }, ${rest}`;
    expect((await take('bus', long, other)).told).toEqual(['error filter-not-supported']);
  });

  it('is refused by default, with what could be written instead', async () => {
    const { told, messages } = await take('topic', `x-filter: { ${wildcard} }`);
    expect(told).toEqual(['error filter-not-supported']);
    expect(messages[0]).toMatch(/^Operation `take` is fed by an SNS subscription: .*"wildcard".*`sku`/);
    const written = await take('topic', `x-filter: { ${wildcard} }, x-filter-rest: refuse`);
    expect(written.told).toEqual(told);
  });
});
