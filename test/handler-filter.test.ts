import { describe, expect, it } from 'vitest';
import { makeProject } from './support/project.ts';

/** One filter that no SNS policy and no mapping can say, on every kind of route, queues and functions. */
const spec = `
asyncapi: 3.0.0
info: { title: Rest, version: 1.0.0 }
servers: { main: { host: x, protocol: eventbridge } }
channels:
  direct: { address: direct, bindings: { sns: { name: direct } }, messages: { Placed: { $ref: '#/components/messages/Placed' }, Paid: { $ref: '#/components/messages/Paid' } } }
  fanned: { address: fanned, servers: [{ $ref: '#/servers/main' }], bindings: { sns: { name: fanned } }, messages: { Placed: { $ref: '#/components/messages/Placed' } } }
  jobs: { address: jobs, bindings: { sqs: { queue: { name: jobs, fifoQueue: false } } }, messages: { Placed: { $ref: '#/components/messages/Placed' } } }
operations:
  direct: { action: send, channel: { $ref: '#/channels/direct' }, x-service: orders }
  fan: { action: send, channel: { $ref: '#/channels/fanned' }, x-service: orders }
  queue: { action: send, channel: { $ref: '#/channels/jobs' }, x-service: orders }
  fromTopic: { action: receive, channel: { $ref: '#/channels/direct' }, x-service: desk, x-filter: { sku: [{ wildcard: 'a*z' }], market: [eu] }, x-filter-rest: handler }
  someOfTopic: { action: receive, channel: { $ref: '#/channels/direct' }, messages: [{ $ref: '#/channels/direct/messages/Placed' }], x-service: desk, x-filter: { sku: [{ wildcard: 'a*z' }], market: [eu] }, x-filter-rest: handler, x-delivery: { type: function } }
  fromFan: { action: receive, channel: { $ref: '#/channels/fanned' }, x-service: desk, x-filter: { sku: [{ wildcard: 'a*z' }], market: [eu] }, x-filter-rest: handler, x-delivery: { type: function } }
  fromQueue: { action: receive, channel: { $ref: '#/channels/jobs' }, x-service: desk, x-filter: { sku: [{ wildcard: 'a*z' }], market: [eu] }, x-filter-rest: handler, x-filter-unmatched: delete }
  everything: { action: receive, channel: { $ref: '#/channels/direct' }, x-service: desk }
components:
  messages:
    Placed: { payload: { $ref: '#/components/schemas/Order' } }
    Paid: { payload: { $ref: '#/components/schemas/Order' } }
  schemas:
    Order: { type: object, required: [sku, market], properties: { sku: { type: string }, market: { enum: [eu, us] } } }
`;

const consumers = ['everything', 'fromFan', 'fromQueue', 'fromTopic', 'someOfTopic'];

/** Publishes the same orders everywhere, and prints what each handler got and how it was counted. */
const program = `
import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createOrdersPublisher } from './generated/services/orders/index.js';
import { ${consumers.join(', ')} } from './generated/services/desk/index.js';

const got: Record<string, string[]> = { ${consumers.map((name) => `${name}: []`).join(', ')} };
const handlers = {
${consumers.map((name) => `  'desk/${name}': async () => ({ handler: ${name}(({ payload }) => { got.${name}!.push(payload.sku + ' ' + payload.market); }) }),`).join('\n')}
};
const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const orders = createOrdersPublisher({ clients: system.clients, environment: system.environment });
for (const [sku, market] of [['abz', 'eu'], ['ab', 'eu'], ['abz', 'us'], ['xz', 'eu']] as const) {
  await orders.direct('Placed', { sku, market });
  await orders.fan({ sku, market });
  await orders.queue({ sku, market });
}
await orders.direct('Paid', { sku: 'aaz', market: 'eu' });
await system.settle();
const counts = system.report().consumers.map(({ key, received, handled, deadLettered, lost, inFlight }) => [key, [received, handled, deadLettered, lost, inFlight]]);
console.log(JSON.stringify({ got, counts: Object.fromEntries(counts) }));
`;

interface Outcome {
  readonly got: Readonly<Record<string, readonly string[]>>;
  readonly counts: Readonly<Record<string, readonly number[]>>;
}

describe('a filter that its route cannot say, evaluated in the generated handler', () => {
  const project = () => {
    const made = makeProject();
    made.write({ 'asyncapi.yaml': spec, 'main.ts': program });
    return made;
  };

  it('reaches the function with what it matches and nothing else, on every route', () => {
    const { eventloom, run, tsc } = project();
    const generated = eventloom('generate');
    expect(generated.code, generated.stderr + generated.stdout).toBe(0);
    expect(tsc('typescript', ['main.ts']).stdout).toBe('');
    const { stdout, stderr } = run('main.ts');
    expect(stderr).toBe('');
    const { got, counts } = JSON.parse(stdout) as Outcome;
    const sorted = Object.entries(got).map(([name, orders]) => [name, [...orders].sort()]);
    expect(Object.fromEntries(sorted)).toEqual({
      fromTopic: ['aaz eu', 'abz eu'],
      someOfTopic: ['abz eu'],
      fromFan: ['abz eu'],
      fromQueue: ['abz eu'],
      everything: ['aaz eu', 'ab eu', 'abz eu', 'abz us', 'xz eu'],
    });
    // The routes keep out the other market, and what does not start with `a`; only selecting by `type` cannot be joined.
    expect(counts).toEqual({
      'desk/fromTopic': [3, 3, 0, 0, 0],
      'desk/someOfTopic': [4, 4, 0, 0, 0],
      'desk/fromFan': [2, 2, 0, 0, 0],
      'desk/fromQueue': [2, 2, 0, 0, 0],
      'desk/everything': [5, 5, 0, 0, 0],
    });
  });

  it('shows in the topology, and puts the engine into those handlers alone', () => {
    const { eventloom, read } = project();
    eventloom('generate');
    const { consumers: rows } = JSON.parse(eventloom('topology', '--json').stdout) as {
      readonly consumers: readonly { readonly operation: string; readonly handlerFilter?: unknown }[];
    };
    const whole = { market: ['eu'], sku: [{ wildcard: 'a*z' }] };
    expect(Object.fromEntries(rows.map(({ operation, handlerFilter }) => [operation, handlerFilter]))).toEqual({
      everything: undefined,
      fromFan: whole,
      fromQueue: whole,
      fromTopic: whole,
      someOfTopic: whole,
    });
    expect(read('generated/services/desk/from-topic.ts')).toContain('matching(filter)');
    expect(read('generated/services/desk/everything.ts')).not.toContain('matching');
  });

  it('is explained by `route` as what the handler leaves alone', () => {
    const { eventloom, write } = project();
    write({
      'event.json': JSON.stringify({ event: 'Placed', channel: 'fanned', payload: { sku: 'abbb', market: 'eu' } }),
    });
    const { consumers: rows } = JSON.parse(eventloom('route', 'event.json', '--json').stdout) as {
      readonly consumers: readonly { readonly operation: string; readonly matched: boolean; readonly reason: string }[];
    };
    const row = rows.find(({ operation }) => operation === 'fromFan');
    expect(row).toMatchObject({
      matched: false,
      reason: expect.stringContaining('the filter in its handler does not match'),
    });
    write({
      'event.json': JSON.stringify({ event: 'Placed', channel: 'fanned', payload: { sku: 'abz', market: 'eu' } }),
    });
    const again = JSON.parse(eventloom('route', 'event.json', '--json').stdout) as { readonly consumers: typeof rows };
    expect(again.consumers.find(({ operation }) => operation === 'fromFan')).toMatchObject({
      matched: true,
      reason: expect.stringContaining('so does the filter in its handler'),
    });
  });
});
