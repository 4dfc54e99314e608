import { describe, expect, test } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';
import { emit } from './emit.ts';

const spec = (receive: string): string => `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers: { shop: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
  orders:
    address: shop.orders
    x-claim-check: { keep: [/orderId] }
    messages: { Placed: { $ref: '#/components/messages/Placed' } }
  lines:
    address: shop.lines
    messages: { Picked: { $ref: '#/components/messages/Picked' } }
operations:
  take:
    action: receive
    channel: { $ref: '#/channels/orders' }
    x-service: desk
${receive.replace(/^/gm, '    ')}
components:
  messages:
    Placed:
      payload:
        type: object
        required: [orderId, lines]
        properties: { orderId: { type: string }, lines: { type: array, items: { type: string } } }
    Picked: { payload: { type: object } }
`;

const emitsPicked = "x-emits: [{ $ref: '#/channels/lines/messages/Picked' }]";
const emitsPlaced = "x-emits: [{ $ref: '#/channels/orders/messages/Placed' }]";

async function takeFile(receive: string): Promise<string> {
  const { model, diagnostics } = await understand(spec(receive));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const file = emit(model, '1.2.3').find(({ path }) => path === 'services/desk/take.ts');
  return file?.content ?? '';
}

describe('the factory of a consumer', () => {
  test('passes the features that the spec asks for, outermost first, and the users own last', async () => {
    const all = `x-idempotency: { key: /orderId }
x-downstreams: { gateway: { outageSeconds: 10 } }
${emitsPicked}`;
    expect(await takeFile(all)).toContain(
      'return busQueueHandler(definition, handle, [claims, circuits, idempotent, emitting, ...features]);',
    );
    expect(await takeFile(emitsPlaced)).toContain('[claims, emittingWith(claiming), ...features]');
    expect(await takeFile(`x-split: /lines\n${emitsPlaced}`)).toContain(
      '[claims, splittingWith(claiming), ...features]',
    );
  });

  test('has a second one for batches where there is a queue', async () => {
    const text = await takeFile('x-delivery: { type: queue }');
    expect(text).toContain('export function takeBatch(');
    expect(text).toContain('(events: readonly TakeEvent[], context: BatchContext<TakeEvent, TakeContext>)');
    expect(text).toContain('return queueBatchHandler(definition, handle, [claims, ...features]);');
    expect(await takeFile('x-delivery: { type: function }')).not.toContain('Batch');
  });

  test('of a split maps elements to the payload of the one event that is emitted', async () => {
    const text = await takeFile(`x-split: /lines\n${emitsPicked}`);
    expect(text).toContain("element: ElementAt<TakeEvent['payload'], ['lines']>");
    expect(text).toContain('=> Picked | null | Promise<Picked | null>');
    expect(text).toContain('busQueueHandler(definition, splitHandler(map), [claims, splitting, ...features])');
    expect(text).toContain('export type TakeContext = SplitContext<TakeEvent>;');
    expect(text).not.toMatch(/Batch|TakePublish|emitting/);
  });

  test('of a gathering takes all parts at once', async () => {
    const text = await takeFile(`x-gather: { timeoutSeconds: 60 }\n${emitsPicked}`);
    expect(text).toContain('gather: GatherFunctions<TakeEvent, TakeContext>');
    expect(text).toContain(
      'busQueueHandler(definition, gatherHandler(gather), [claims, gathering, emitting, ...features])',
    );
    expect(text).toContain('export type TakeContext = EmittingContext<TakePublish>;');
    expect(text).not.toContain('Batch');
  });
});

describe('the context of a consumer with downstreams', () => {
  test('has each of them by its name, beside what it publishes', async () => {
    const downstreams = 'x-downstreams: { ledger: { outageSeconds: 1 }, gateway: { outageSeconds: 1 } }';
    expect(await takeFile(downstreams)).toContain("export type TakeContext = CircuitContext<'gateway' | 'ledger'>;");
    expect(await takeFile(`${downstreams}\n${emitsPicked}`)).toContain(
      "EmittingContext<TakePublish> & CircuitContext<'gateway' | 'ledger'>",
    );
  });
});

describe('the definition of a consumer', () => {
  test('says nothing of what the spec does not say', async () => {
    expect(await takeFile('x-delivery: {}')).not.toMatch(/concurrency|backoff|idempotency|split|gather|downstreams/);
  });

  test('says how its events are handled', async () => {
    const text = await takeFile(`x-delivery: { concurrency: 3, backoffFirstSeconds: 0 }
x-idempotency: { key: /orderId, ttlSeconds: 60 }
x-downstreams: { gateway: { outageSeconds: 10 } }`);
    const flat = text.replace(/\s+/g, ' ');
    expect(flat).toContain('concurrency: 3,');
    expect(flat).toContain('backoff: { firstSeconds: 0, maximumSeconds: 900 }');
    expect(flat).toContain("idempotency: { key: '/orderId', ttlSeconds: 60, replays: 'run' }");
    expect(flat).toContain("name: 'gateway', outageSeconds: 10, failureThreshold: 5");
  });
});
