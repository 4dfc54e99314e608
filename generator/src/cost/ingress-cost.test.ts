import { beforeAll, describe, expect, it } from 'vitest';
import { harbourSpec } from '../../../test/infra/harbour.ts';
import { understand } from '../../../test/support/model-of.ts';
import { addressKey } from '../model/order.ts';
import { type CostEstimate, estimateCost } from './estimate-cost.ts';

let estimate: CostEstimate;

beforeAll(async () => {
  const { model } = await understand(harbourSpec);
  const published = new Map([
    [addressKey({ name: 'BerthAsked', source: 'harbour.berths' }), 2e6],
    [addressKey({ name: 'TideTold', source: 'harbour.tides' }), 1e6],
  ]);
  const options = { bytes: 1_000, durationMs: 50, memoryMb: null, batch: null, environment: null, freeTier: false };
  estimate = estimateCost(model, { ...options, published, shares: new Map() });
});

const incoming = (key: string) => {
  const found = estimate.incoming.find((one) => one.key === key);
  if (found === undefined) throw new Error(`no ${key} among ${estimate.incoming.map((one) => one.key).join(' ')}`);
  const quantities = Object.fromEntries(found.lines.map(({ price, quantity }) => [price, quantity]));
  return { events: found.events, ...quantities };
};

describe('what comes in costs', () => {
  it('a request to the API for each event, shared by the operations that publish it', () => {
    expect(incoming('desk/askBerth')).toEqual({ events: 1e6, apiRequests: 1e6 });
  });

  it('the invocation of an authorizer, where a function is one', () => {
    expect(incoming('desk/moveBerth')).toMatchObject({ events: 1e6, apiRequests: 1e6, functionRequests: 1e6 });
  });

  it('the invocations of a schedule, as often as it says', () => {
    const { events, scheduleInvocations } = incoming('tides/tellTide') as {
      events: number;
      scheduleInvocations?: number;
    };
    expect(events).toBeCloseTo(730 / 6, 6);
    expect(scheduleInvocations).toBeCloseTo(730 / 6, 6);
  });

  it('the requests of a queue and its pipe', () => {
    const found = incoming('tides/importTides');
    expect(found.events).toBeCloseTo((1e6 - 730 / 6) / 2, 6);
    expect(found).toMatchObject({ pipeRequests: found.events / 5 });
  });

  it('the items of a table', () => {
    const found = incoming('tides/recordTides');
    expect(found).toMatchObject({ tableWrites: found.events });
  });

  it('nothing where nothing was given, but what a schedule publishes by itself', () => {
    const events = Object.fromEntries(
      estimate.events.map(({ name, events: count, basis }) => [name, [Math.round(count), basis]]),
    );
    expect(events).toMatchObject({
      PilotAsked: [1, 'schedule'],
      ShipInNeed: [4, 'schedule'],
      TideTold: [1e6, 'given'],
    });
  });
});
