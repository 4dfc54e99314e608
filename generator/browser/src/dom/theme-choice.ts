/** What the reader chose; `auto` is what the system says. */
export type Theme = 'auto' | 'light' | 'dark';

const key = 'eventloom-theme';

/** Returns the remembered choice; `auto` without one, or where the browser remembers nothing. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

/** Remembers the choice where the browser allows it. */
export function keepTheme(theme: Theme): void {
  try {
    if (theme === 'auto') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // It lasts as long as the page.
  }
}

/** Sets `data-theme` on the document; none for `auto`. */
export function showTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'auto') delete dataset.theme;
  else dataset.theme = theme;
}
