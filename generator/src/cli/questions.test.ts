import { describe, expect, test } from 'vitest';
import { commandLine } from '../../../test/support/command-line.ts';

const shop = commandLine();

describe('route', () => {
  const route = async (input: unknown) => (await shop.run(['route', '-', '--json'], JSON.stringify(input))).json();
  const row = (answer: { consumers: { operation: string }[] }, operation: string) =>
    answer.consumers.find((candidate) => candidate.operation === operation);

  test('an envelope goes to whom its pattern matches', async () => {
    const detail = { total: 500, market: 'eu' };
    const answer = await route({ source: 'shop.orders', 'detail-type': 'OrderPlaced', detail });
    expect(answer).toMatchObject({ valid: true, errors: [] });
    expect(answer.consumers).toHaveLength(3);
    expect(row(answer, 'screenOrder')).toMatchObject({ consumer: 'screenOrder', service: 'fraud', matched: true });
    expect(row(answer, 'acceptOrder')).toMatchObject({
      matched: false,
      reason: 'listens to topic submissions; the event goes to bus shop',
    });
  });

  test('what does not match says which field and what was wanted', async () => {
    const answer = await route({ event: 'OrderPlaced', payload: { total: 499, market: 'eu' } });
    expect(row(answer, 'screenOrder')).toMatchObject({
      matched: false,
      reason: 'its rule does not match: detail.total is 499, wanted a number >= 500',
    });
  });

  test('an invalid event is routed all the same', async () => {
    const answer = await route({ event: 'OrderPlaced', payload: { total: 900, market: 'us', extra: 1 } });
    expect(answer.valid).toBe(true);
    const wrong = await route({ event: 'ShipmentCreated', payload: { carrier: 7 } });
    expect(wrong.errors).toEqual([
      { path: '/carrier', message: 'must be equal to one of the allowed values: ["dhl","ups"]' },
    ]);
    expect(row(wrong, 'trackShipment')).toMatchObject({ matched: false });
  });

  test('attributes are filled from the payload as the publisher does', async () => {
    expect(row(await route({ event: 'OrderSubmitted', payload: { market: 'eu' } }), 'acceptOrder')).toMatchObject({
      matched: true,
    });
    expect(row(await route({ event: 'OrderSubmitted', payload: { market: 'us' } }), 'acceptOrder')).toMatchObject({
      matched: false,
      reason: 'its subscription does not match: market is "us", wanted "eu"',
    });
  });

  test('an event that the spec does not know is invalid and goes nowhere', async () => {
    const answer = await route({ source: 'shop.orders', 'detail-type': 'OrderPlacd', detail: {} });
    expect(answer.valid).toBe(false);
    expect(answer.consumers.every(({ matched }: { matched: boolean }) => !matched)).toBe(true);
  });

  test.each(['nonsense', '{}', '{"event":"OrderPlaced"}', '{"source":1,"detail-type":"x","detail":{}}'])(
    '%s is exit code 2',
    async (input) => {
      expect((await shop.run(['route', '-'], input)).code).toBe(2);
    },
  );

  test('reads a file', async () => {
    shop.put('event.json', '{"event":"OrderPlaced","payload":{"total":1,"market":"eu"}}');
    const { code, out } = await shop.run(['route', 'event.json']);
    expect([code, out.startsWith('The event is valid.')]).toEqual([0, true]);
  });
});

describe('match', () => {
  test('answers each line, whatever is in it', async () => {
    const lines = [
      '{"pattern":{"a":[1]},"event":{"a":1}}',
      '{"pattern":{"a":[1]},"event":{"a":2}}\r',
      '',
      '{"pattern":{"a":1},"event":{}}',
      'nonsense',
      '[]',
      '{"pattern":{"a":[1]}}',
    ];
    const { code, out } = await shop.run(['match'], lines.join('\n'));
    const verdicts = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(verdicts.slice(0, 2)).toEqual(['true', 'false']);
    expect(verdicts.slice(2)).toHaveLength(4);
    expect(verdicts.slice(2).every((verdict) => verdict.startsWith('invalid: '))).toBe(true);
  });

  test('with --json is one document', async () => {
    const { json } = await shop.run(['match', '--json'], '{"pattern":{"a":[1]},"event":{"a":1}}\n');
    expect(json()).toEqual({ results: ['true'], diagnostics: [] });
  });
});
