import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import type { Clock } from '../clock.ts';
import { invocationKey } from '../invocation.ts';
import { createLogger } from './log.ts';
import { queueHandler } from './queue-handler.ts';

const clock: Clock = { now: () => new Date('2026-11-20T18:43:48.123Z'), sleep: async () => {} };

function written(leastLevel: string | undefined): string[] {
  const lines: string[] = [];
  const log = createLogger(() => ({}), {
    invocation: { log: (level) => lines.push(level) },
    connection: { environment: { AWS_LAMBDA_LOG_LEVEL: leastLevel }, clock },
  });
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level]('');
  return lines;
}

/** What is written for fields. */
function lineOf(fields: object, message = 'Hello'): unknown {
  const lines: unknown[] = [];
  createLogger(() => ({ eventId: 'e-1' }), {
    invocation: { log: (_, line) => lines.push(JSON.parse(line)) },
    connection: { environment: {}, clock },
  }).info(message, fields);
  return lines[0];
}

describe('a line of the log', () => {
  test('has the fields of those of Lambda, which no other replaces', () => {
    const lines: string[] = [];
    const log = createLogger(() => ({ requestId: 'r-1', eventId: 'e-1' }), {
      invocation: { log: (_, line) => lines.push(line) },
      connection: { environment: {}, clock },
    });
    log.info('Hello', { total: 5, requestId: 'mine' });
    expect(lines).toEqual([
      '{"timestamp":"2026-11-20T18:43:48.123Z","level":"INFO","message":"Hello","requestId":"r-1","eventId":"e-1","total":5}',
    ]);
  });

  test('goes to standard output as it is, past the console that Lambda dresses', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    createLogger(() => ({}), { connection: { environment: {}, clock } }).error('Oh');
    expect(write.mock.calls).toEqual([['{"timestamp":"2026-11-20T18:43:48.123Z","level":"ERROR","message":"Oh"}\n']]);
    write.mockRestore();
  });

  test.each([
    ['TRACE', ['debug', 'info', 'warn', 'error']],
    ['DEBUG', ['debug', 'info', 'warn', 'error']],
    ['INFO', ['info', 'warn', 'error']],
    ['ERROR', ['error']],
    ['FATAL', []],
    ['', ['info', 'warn', 'error']],
    [undefined, ['info', 'warn', 'error']],
  ])('at AWS_LAMBDA_LOG_LEVEL %s is one of %j', (level, expected) => {
    expect(written(level)).toEqual(expected);
  });

  test('says of an error what JSON would leave out, and bigints as text', () => {
    const cause = new Error('502', { cause: 'gateway' });
    const error = Object.assign(new Error('card declined', { cause }), { code: 'declined', amount: 12n });
    expect(lineOf({ error, total: 1n })).toMatchObject({
      total: '1',
      error: {
        ...{ name: 'Error', message: 'card declined', code: 'declined', amount: '12' },
        stack: expect.stringContaining('log.test.ts'),
        cause: { name: 'Error', message: '502', cause: 'gateway' },
      },
    });
  });

  test('says the errors of an AggregateError', () => {
    const error = new AggregateError([new Error('a'), new Error('b')], 'both');
    expect(lineOf({ error })).toMatchObject({
      error: { name: 'AggregateError', message: 'both', errors: [{ message: 'a' }, { message: 'b' }] },
    });
  });

  test('keeps what every error has, of one that holds a cycle', () => {
    const request: Record<string, unknown> = { url: '/charge' };
    request.response = { request };
    const error = Object.assign(new Error('502 from gateway', { cause: new TypeError('odd') }), { code: 502, request });
    const line = lineOf({ attempt: 1, error }) as { readonly error: object };
    expect(line).toMatchObject({
      ...{ message: 'Hello', eventId: 'e-1', attempt: 1 },
      error: { name: 'Error', message: '502 from gateway', code: 502, cause: { name: 'TypeError', message: 'odd' } },
    });
    expect(line.error).not.toHaveProperty('request');
  });

  const cycle: Record<string, unknown> = { url: '/charge' };
  cycle.self = cycle;
  const looped = new Error('loop');
  looped.cause = looped;
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const fails = (): never => {
    throw Object.create(null);
  };
  test.each([
    ['a cycle', { cycle, total: 5 }, /\/charge.*total: 5/s],
    ['an error that causes itself', { error: looped, attempt: 1 }, /loop.*log\.test\.ts.*attempt: 1/s],
    ['what throws no error when it is asked', { odd: { toJSON: fails }, total: 5 }, /total: 5/],
    ['a getter that throws', Object.defineProperty({ total: 5 }, 'odd', { get: fails, enumerable: true }), /total: 5/],
    ['a revoked proxy', { odd: revoked.proxy, total: 5 }, /total: 5/],
    ['nothing but a revoked proxy', revoked.proxy, /Proxy/],
  ])('has as text what has no form in JSON: %s', (_, fields, text) => {
    expect(lineOf(fields)).toMatchObject({
      ...{ level: 'INFO', message: 'Hello', eventId: 'e-1' },
      unwritable: expect.stringMatching(text),
    });
  });

  test('is written whatever the fields do', () => {
    const error = Object.defineProperty(new Error('odd'), 'stack', { get: fails });
    // Node 20 cannot show such an error, Node 24 can.
    expect(lineOf({ error })).toMatchObject({ message: 'Hello', eventId: 'e-1', unwritable: expect.anything() });
    const odd = { toJSON: fails, [inspect.custom]: fails };
    expect(lineOf(odd)).toMatchObject({ message: 'Hello', eventId: 'e-1', unwritable: true });
    expect(lineOf({}, 10n as never)).toMatchObject({ message: '10' });
  });

  test('says the trace of the invocation when the event came with none', async () => {
    const lines: unknown[] = [];
    const definition = {
      ...({ key: 'a/b', service: 'a', consumer: 'b', onInvalid: 'deadLetter', fifo: false } as const),
      ...({ routes: ['eventbridge'], receives: [], emits: [] } as const),
    };
    const environment = { _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8' };
    const invocation = {
      environment,
      clients: {},
      clock,
      log: (_: string, line: string) => lines.push(JSON.parse(line)),
    };
    const handler = queueHandler(definition, () => {});
    await handler({ Records: [{ messageId: 'm', body: '{}' }] }, { awsRequestId: 'r-1', [invocationKey]: invocation });
    expect(lines[0]).toMatchObject({ requestId: 'r-1', xrayTraceId: '1-5759e988-bd862e3fe1be46a994272793' });
  });
});
