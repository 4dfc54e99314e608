import { describe, expect, test } from 'vitest';
import { order, service, start } from '../../../test/support/charging-service.ts';
import { RetryLater } from '../errors.ts';

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
