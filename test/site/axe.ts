import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { addressOf, openWindow } from './pages.ts';
import type { Site } from './sites.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly {
    readonly target: readonly unknown[];
    readonly html: string;
    readonly failureSummary: string;
  }[];
}

declare const axe: {
  run(context: unknown, options: object): Promise<{ readonly violations: readonly Violation[] }>;
};

/** Asks axe for violations of WCAG 2.2 A and AA, in both themes, wide and narrow: one fault for each rule. */
export async function askAxe(browser: Browser, site: Site, paths: readonly string[]): Promise<readonly string[]> {
  const faults = new Map<string, { readonly first: string; readonly views: string[] }>();
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      const { page, context } = await openWindow(browser, { colorScheme, width });
      for (const path of paths) {
        await page.goto(addressOf(site, path));
        for (const { id, help, first } of await violationsOn(page)) {
          const known = faults.get(id) ?? { first: `${help}\n    ${first}`, views: [] };
          faults.set(id, { ...known, views: [...known.views, `${path} (${colorScheme}, ${width} px)`] });
        }
      }
      await context.close();
    }
  }
  return [...faults].map(
    ([id, { first, views }]) => `${id} on ${views.slice(0, 4).join(', ')} (${views.length} views): ${first}`,
  );
}

async function violationsOn(
  page: Page,
): Promise<readonly { readonly id: string; readonly help: string; readonly first: string }[]> {
  // The debugger's evaluation is not bound by the policy of the page.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      first: nodes
        .slice(0, 3)
        .map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`)
        .join('\n    '),
    }));
  });
}

/** One page of each kind. */
export function kindsOf({ pages }: Site): readonly string[] {
  const kinds = new Map<string, string>();
  for (const path of pages) {
    const folder = path.includes('/') ? (path.split('/')[0] ?? path) : path;
    const kind = path.endsWith('/operations.html') ? 'operations' : folder;
    if (!kinds.has(kind)) kinds.set(kind, path);
  }
  return [...kinds.values()];
}
