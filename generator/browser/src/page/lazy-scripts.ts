import { injectScript } from '../dom/inject-script.ts';

/** Brings what only pages with code need. */
export async function startLazyScripts(): Promise<void> {
  if (document.querySelector('pre > code[class*="language-"]') !== null) await injectScript('assets/highlight.js');
}
