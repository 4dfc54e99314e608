import type { Browser } from 'playwright-core';
import { sitePathsOf } from '../../generator/src/site/site-paths.ts';
import { addressOf, openWindow } from './pages.ts';
import type { Site } from './sites.ts';

/** Says what a reader without JavaScript misses of the pages of the events. */
export async function readWithoutScripts(browser: Browser, site: Site): Promise<readonly string[]> {
  const view = { colorScheme: 'light', width: 1280, javaScriptEnabled: false } as const;
  const { page, context } = await openWindow(browser, view);
  const faults: string[] = [];
  const paths = sitePathsOf(site.model);
  for (const event of site.model.catalog.events) {
    const { name, message } = event;
    const { path } = paths.event(event);
    await page.goto(addressOf(site, path));
    const text = await page.locator('main').innerText();
    const fields = fieldsOf(site, message);
    const missing = [name, 'Payload', 'Consumers', ...fields].filter((word) => !text.includes(word));
    faults.push(...missing.map((word) => `${path}: without scripts, ${word} is not to be seen`));
    const dead = await page.locator('button:visible').count();
    if (dead > 0) faults.push(`${path}: without scripts, ${dead} buttons do nothing`);
  }
  await context.close();
  return faults;
}

/** Fields of the payload itself. */
function fieldsOf({ model }: Site, typeName: string): readonly string[] {
  const payload = model.catalog.messages.find((message) => message.typeName === typeName)?.payload;
  if (typeof payload !== 'object' || typeof payload.properties !== 'object' || payload.properties === null) return [];
  return Object.keys(payload.properties);
}
