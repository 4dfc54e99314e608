import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { understand } from '../../../../test/support/model-of.ts';
import { documentsOf } from '../../../browser/src/search/documents.ts';
import { openSearch } from '../../../browser/src/search/search-index.ts';
import { describeSite } from '../describe-site.ts';
import { siteContext } from '../site-context.ts';
import type { EventPage, SchemaRow, SiteModel } from '../site-model.ts';
import { searchData, searched } from './search-data.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Clinic, version: 1.0.0 }
servers: { ward: { host: h, protocol: eventbridge } }
channels:
  visits:
    address: clinic.visits
    messages: { PatientAdmitted: { summary: 'Came in </script>\u2028', payload: { type: object } } }
operations:
  admit: { action: send, channel: { $ref: '#/channels/visits' }, x-service: desk }
`;

const field = (path: string, rest: Partial<SchemaRow> = {}): SchemaRow => ({
  anchor: `field-${path}`,
  path,
  name: path,
  kind: 'field',
  type: 'string',
  required: false,
  deprecated: false,
  description: null,
  constraints: [],
  defaultValue: null,
  unit: null,
  examples: [],
  condition: null,
  sameAs: null,
  children: [],
  ...rest,
});

const whole = (children: readonly SchemaRow[]): SchemaRow => field('', { anchor: 'field', children });

async function siteOf(change: (event: EventPage) => EventPage = (event) => event): Promise<SiteModel> {
  const site = describeSite(siteContext((await understand(spec)).model));
  return { ...site, events: site.events.map(change) };
}

describe('the data of the search', () => {
  test('is a script that sets one global, whatever stands in texts', async () => {
    const site = await siteOf((event) => ({ ...event, name: '</script><!--\u2028', tags: ['__proto__'] }));
    const [file, ...others] = searchData(site);
    expect(others).toEqual([]);
    expect(file?.content).not.toMatch(/<\/|<!|\u2028/);
    const globals: { eventloomSearch?: unknown } = {};
    runInNewContext(String(file?.content), globals);
    expect(JSON.parse(JSON.stringify(globals.eventloomSearch))).toEqual(JSON.parse(JSON.stringify(searched(site))));
  });

  test('has each field once, with an anchor only where its path does not say it', async () => {
    const shape = whole([
      field('at', { unit: 's', description: 'When it *happened*' }),
      field('items', {
        type: 'list of objects',
        children: [field('items[]', { kind: 'element', children: [field('items[].sku')] })],
      }),
      field('either', {
        kind: 'alternative',
        anchor: 'alternative-1',
        children: [field('kind', { anchor: 'field-1-kind' })],
      }),
    ]);
    const { fields } = searched(await siteOf((event) => ({ ...event, schema: shape, headers: [field('at')] })));
    expect(fields).toEqual([
      [
        0,
        [
          ['at', 'string', ''],
          ['items', 'list of objects', ''],
          ['items[].sku', 'string', ''],
          ['kind', 'string', '', 'field-1-kind'],
        ],
      ],
    ]);
  });

  test('of 300 events with 20 fields is below a megabyte and indexed in a moment', async () => {
    const site = await siteOf();
    const [event] = site.events;
    if (event === undefined) throw new Error('no event');
    const description =
      'What the warehouse calls it, as agreed with the people who pack, in plain words and not too few.';
    const events = Array.from({ length: 300 }, (_, index) => ({
      ...event,
      name: `Shelf${index}Restocked`,
      path: `events/shelf-${index}-restocked.html`,
      schema: whole(
        Array.from({ length: 20 }, (_, at) => field(`part${at % 7}.amountOf${index * at}`, { description })),
      ),
    }));
    const data = searched({ ...site, events });
    const [file] = searchData({ ...site, events });
    expect(Buffer.byteLength(String(file?.content))).toBeLessThan(1_048_576);
    const started = process.cpuUsage();
    const search = openSearch(documentsOf(data));
    expect(search('Shelf42Restocked').documents[0]?.title).toBe('Shelf42Restocked');
    // Well below 300 ms where nothing else runs; the bound leaves room for a slow machine.
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_500);
  });
});
