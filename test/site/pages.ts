import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Site } from './sites.ts';

/** How a reader looks at a site. */
export interface View {
  readonly colorScheme: 'light' | 'dark';
  /** CSS pixels. */
  readonly width: number;
  readonly javaScriptEnabled?: boolean;
}

/** A reader's window, and what went wrong in it. */
export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the console and of scripts, requests beyond the site's files, dialogs. Emptied by whoever reads them. */
  readonly complaints: string[];
}

/** Opens a window. Every complaint is gathered. */
export async function openWindow(browser: Browser, view: View): Promise<Window> {
  const { width, colorScheme, javaScriptEnabled = true } = view;
  const context = await browser.newContext({ colorScheme, javaScriptEnabled, viewport: { width, height: 900 } });
  // What esbuild wraps functions in that are sent to the page.
  await context.addInitScript('globalThis.__name ??= (named) => named');
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') && !request.url().startsWith('data:'))
      complaints.push(`request: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { context, page, complaints };
}

/** The address of a page of a site on the disk. */
export function addressOf({ folder }: Site, path: string): string {
  return pathToFileURL(join(folder, path)).href;
}
