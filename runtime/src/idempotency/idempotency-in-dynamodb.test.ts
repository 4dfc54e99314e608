import { describe, expect, test } from 'vitest';
import { gate, order, service, start } from '../../../test/support/charging-service.ts';
import { RetryLater } from '../errors.ts';
import type { Feature } from '../feature.ts';

describe('a store in the table', () => {
  test('writes the items of Powertools', async () => {
    const { deliver, dynamoDb } = service(() => ({ charged: true }), { inTable: true });
    let locked: unknown;
    const send = async (command: object): Promise<unknown> => {
      const answer = await dynamoDb.client.send(command as never);
      locked ??= [...dynamoDb.items.values()][0];
      return answer;
    };
    await deliver([order(1)], { send }, 20_000);
    const [item] = dynamoDb.items.values();
    const expiration = { N: String(start / 1_000 + 3_600) };
    const common = {
      expiration,
      owner: { S: expect.any(String) },
      validation: { S: expect.stringMatching(/^.{43}=$/) },
    };
    const id = { S: expect.stringMatching(/^payments\/charge#.{43}=$/) };
    const in_progress_expiration = { N: String(start + 20_000) };
    expect(locked).toEqual({ id, status: { S: 'INPROGRESS' }, in_progress_expiration, ...common });
    expect(item).toEqual({
      id,
      status: { S: 'COMPLETED' },
      in_progress_expiration,
      data: { M: { charged: { BOOL: true } } },
      ...common,
    });
  });

  test('reads an item of Powertools, which checks no payload', async () => {
    let runs = 0;
    const { deliver, dynamoDb } = service(() => runs++, { inTable: true });
    await deliver([order(1)]);
    const [[id, item]] = [...dynamoDb.items] as [[string, object]];
    const written = { ...item, validation: { S: '' }, data: { S: 'theirs' } };
    dynamoDb.items.set(id, JSON.parse(JSON.stringify({ ...written, owner: undefined })));
    expect(await deliver([order(1, { other: true })])).toEqual([]);
    expect(runs).toBe(1);
  });

  test('asks for one thing before the handler and one after', async () => {
    const { deliver, dynamoDb } = service(() => {}, { inTable: true });
    await deliver([order(1)]);
    expect(dynamoDb.requests).toEqual(['PutItem', 'UpdateItem']);
  });

  test('knows its lock, and what it remembered, when the answer was lost and the SDK asks again', async () => {
    let runs = 0;
    const { deliver, dynamoDb, lines } = service(
      () => {
        runs++;
        dynamoDb.faults.lostAnswers = 1;
      },
      { inTable: true },
    );
    dynamoDb.faults.lostAnswers = 1;
    expect(await deliver([order(1)])).toEqual([]);
    expect(await deliver([order(1)])).toEqual([]);
    expect(runs).toBe(1);
    expect(lines).toEqual([]);
  });

  test('that gives a lock when it is over has nobody handle the event, and frees it', async () => {
    let runs = 0;
    const { deliver, dynamoDb, clock, failures } = service(() => runs++, { inTable: true });
    const send = (command: object): Promise<unknown> => {
      clock.milliseconds += 20_000;
      return dynamoDb.client.send(command as never);
    };
    expect(await deliver([order(1)], { send }, 20_000)).toHaveLength(1);
    expect(failures).toMatchObject([{ name: 'RetryLater', code: 'too-late' }]);
    expect([runs, dynamoDb.requests]).toEqual([0, ['PutItem', 'DeleteItem']]);
  });

  test('that answers after a thaw of the sandbox has the handler run in the next delivery alone', async () => {
    const [frozen, done] = [gate(), gate()];
    let runs = 0;
    const { deliver, dynamoDb } = service(() => runs++, { inTable: true });
    const send = async (command: object): Promise<unknown> => {
      if (dynamoDb.requests.length === 0) await frozen.opened;
      const answer = await dynamoDb.client.send(command as never);
      if (dynamoDb.requests.at(-1) === 'DeleteItem') done.open();
      return answer;
    };
    expect(await deliver([order(1)], { send }, 510)).toHaveLength(1);
    frozen.open();
    await done.opened;
    expect(await deliver([order(1)])).toEqual([]);
    expect(runs).toBe(1);
  });

  test('that is throttled for a while keeps the result', async () => {
    const results: unknown[] = [];
    const around: Feature = { around: async (_call, next) => results.push(await next()) };
    const { deliver, dynamoDb, lines } = service(() => ({ charged: true }), { inTable: true, features: [around] });
    const throttled = ['UpdateItemCommand', 'UpdateItemCommand'];
    const send = async (command: object): Promise<unknown> => {
      if (throttled[0] !== command.constructor.name) return dynamoDb.client.send(command as never);
      throw Object.assign(new Error('Rate exceeded'), { name: throttled.shift() && 'ThrottlingException' });
    };
    for (const _ of [1, 2]) await deliver([order(1)], { send });
    expect([results, lines]).toEqual([[{ charged: true }, { charged: true }], []]);
  });

  test('that can be written to again at the last remembers the event without its result', async () => {
    let runs = 0;
    const { deliver, dynamoDb, lines } = service(() => ({ run: ++runs }), { inTable: true });
    let outages = 3;
    const send = async (command: object): Promise<unknown> => {
      if (command.constructor.name !== 'UpdateItemCommand' || outages-- <= 0)
        return dynamoDb.client.send(command as never);
      throw new Error('connection reset');
    };
    for (const _ of [1, 2]) expect(await deliver([order(1)], { send })).toEqual([]);
    expect([runs, lines.map(({ level }) => level)]).toEqual([1, ['WARN']]);
  });

  test.each([
    ['too large', 'x'.repeat(500_000)],
    ['too deep', JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`)],
  ])('that refuses a result which is %s is asked once more, without it', async (_what, result) => {
    const { deliver, dynamoDb, lines } = service(() => result, { inTable: true });
    expect(await deliver([order(1)])).toEqual([]);
    expect(dynamoDb.requests).toEqual(['PutItem', 'UpdateItem', 'UpdateItem']);
    expect(lines).toMatchObject([{ level: 'WARN', message: 'The result of an event was not remembered' }]);
  });

  test('that is out of order before the handler keeps the event from it: it comes again', async () => {
    let runs = 0;
    const { deliver, dynamoDb } = service(() => runs++, { inTable: true });
    dynamoDb.faults.outage = true;
    expect(await deliver([order(1)])).toHaveLength(1);
    expect(runs).toBe(0);
  });

  test('that is out of order after the handler does not have it run again: the event counts as handled', async () => {
    let runs = 0;
    const handle = () => {
      runs++;
      dynamoDb.faults.outage = true;
    };
    const { deliver, dynamoDb, lines } = service(handle, { inTable: true });
    expect(await deliver([order(1)])).toEqual([]);
    expect(lines.map(({ level }) => level)).toEqual(['WARN', 'ERROR']);
    dynamoDb.faults.outage = false;
    // Should it be delivered twice, it waits for the end of its lock.
    expect(await deliver([order(1)])).toHaveLength(1);
    expect(runs).toBe(1);
  });

  test('that is out of order when the handler fails leaves the failure as it is', async () => {
    const failure = new RetryLater('busy', 5);
    const { deliver, dynamoDb, failures } = service(
      () => {
        dynamoDb.faults.outage = true;
        throw failure;
      },
      { inTable: true },
    );
    expect(await deliver([order(1)])).toHaveLength(1);
    expect(failures).toEqual([failure]);
  });

  test('remembers an event whose result it cannot keep', async () => {
    let runs = 0;
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const handle = () => {
      runs++;
      return cycle;
    };
    const { deliver, lines } = service(handle, { inTable: true });
    await deliver([order(1)]);
    await deliver([order(1)]);
    expect(runs).toBe(1);
    expect(lines).toMatchObject([{ level: 'WARN', message: 'The result of an event was not remembered' }]);
  });
});
