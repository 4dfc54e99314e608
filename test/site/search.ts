import type { Browser } from 'playwright-core';
import { addressOf, openWindow } from './pages.ts';
import type { Site } from './sites.ts';

/** A question, and the text and the kind of the first answer. */
export interface SearchCase {
  readonly query: string;
  readonly first: string;
  /** Absent: any. */
  readonly kind?: string;
}

/** Asks the search by keyboard alone, follows the first answer, and says where it went wrong. */
export async function askSearch(
  browser: Browser,
  site: Site,
  cases: readonly SearchCase[],
): Promise<readonly string[]> {
  const { page, context, complaints } = await openWindow(browser, { colorScheme: 'light', width: 1280 });
  const faults: string[] = [];
  for (const { query, first, kind } of cases) {
    await page.goto(addressOf(site, 'index.html'));
    await page.keyboard.press('/');
    const input = page.locator('dialog.search input');
    await input.waitFor({ state: 'visible', timeout: 5_000 });
    await page.keyboard.type(query);
    const answer = page.locator('dialog.search [role="option"]').first();
    await answer.waitFor({ state: 'visible', timeout: 5_000 }).catch(() => {});
    const text = (await answer.count()) === 0 ? 'nothing' : await answer.innerText();
    if (!text.includes(first)) faults.push(`search for ${query} finds ${JSON.stringify(text)} first, not ${first}`);
    const classes = (await answer.count()) === 0 ? '' : ((await answer.getAttribute('class')) ?? '');
    if (kind !== undefined && !classes.includes(`search-hit-${kind}`)) {
      faults.push(`search for ${query} finds no ${kind} first, but ${JSON.stringify(text)}`);
    }
    await page.keyboard.press('Enter');
    await page
      .waitForURL((url) => !url.href.endsWith('index.html'), { timeout: 5_000 })
      .catch(() => {
        faults.push(`search for ${query}: Enter leads nowhere`);
      });
  }
  faults.push(...complaints.map((complaint) => `search: ${complaint}`));
  await context.close();
  return faults;
}
