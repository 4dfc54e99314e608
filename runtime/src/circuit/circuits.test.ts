import { describe, expect, test } from 'vitest';
import { dynamoDbInMemory } from '../../../test/support/dynamo-db.ts';
import type { ConsumerDefinition, EventDefinition } from '../definitions.ts';
import { PermanentError } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Observation } from '../feature.ts';
import { queueHandler } from '../handle/queue-handler.ts';
import { invocationKey } from '../invocation.ts';
import type { Stores } from '../stores.ts';
import type { Validator } from '../validator.ts';
import { type CircuitContext, circuits } from './circuits.ts';
import { circuitsInMemory } from './circuits-in-memory.ts';

type Context = CircuitContext<'gateway' | 'crm'>;
type Event = ReceivedEvent<string, string, unknown>;

const anything = Object.assign((_value: unknown): _value is unknown => true, { errors: null }) as Validator<unknown>;
const orderPlaced: EventDefinition = { name: 'OrderPlaced', source: 'shop.orders', validate: anything };
const times = { outageSeconds: 600, failureThreshold: 2, firstProbeSeconds: 40, maximumProbeSeconds: 300 };

const definition: ConsumerDefinition = {
  key: 'payments/charge',
  service: 'payments',
  consumer: 'charge',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['sqs'],
  receives: [orderPlaced],
  emits: [],
  downstreams: [
    { name: 'crm', ...times },
    { name: 'gateway', ...times },
  ],
};

function service(
  handle: (event: Event, context: Context) => unknown,
  stores: Stores | undefined = { circuits: circuitsInMemory() },
) {
  const clock = { milliseconds: 1_800_000_000_000, now: () => new Date(clock.milliseconds), sleep: async () => {} };
  const handler = queueHandler(definition, handle, [circuits]);
  const dynamoDb = dynamoDbInMemory();

  /** Delivers so many messages as a batch, and returns what each failed with. */
  async function deliver(count = 1, attempt = 1) {
    const failures: unknown[] = [];
    const lines: Record<string, unknown>[] = [];
    const attributes = { ApproximateReceiveCount: String(attempt) };
    const Records = Array.from({ length: count }, (_, index) => ({ messageId: `m${index}`, body: '{}', attributes }));
    const invocation = {
      environment: { EVENTLOOM_TABLE_NAME: 't' },
      clients: { dynamoDb: dynamoDb.client as never },
      clock,
      stores,
      log: (_level: string, line: string) => void lines.push(JSON.parse(line)),
      features: [{ observe: (seen: Observation) => void (seen.kind === 'retried' && failures.push(seen.error)) }],
    };
    await handler({ Records }, { [invocationKey]: invocation });
    return { failures, lines };
  }
  return { deliver, clock, dynamoDb };
}

/** Calls the gateway, which is out of order while `state.down`. */
function charging() {
  const state = { down: true, runs: 0, calls: 0 };
  const handle = async (_event: Event, { downstreams }: Context): Promise<void> => {
    state.runs++;
    await downstreams.gateway.call(() => {
      state.calls++;
      if (state.down) throw new Error('503');
    });
  };
  return { state, handle };
}

const waits = (code: string, atLeast: number, atMost: number): object => ({
  name: 'RetryLater',
  code,
  retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds >= atLeast && seconds <= atMost),
});

describe('a handler with downstreams', () => {
  test('calls through the circuit, and handles the event', async () => {
    const results: unknown[] = [];
    const { deliver } = service(async (_event, { downstreams }) => {
      results.push(await downstreams.gateway.call(() => 1), await downstreams.crm.call(async () => 'two'));
    });
    expect((await deliver()).failures).toEqual([]);
    expect(results).toEqual([1, 'two']);
  });

  test('is not called while a circuit is open: its events come again with the next probe', async () => {
    const { state, handle } = charging();
    const { deliver } = service(handle);
    await deliver(2);
    const { failures } = await deliver(5);
    expect(failures).toEqual(Array(5).fill(expect.objectContaining(waits('circuit-open', 40, 50))));
    expect(state.runs).toBe(2);
  });

  test('has an event whose call failed come again no sooner than a probe, with the error as the cause', async () => {
    const { deliver } = service(charging().handle);
    const [first] = (await deliver(1, 1)).failures;
    expect(first).toMatchObject({ ...waits('downstream-failed', 40, 50), cause: { message: '503' } });
    const [opening] = (await deliver(1, 3)).failures;
    expect(opening).toMatchObject({ ...waits('circuit-open', 160, 170), cause: { message: '503' } });
  });

  test('lets one event of a batch be the probe, and all again when it succeeded', async () => {
    const { state, handle } = charging();
    const { deliver, clock } = service(handle);
    await deliver(2);
    clock.milliseconds += 40_000;
    state.down = false;
    const { failures, lines } = await deliver(5);
    expect(state.calls).toBe(3);
    expect(failures).toHaveLength(4);
    expect(lines).toContainEqual(expect.objectContaining({ message: 'Circuit: closed', downstream: 'gateway' }));
    expect((await deliver(5)).failures).toEqual([]);
  });

  test('may call several times as the probe', async () => {
    const { state, handle } = charging();
    const { deliver, clock } = service(async (event, context) => {
      await Promise.all([handle(event, context), handle(event, context)]);
    });
    await deliver(1);
    await deliver(1);
    clock.milliseconds += 400_000;
    state.down = false;
    expect((await deliver(1)).failures).toEqual([]);
  });

  test('that does not call leaves the probe to another event', async () => {
    const { state, handle } = charging();
    let idle = false;
    const { deliver, clock } = service((event, context) => (idle ? undefined : handle(event, context)));
    await deliver(2);
    clock.milliseconds += 40_000;
    idle = true;
    expect((await deliver()).failures).toEqual([]);
    idle = false;
    state.down = false;
    expect((await deliver()).failures).toEqual([]);
    expect(state.calls).toBe(3);
  });

  test('gives back the probe of one downstream when another is open', async () => {
    const down = { gateway: true, crm: true };
    const { deliver, clock } = service(async (_event, { downstreams }) => {
      for (const name of ['crm', 'gateway'] as const) {
        await downstreams[name].call(() => {
          if (down[name]) throw new Error(name);
        });
      }
    });
    await deliver(2);
    clock.milliseconds += 40_000;
    down.crm = false;
    // The probe of crm succeeds, and the gateway has its first failures.
    await deliver(1);
    await deliver(1);
    expect((await deliver(1)).failures).toMatchObject([{ message: 'The circuit of gateway is open' }]);
  });

  test('leaves an error alone that is not of the downstream, and one that says that trying again is useless', async () => {
    const errors = [new Error('a bug'), new PermanentError('no such customer')];
    const { deliver } = service(async (_event, { downstreams }) => {
      await downstreams.gateway.call(() => {});
      throw errors[0];
    });
    expect((await deliver()).failures).toEqual([errors[0]]);
    const refusing = service((_event, { downstreams }) =>
      downstreams.gateway.call(() => {
        throw errors[1];
      }),
    );
    expect((await refusing.deliver()).failures).toEqual([errors[1]]);
  });

  test('writes twice for a probe that succeeds: that it is sent, and that the circuit is closed', async () => {
    const { state, handle } = charging();
    const { deliver, clock, dynamoDb } = service(handle, {});
    await deliver(2);
    clock.milliseconds += 40_000;
    state.down = false;
    dynamoDb.requests.length = 0;
    await deliver();
    expect(dynamoDb.requests.filter((request) => request === 'PutItem')).toHaveLength(2);
  });

  test('shares the state in the table, and handles events when that is out of order', async () => {
    const { state, handle } = charging();
    const { deliver, dynamoDb } = service(handle, {});
    await deliver(2);
    expect([...dynamoDb.items.keys()]).toEqual(['circuit#payments#gateway']);
    expect((await deliver()).failures).toMatchObject([{ code: 'circuit-open' }]);
    dynamoDb.faults.outage = true;
    state.down = false;
    expect((await deliver()).failures).toEqual([]);
  });
});
