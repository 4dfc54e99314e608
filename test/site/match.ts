import type { JsonValue } from '@eventloom/engine';
import type { Browser, Page } from 'playwright-core';
import { toTopology } from '../../generator/src/model/to-topology.ts';
import { readPublished } from '../../generator/src/route/published.ts';
import { routeRows } from '../../generator/src/route/route-rows.ts';
import { validatePayload } from '../../generator/src/route/validate-payload.ts';
import { makeEvents, type ProbeEvent } from '../aws/events.ts';
import { addressOf, openWindow } from './pages.ts';
import type { Site } from './sites.ts';

/** What is said of an event: whether it is valid, and for each operation whether it is received and why. */
interface Verdict {
  readonly valid: boolean;
  readonly rows: Readonly<Record<string, string>>;
}

/** Puts events into the match box, every third of them broken, and compares with what `eventloom route` says. */
export async function compareMatches(
  browser: Browser,
  site: Site,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<readonly string[]> {
  const { model } = site;
  const events = makeEvents({ model, topology: toTopology(model) }, count, seed).slice(0, count);
  const { page, context, complaints } = await openWindow(browser, { colorScheme: 'light', width: 1280 });
  await page.goto(addressOf(site, 'match.html'));
  await page.locator('#match-form').waitFor({ state: 'visible' });
  const faults: string[] = [];
  for (const [index, event] of events.entries()) {
    const probe = index % 3 === 2 ? broken(event, index) : event;
    const [seen, told] = [await ask(page, probe), await tell(site, probe)];
    if (JSON.stringify(seen) !== JSON.stringify(told)) {
      faults.push(
        `match box on ${JSON.stringify(probe)}:\n    says ${JSON.stringify(seen)}\n    route ${JSON.stringify(told)}`,
      );
    }
  }
  faults.push(...complaints.map((complaint) => `match box: ${complaint}`));
  await context.close();
  return events.length < count ? [...faults, `only ${events.length} events of ${count}`] : faults;
}

/** Takes a field away or puts something else in its place: routes judge what is invalid too. */
function broken(event: ProbeEvent, index: number): ProbeEvent {
  const { payload } = event;
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return event;
  const keys = Object.keys(payload);
  const key = keys[index % Math.max(keys.length, 1)];
  if (key === undefined) return event;
  const { [key]: _, ...rest } = payload as { readonly [name: string]: JsonValue };
  return { ...event, payload: index % 2 === 0 ? rest : { ...rest, [key]: ['odd', 0] } };
}

async function ask(page: Page, { name, channel, payload }: ProbeEvent): Promise<Verdict> {
  await page.locator('#match-verdict').evaluate((output) => output.replaceChildren());
  await page.locator('#match-input').fill(JSON.stringify({ event: name, channel, payload }));
  await page.locator('#match-form button[type="submit"]').click();
  await page.locator('#match-verdict:not(:empty)').waitFor({ timeout: 10_000 });
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLTableRowElement>('#match-result tbody tr')].map((row) => {
      const [, operation, , reason] = [...row.cells].map(({ textContent }) => textContent ?? '');
      return [operation ?? '', `${row.classList.contains('is-matched')}: ${reason}`] as const;
    });
    const said = document.querySelector('#match-verdict')?.textContent ?? '';
    return {
      valid: !/invalid|not valid/i.test(said),
      rows: Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  });
}

async function tell({ model }: Site, { name, channel, payload }: ProbeEvent): Promise<Verdict> {
  const published = readPublished({ event: name, channel, payload }, model.catalog);
  const { valid } = await validatePayload(model, published);
  const rows = routeRows(toTopology(model), published).map(
    ({ operation, matched, reason }) => [operation, `${matched}: ${reason}`] as const,
  );
  return { valid, rows: Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1))) };
}
