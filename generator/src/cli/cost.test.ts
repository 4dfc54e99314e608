import { describe, expect, test } from 'vitest';
import { commandLine } from '../../../test/support/command-line.ts';

const shop = commandLine();

describe('cost', () => {
  test('says what each consumer costs, and what its filter saves', async () => {
    const { code, out } = await shop.run(['cost', '--events', 'OrderPlaced=1M', '--share', 'fraud/screenOrder=10%']);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}OrderPlaced +shop\.orders +1 M +given/m);
    expect(out).toMatch(/^ {2}fraud\/screenOrder +queue +1 M +100 k +10% given +\d+\.\d\d +\d+\.\d\d +\d+\.\d\d$/m);
    expect(out).toMatch(/^Total: \d+\.\d\d USD a month$/m);
    expect(out).toContain('`ShipmentCreated` is not given: each event handled makes one');
  });

  test('prints the same as JSON, with the prices and where they are from', async () => {
    const answer = (await shop.run(['cost', '--events', 'OrderPlaced=1M', '--json'])).json();
    expect(answer).toMatchObject({ currency: 'USD', region: 'us-east-1', diagnostics: [] });
    expect(answer.events.map((event: { name: string }) => event.name)).toEqual(
      expect.arrayContaining(['OrderPlaced', 'ShipmentCreated', 'OrderSubmitted']),
    );
    const ids = answer.consumers.flatMap(({ lines }: { lines: { price: string }[] }) =>
      lines.map(({ price }) => price),
    );
    const sourced = answer.prices.map(({ id, source }: { id: string; source: string }) => [id, /^https:/.test(source)]);
    for (const id of ids) expect(sourced).toContainEqual([id, true]);
  });

  test('takes options several times, amounts in words, and a consumer without its service', async () => {
    const answer = async (...options: string[]) => (await shop.run(['cost', '--json', ...options])).json();
    const together = await answer('--events', 'OrderPlaced=1.5k,OrderSubmitted=20', '--share', 'screenOrder=.5');
    const apart = await answer(
      '--events',
      'OrderPlaced=1500',
      '--events',
      'OrderSubmitted=20',
      '--share',
      'fraud/screenOrder=50%',
    );
    expect(apart).toEqual(together);
  });

  test.each([
    [['--events', 'OrderPlacd=1M'], 'unknown-event', 'Did you mean "OrderPlaced"?'],
    [['--events', 'OrderPlaced'], 'option-value', ''],
    [['--events', 'OrderPlaced=lots'], 'option-value', ''],
    [['--share', 'fraud/screenOrdr=0.1'], 'unknown-consumer', 'Did you mean "fraud/screenOrder"?'],
    [['--share', 'screenOrder=2'], 'option-value', ''],
    [['--bytes', '0'], 'option-value', ''],
    [['--event', 'OrderPlaced=1'], 'unknown-option', 'Did you mean "--events"?'],
  ])('refuses %j', async (options, code, help) => {
    const outcome = await shop.run(['cost', '--json', ...options]);
    expect(outcome.code).toBe(2);
    expect(outcome.json().diagnostics).toMatchObject([{ code, help }]);
  });
});
