import fc from 'fast-check';
import { expect, test } from 'vitest';
import { specCases } from '../../../../test/support/random-specs.ts';
import { exampleOf } from '../../../../test/support/site-context-of.ts';
import { understood } from '../../../../test/support/understood-case.ts';
import { readPublished } from '../../route/published.ts';
import { routeRows } from '../../route/route-rows.ts';
import { siteContext } from '../site-context.ts';
import { describeDestinations } from './destinations.ts';
import { describeEventWiring } from './event-wiring.ts';
import { describeServices } from './services.ts';

const seen = { events: 0, matched: 0, missed: 0, filtered: 0, forms: new Set<string>() };

test('pages of random systems say of each example what `route` says, and of each filter something', async () => {
  await fc.assert(
    fc.asyncProperty(specCases, async ({ document, payloads }) => {
      const model = await understood(document);
      fc.pre(model !== null);
      const context = siteContext(model);
      for (const event of model.catalog.events) {
        const examples = (payloads[event.name] ?? []).map(exampleOf);
        const { consumers, wireForms } = describeEventWiring(context, event, examples);
        for (const [index, { payload }] of examples.entries()) {
          const published = readPublished({ event: event.name, channel: event.channel, payload }, model.catalog);
          const rows = new Map(routeRows(context.topology, published).map((row) => [row.operation, row]));
          for (const { operation, verdicts } of consumers) {
            const { matched, reason } = rows.get(operation) ?? {};
            expect(verdicts[index], operation).toEqual({ matched, reason });
            if (matched === true) seen.matched++;
            else seen.missed++;
          }
        }
        const operations = new Map(Object.entries(document.operations));
        for (const { operation, filter } of consumers) {
          const wanted = operations.get(operation)?.['x-filter'];
          if (wanted === undefined) expect(filter).toEqual([]);
          if (filter.length > 0) seen.filtered++;
          expect(filter.every((line) => line.length > 3 && !line.includes('\n'))).toBe(true);
        }
        for (const { anchor } of wireForms) seen.forms.add(anchor);
        seen.events++;
      }
      expect(describeServices(context)).toHaveLength(model.system.services.length);
      expect(describeDestinations(context)).toHaveLength(model.system.destinations.length);
    }),
    { numRuns: 40, endOnFailure: true },
  );
  expect(seen.events).toBeGreaterThan(80);
  for (const count of [seen.matched, seen.missed, seen.filtered]) expect(count).toBeGreaterThan(25);
  expect(seen.forms.size).toBeGreaterThan(10);
});
