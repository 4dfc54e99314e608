import { announce } from '../dom/announce.ts';
import { injectScript } from '../dom/inject-script.ts';

/** Set by `search.js`. */
export interface SearchWindow {
  eventloomOpenSearch?: () => void;
}

/** Opens the search by `.search-open`, `/`, Ctrl+K and Command+K. Its scripts come with the first use. */
export function startSearchOpener(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.search-open')) {
    button.hidden = false;
    button.setAttribute('aria-keyshortcuts', '/ Control+K Meta+K');
    button.addEventListener('click', openSearch);
  }
  document.addEventListener('keydown', (event) => {
    if (!isSearchKey(event) || (event.key === '/' && isTyping(event.target))) return;
    event.preventDefault();
    openSearch();
  });
}

async function openSearch(): Promise<void> {
  try {
    await injectScript('assets/search-data.js');
    await injectScript('assets/search.js');
    (globalThis as SearchWindow).eventloomOpenSearch?.();
  } catch {
    announce('The search cannot be loaded');
  }
}

/** Whether a key asks for the search. */
export function isSearchKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean {
  if (event.altKey) return false;
  const isControl = event.ctrlKey || event.metaKey;
  return isControl ? event.key.toLowerCase() === 'k' && !event.shiftKey : event.key === '/';
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
