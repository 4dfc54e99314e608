import type { Browser } from 'playwright-core';
import { addressOf, openWindow } from './pages.ts';
import type { Site } from './sites.ts';

/** What one page says of itself. */
interface PageFacts {
  /** `href`s as the browser resolves them. */
  readonly links: readonly string[];
  readonly ids: readonly string[];
  /** How far the page is wider than its window. */
  readonly excess: number;
  readonly pwned: boolean;
  /** `href`s that are none of the web's or the site's. */
  readonly strange: readonly string[];
}

/** Opens every page at 360 px and says what is wrong: errors, requests, links that lead nowhere, scrolling sideways. */
export async function crawl(browser: Browser, site: Site): Promise<readonly string[]> {
  const { page, context, complaints } = await openWindow(browser, { colorScheme: 'light', width: 360 });
  const facts = new Map<string, PageFacts>();
  const faults: string[] = [];
  for (const path of site.pages) {
    const address = addressOf(site, path);
    await page.goto(address);
    const found = await page.evaluate(readPage);
    facts.set(address, found);
    faults.push(...complaints.splice(0).map((complaint) => `${path}: ${complaint}`));
    if (found.excess > 0) faults.push(`${path}: scrolls sideways by ${found.excess} px at 360 px`);
    if (found.pwned) faults.push(`${path}: text of the spec was run`);
    faults.push(...found.strange.map((href) => `${path}: links to ${href}`));
  }
  await context.close();
  return [...faults, ...deadLinks(site, facts)];
}

/** Runs in the page. */
function readPage(): PageFacts {
  const anchors = [...document.querySelectorAll<HTMLAnchorElement | SVGAElement>('a[href]')];
  const links = anchors.map((anchor) => new URL(anchor.getAttribute('href') ?? '', document.baseURI).href);
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    links: links.filter((href) => href.startsWith('file:')),
    ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
    excess: scrollWidth - clientWidth,
    pwned: 'pwned' in globalThis,
    strange: links.filter((href) => !/^(file|https?|mailto):/.test(href)),
  };
}

function deadLinks(site: Site, facts: ReadonlyMap<string, PageFacts>): readonly string[] {
  const files = new Set(site.files.map((path) => addressOf(site, path)));
  const faults = new Set<string>();
  for (const [from, { links, ids }] of facts) {
    const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
    for (const id of repeated) faults.add(`${from}: the id ${id} stands twice`);
    for (const link of links) {
      const [address = '', fragment = ''] = link.split('#', 2);
      if (!files.has(address)) faults.add(`${from}: no file for ${link}`);
      else if (!hasAnchor(facts.get(address), fragment)) faults.add(`${from}: no anchor for ${link}`);
    }
  }
  return [...faults];
}

/** The match box takes its event from the fragment; files that are no pages have no anchors to miss. */
function hasAnchor(target: PageFacts | undefined, fragment: string): boolean {
  if (fragment === '' || fragment.startsWith('event=')) return true;
  return target?.ids.includes(decodeURIComponent(fragment)) === true;
}
