import { startDrawings } from './drawing/drawings.ts';
import { startAnchorLinks } from './page/anchor-links.ts';
import { startCopyButtons } from './page/copy-buttons.ts';
import { startLazyScripts } from './page/lazy-scripts.ts';
import { startReveal } from './page/reveal.ts';
import { startRowFilters } from './page/row-filter.ts';
import { startSearchOpener } from './page/search-opener.ts';
import { startTabs } from './page/tabs.ts';
import { startThemeToggle } from './page/theme-toggle.ts';

// Each is an extra: one that fails takes none of the others with it.
for (const start of [
  startThemeToggle,
  startSearchOpener,
  startTabs,
  startReveal,
  startAnchorLinks,
  () => startCopyButtons(),
  startRowFilters,
  startDrawings,
]) {
  try {
    start();
  } catch (error) {
    reportError(error);
  }
}
startLazyScripts().catch(reportError);
