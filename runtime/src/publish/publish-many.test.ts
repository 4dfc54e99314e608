import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchSystem, given, many, numbersOf, thrown } from '../../../test/support/batch-system.ts';
import { PublishError } from '../errors.ts';

describe('$publish', () => {
  test('sends events of many buses in as few requests as carry them, and gives their ids in order', async () => {
    const { publisher, sent } = batchSystem();
    const mixed = Array.from({ length: 25 }, (_, n) => given(n % 2 === 0 ? 'Bus' : 'OtherBus', n));
    const published = await publisher.$publish(mixed);
    expect(published).toEqual(mixed.map(({ name }, n) => ({ id: `e${n}`, name, source: 'shop' })));
    expect(sent.map(({ entries }) => entries.length)).toEqual([10, 10, 5]);
  });

  test('sends a batch to each topic and queue', async () => {
    const { publisher, sent } = batchSystem();
    const mixed = Array.from({ length: 12 }, (_, n) => given(n % 2 === 0 ? 'Topic' : 'Queue', n));
    const ids = (await publisher.$publish(mixed)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(12);
    // Both are under way at once: which is first is no matter.
    expect(sent.map(({ command, entries }) => [command, entries.length]).sort()).toEqual([
      ['PublishBatchCommand', 6],
      ['SendMessageBatchCommand', 6],
    ]);
  });

  test('keeps within the bytes of a request', async () => {
    const { publisher, sent } = batchSystem();
    const note = 'x'.repeat(300_000);
    await publisher.$publish([1, 2, 3, 4].map((n) => given('Bus', n, { note })));
    expect(numbersOf(sent)).toEqual([[1, 2, 3], [4]]);
  });

  test('fills no request to the last byte, which EventBridge refuses', async () => {
    const { publisher, sent } = batchSystem();
    const frame = 'shopBus{"n":1,"note":""}'.length;
    const half = (n: number) => given('Bus', n, { note: 'x'.repeat(524_288 - frame) });
    await publisher.$publish([half(1), half(2)]);
    expect(sent).toHaveLength(2);
  });

  test.each([
    ['nothing', [null]],
    ['a hole', Array(1)],
    ['a number', [7]],
  ])('says of %s that it is no event, and of the others what became of them', async (_, [odd]) => {
    const { publisher } = batchSystem();
    const list = [given('Bus', 1), odd as never, given('Bus', 2)];
    const results = await publisher.$publishSettled(list, { sendValid: true });
    expect(results.map(({ published, failure }) => published?.id ?? failure?.code)).toEqual([
      ...['e1', 'unknown-event', 'e2'],
    ]);
    await expect(publisher.$publish(list)).rejects.toMatchObject({ name: 'PublishError', code: 'unknown-event' });
  });

  test('speaks of the events that it was given, whatever the caller does with the list meanwhile', async () => {
    const { publisher } = batchSystem({ verdict: (n) => (n === 2 ? 'never' : undefined) });
    const list = many('Bus', 3);
    const publishing = publisher.$publish(list);
    list.length = 0;
    await expect(publishing).rejects.toMatchObject({ failures: [{ index: 2, event: { payload: { n: 2 } } }] });
  });

  test('sends no request for no events', async () => {
    const { publisher, sent } = batchSystem();
    expect(await publisher.$publish([])).toEqual([]);
    expect(sent).toEqual([]);
  });

  test('sends nothing when one event is invalid or too large, and lists each with its reason', async () => {
    const { publisher, sent } = batchSystem();
    const error = await thrown(
      publisher.$publish([
        given('Bus', 1),
        { name: 'Bus', payload: { n: 'x' } },
        given('Small', 3, { note: 'x'.repeat(60) }),
      ]),
    );
    expect(error).toBeInstanceOf(PublishError);
    expect(error).toMatchObject({
      code: 'invalid-payload',
      published: [],
      failures: [
        { index: 0, code: 'not-sent', event: { name: 'Bus', source: 'shop', payload: { n: 1 } } },
        { index: 1, code: 'invalid-payload', cause: { name: 'ValidationFailure', path: '/n', rule: 'type' } },
        { index: 2, code: 'event-too-large' },
      ],
    });
    expect(sent).toEqual([]);
  });

  test('sends the valid ones when asked to', async () => {
    const { publisher, accepted } = batchSystem();
    const error = await thrown(
      publisher.$publish([given('Bus', 1), { name: 'Nowhere', payload: {} }, given('Bus', 2)], { sendValid: true }),
    );
    expect(accepted).toEqual([1, 2]);
    expect(error).toMatchObject({
      code: 'unknown-event',
      published: [{ id: 'e1' }, { id: 'e2' }],
      failures: [{ index: 1, event: { name: 'Nowhere' } }],
    });
  });

  test('does not validate where it is told not to, by the call or by the event', async () => {
    const { publisher, accepted } = batchSystem();
    const odd = { name: 'Bus', payload: { n: 'x' } };
    await publisher.$publish([odd], { validate: false });
    await publisher.$publish([{ ...odd, validate: false }]);
    expect((await thrown(publisher.$publish([{ ...odd, validate: true }], { validate: false }))).code).toBe(
      'invalid-payload',
    );
    expect(accepted).toEqual(['x', 'x']);
  });

  test('reports a payload that has no JSON', async () => {
    const { publisher } = batchSystem();
    const loop: Record<string, unknown> = { n: 1 };
    loop.self = loop;
    const results = await publisher.$publishSettled([
      { name: 'Bus', payload: loop },
      { name: 'Bus', payload: undefined, validate: false },
    ]);
    expect(results.map(({ failure }) => failure?.code)).toEqual(['not-json', 'not-json']);
  });

  test('sends only what failed again, and only what may succeed', async () => {
    const { publisher, sent } = batchSystem({
      verdict: (n, attempt) => (n === 1 ? 'never' : n === 3 && attempt < 3 ? 'again' : undefined),
    });
    const error = await thrown(publisher.$publish(many('Queue', 5)));
    expect(numbersOf(sent)).toEqual([[0, 1, 2, 3, 4], [3], [3]]);
    expect(error).toMatchObject({ code: 'never', failures: [{ index: 1 }] });
    expect(error.published).toHaveLength(4);
  });

  test('takes an entry that the answer does not speak of as unconfirmed, and does not send it again', async () => {
    for (const name of ['Bus', 'Topic', 'Queue']) {
      const { publisher, sent } = batchSystem({ verdict: (n) => (n === 1 ? 'silence' : undefined) });
      const results = await publisher.$publishSettled(many(name, 3));
      expect(results.map(({ failure }) => failure?.code)).toEqual([undefined, 'unconfirmed', undefined]);
      expect(sent).toHaveLength(1);
    }
  });

  test('has no more requests under way than allowed', async () => {
    let underWay = 0;
    let most = 0;
    const { publisher } = batchSystem({
      before: async () => {
        most = Math.max(most, ++underWay);
        await new Promise(setImmediate);
        underWay--;
      },
    });
    await publisher.$publish(many('Bus', 100), { concurrency: 3 });
    expect(most).toBe(3);
  });
});

describe('whatever AWS does', () => {
  test('every event has exactly one outcome, and those published are those accepted', async () => {
    const names = fc.constantFrom('Bus', 'OtherBus', 'Topic', 'Queue', 'FifoTopic', 'FifoQueue', 'Nowhere');
    const verdicts = fc.array(fc.constantFrom('again', 'never', 'silence', undefined, undefined, undefined), {
      maxLength: 80,
    });
    const setting = fc.record({ concurrency: fc.integer({ min: 1, max: 5 }), sendValid: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(names, { maxLength: 60 }),
        verdicts,
        setting,
        fc.nat(9),
        async (list, said, options, crash) => {
          let requests = 0;
          const { publisher, accepted } = batchSystem({
            verdict: (n, attempt) => said[(n * 7 + attempt * 3) % (said.length || 1)],
            before: () => {
              if (++requests % 7 === crash) throw new Error('connection reset');
            },
          });
          const all = list.map((name, n) => given(name, n, { group: `${n % 3}` }));
          const results = await publisher.$publishSettled(all, options);
          expect(results).toHaveLength(all.length);
          const published = results.flatMap((result, n) => (result.published ? [n] : []));
          expect(published).toEqual([...accepted].sort((left, right) => left - right));
          for (const [index, { published: one, failure }] of results.entries()) {
            expect(one === undefined).toBe(failure !== undefined);
            expect(failure?.index ?? index).toBe(index);
            expect((failure?.event ?? one)?.name).toBe(all[index]?.name);
          }
        },
      ),
    );
  });
});
