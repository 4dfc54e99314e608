import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bedWateredSchema } from '../../../../test/golden/bus-to-queue/expected/events/index.ts';
import { countHoseWater } from '../../../../test/golden/bus-to-queue/expected/services/accounting/index.ts';
import { bellRangSchema } from '../../../../test/golden/topic-to-function/expected/events/index.ts';
import { openDoor } from '../../../../test/golden/topic-to-function/expected/services/butler/index.ts';
import { arbitrary } from '../arbitraries/index.ts';
import { eventOf } from '../event.ts';
import { harness } from './harness.ts';

const ring = eventOf('BellRang', bellRangSchema, { door: 'front' });

describe('a harness of a function behind a topic', () => {
  test('delivers, and shows what it published', async () => {
    const house = harness(
      openDoor(async ({ payload }, { publish }) => {
        await publish('VisitorCame', payload);
      }),
    );
    const [id = ''] = await house.deliver(ring);
    house.expectHandledOnce(id);
    expect(house.published).toMatchObject([{ name: 'VisitorCame', source: 'house.visits', payload: ring.payload }]);
  });

  test('tries three times, dead-letters, and comes back when it is redriven', async () => {
    const butler = { awake: false };
    const house = harness(
      openDoor(() => {
        if (!butler.awake) throw new Error('asleep');
      }),
    );
    const [id = ''] = await house.deliver(ring);
    expect(house.runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(house.expectDeadLettered(id, { reason: 'asleep' }).code).toBeUndefined();
    butler.awake = true;
    expect(await house.redrive()).toBe(1);
    house.expectHandledOnce(id);
  });

  test('tells why an invalid event was dead-lettered', async () => {
    const house = harness(openDoor(() => {}));
    const [id = ''] = await house.deliver({ ...ring, payload: { ...ring.payload, times: [] as never } });
    house.expectDeadLettered(id, { code: 'invalid-payload' });
  });
});

test('every payload that the schema allows is handled once', async () => {
  const payloads = arbitrary(bedWateredSchema).map((payload) => ({ ...payload, source: 'hose' as const }));
  await fc.assert(
    fc.asyncProperty(fc.array(payloads, { minLength: 1, maxLength: 12 }), async (list) => {
      const garden = harness(countHoseWater(() => {}));
      const ids = await garden.deliver(list.map((payload) => ({ name: 'BedWatered', payload })));
      for (const id of ids) garden.expectHandledOnce(id);
    }),
    { numRuns: 25 },
  );
});
