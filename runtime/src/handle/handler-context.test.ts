import { describe, expect, test } from 'vitest';
import {
  type BatchRunOptions,
  definition,
  envelope,
  failures,
  order,
  record,
  runBatch,
  screened,
} from '../../../test/support/batch-run.ts';
import type { EmittingContext, HandlerContext } from '../context.ts';
import { PermanentError } from '../errors.ts';

const cyclic = (): object => {
  const self: { self?: object } = {};
  self.self = self;
  return self;
};

describe('the context of a handler', () => {
  async function contextWith(
    options: BatchRunOptions & { attributes?: object } = {},
  ): Promise<HandlerContext & { publish?: unknown }> {
    let found: HandlerContext | undefined;
    const { lines } = await runBatch(
      (_, context) => {
        found = context;
        context.log.info('Hello', { total: 5, level: 'mine', error: new PermanentError('no', { code: 'x' }) });
        context.log.warn('Odd', { cycle: cyclic() });
      },
      [record('m-1', envelope(order('o-1')), options.attributes && { attributes: options.attributes })],
      options,
    );
    return { ...(found as HandlerContext), lines } as never;
  }

  test('says who and how often', async () => {
    const context = await contextWith({ attributes: { ApproximateReceiveCount: '3' } });
    expect(context).toMatchObject({ service: 'fraud', consumer: 'screen', route: 'eventbridge', attempt: 3 });
    expect(await contextWith({ attributes: {} })).toMatchObject({ attempt: 1 });
  });

  test('logs lines of JSON that know the event and are not fooled', async () => {
    const { lines } = (await contextWith()) as unknown as { lines: unknown[] };
    expect(lines).toMatchObject([
      {
        level: 'INFO',
        message: 'Hello',
        service: 'fraud',
        consumer: 'screen',
        eventId: 'envelope-1',
        total: 5,
        error: { name: 'PermanentError', message: 'no', code: 'x', stack: expect.any(String) },
      },
      { level: 'WARN', message: 'Odd', eventId: 'envelope-1', unwritable: expect.stringContaining('Circular') },
    ]);
  });

  test('has no publish without emits', async () => {
    expect((await contextWith()).publish).toBeUndefined();
  });

  test('publishes what the consumer emits', async () => {
    const published: unknown[] = [];
    const { sent, response } = await runBatch(
      async (_, context) => {
        const { publish } = context as EmittingContext<(name: string, payload: unknown) => Promise<unknown>>;
        published.push(await publish('Screened', order('o-1')));
      },
      [record('m-1', envelope(order('o-1')))],
      { definition: { ...definition, emits: [screened] } },
    );
    expect(response).toEqual(failures());
    expect(published).toEqual([{ id: 'event-1', name: 'Screened', source: 'shop.fraud' }]);
    expect(sent).toMatchObject([{ Entries: [{ EventBusName: 'shop', DetailType: 'Screened', Source: 'shop.fraud' }] }]);
  });

  test('fails the record that publishes without an environment, naming the variable', async () => {
    const { response, lines } = await runBatch(
      (_, context) =>
        (context as EmittingContext<(name: string, payload: unknown) => Promise<void>>).publish('Screened', order('1')),
      [record('m-1', envelope(order('o-1')))],
      { definition: { ...definition, emits: [screened] }, environment: {} },
    );
    expect(response).toEqual(failures('m-1'));
    expect(lines).toMatchObject([{ error: { name: 'ConfigurationError', variable: 'BUS' } }]);
  });

  test('tells the time that is left, and aborts before it ends', async () => {
    let left: number | undefined;
    let aborted: boolean | undefined;
    await runBatch(
      async (_, { signal, remainingMilliseconds }) => {
        left = remainingMilliseconds();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        aborted = signal.aborted;
      },
      [record('m-1', envelope(order('o-1')))],
      { lambda: { getRemainingTimeInMillis: () => 510 } },
    );
    expect([left, aborted]).toEqual([510, true]);
    expect((await contextWith()).remainingMilliseconds()).toBe(Number.POSITIVE_INFINITY);
    expect((await contextWith()).signal.aborted).toBe(false);
  });
});
