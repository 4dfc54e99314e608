import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { repository } from '../support/repository.ts';
import { askAxe, kindsOf } from './axe.ts';
import { chromiumPath, launch } from './chromium.ts';
import { crawl } from './crawl.ts';
import { takePictures } from './look.ts';
import { compareMatches } from './match.ts';
import { askSearch } from './search.ts';
import { makeSites, type Site } from './sites.ts';
import { readWithoutScripts } from './without-scripts.ts';

// `npm run test:site` builds the sites of four systems and reads them in headless Chromium (`CHROMIUM` names another
// place of it). `--seed N` draws the same events for the match box, `--pictures <folder>` says where screenshots go.
const { values } = parseArgs({
  options: { seed: { type: 'string' }, pictures: { type: 'string', default: join(repository, 'test/site/pictures') } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const path = chromiumPath();

if (path === undefined) {
  console.error('There is no Chromium. Install it, or name its place with CHROMIUM.');
  process.exitCode = 2;
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'eventloom-site-'));
  const browser = await launch(path);
  try {
    console.info(`Chromium ${browser.version()}; events are drawn from seed ${seed}.`);
    process.exitCode = (await judge(browser, await makeSites(scratch))) ? 0 : 1;
  } finally {
    await browser.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function judge(browser: Browser, sites: readonly Site[]): Promise<boolean> {
  let holds = true;
  const check = async (name: string, faults: Promise<readonly string[]>): Promise<void> => {
    const found = await faults;
    holds &&= found.length === 0;
    console.info(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
    for (const fault of found.slice(0, 20)) console.info(`  ${fault}`);
    if (found.length > 20) console.info(`  and ${found.length - 20} more`);
  };
  for (const site of sites) {
    await check(
      `${site.name}: ${site.pages.length} pages open without errors or requests, and every link leads somewhere`,
      crawl(browser, site),
    );
    await check(`${site.name}: no violation for axe`, askAxe(browser, site, kindsOf(site)));
    if (site.name !== 'hostile') {
      await check(`${site.name}: to be read without JavaScript`, readWithoutScripts(browser, site));
      const count = 200;
      await check(
        `${site.name}: the match box agrees with route on ${count} events`,
        compareMatches(browser, site, { count, seed }),
      );
    }
  }
  const [shop, , town] = sites;
  if (shop !== undefined) {
    await check(
      'shop: search finds by parts of names',
      askSearch(browser, shop, [
        { query: 'placed', first: 'OrderPlaced', kind: 'event' },
        { query: 'OrderPlaced', first: 'OrderPlaced', kind: 'event' },
        { query: 'shipmnt created', first: 'ShipmentCreated' },
        { query: 'screenHigh', first: 'screenHighValueOrder' },
        { query: 'fraud', first: 'fraud', kind: 'service' },
        { query: 'unitPrice', first: 'unitPrice' },
      ]),
    );
    const count = await takePictures(browser, shop, kindsOf(shop), values.pictures);
    console.info(`${count} pictures are in ${values.pictures}`);
  }
  if (town !== undefined) {
    await check(
      'town: search finds one event of 200',
      askSearch(browser, town, [{ query: 'tram route opened', first: 'TramRouteOpened', kind: 'event' }]),
    );
    await takePictures(browser, town, kindsOf(town), values.pictures);
  }
  return holds;
}
