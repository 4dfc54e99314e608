import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { addressOf, openWindow } from './pages.ts';
import type { Site } from './sites.ts';

/** Takes pictures of pages as they stand: wide and narrow, light and dark. */
export async function takePictures(
  browser: Browser,
  site: Site,
  paths: readonly string[],
  folder: string,
): Promise<number> {
  mkdirSync(folder, { recursive: true });
  let taken = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      const { page, context } = await openWindow(browser, { colorScheme, width });
      for (const path of paths) {
        await page.goto(addressOf(site, path));
        const name = `${site.name}-${path.replace(/\.html$/, '').replaceAll('/', '-')}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: true });
        taken++;
      }
      await context.close();
    }
  }
  return taken;
}
