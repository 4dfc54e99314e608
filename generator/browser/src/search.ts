import type { SearchData } from '../../src/site/browser/search-format.ts';
import type { SearchWindow } from './page/search-opener.ts';
import { documentsOf } from './search/documents.ts';
import { searchDialog } from './search/search-dialog.ts';
import { openSearch } from './search/search-index.ts';

interface SearchGlobals extends SearchWindow {
  /** Of `search-data.js`, which runs before. */
  readonly eventloomSearch?: SearchData;
}

const globals = globalThis as SearchGlobals;
globals.eventloomOpenSearch ??= searchDialog(
  openSearch(documentsOf(globals.eventloomSearch ?? { entries: [], fields: [] })),
);
