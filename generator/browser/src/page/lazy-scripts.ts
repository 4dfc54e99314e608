import { injectScript } from '../dom/inject-script.ts';

/** Brings the scripts that only some pages need. */
export async function startLazyScripts(): Promise<void> {
  if (document.querySelector('code[class*="language-"]') !== null) await injectScript('assets/highlight.js');
  if (document.getElementById('match-form') !== null) {
    await injectScript('assets/match-data.js');
    await injectScript('assets/match.js');
  }
}
