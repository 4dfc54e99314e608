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

describe('a line of the log', () => {
  test('begins as one of Lambda, in the order of Lambda', () => {
    const lines: string[] = [];
    const log = createLogger(() => ({ requestId: 'r-1', eventId: 'e-1' }), {
      invocation: { log: (_, line) => lines.push(line) },
      connection: { environment: {}, clock },
    });
    log.info('Hello', { total: 5, requestId: 'mine' });
    expect(lines).toEqual([
      '{"timestamp":"2026-11-20T18:43:48.123Z","level":"INFO","requestId":"r-1","message":"Hello","eventId":"e-1","total":5}',
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
    ['warn', ['warn', 'error']],
    ['ERROR', ['error']],
    ['FATAL', []],
    ['', ['info', 'warn', 'error']],
    [undefined, ['info', 'warn', 'error']],
    ['NONSENSE', ['info', 'warn', 'error']],
  ])('at AWS_LAMBDA_LOG_LEVEL %s is one of %j', (level, expected) => {
    expect(written(level)).toEqual(expected);
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
