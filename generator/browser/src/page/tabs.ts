import { element, freshId } from '../dom/element.ts';

/**
 * Turns the sections in each `[data-tabs]` into tabs, of which one is shown. A tab says what `data-tab` of its section
 * does, else its heading. The value of `data-tabs` names the list of tabs.
 */
export function startTabs(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-tabs]')) {
    const panels = [...box.children].filter((child) => child instanceof HTMLElement);
    if (panels.length > 1) makeTabs(box, panels);
  }
}

function makeTabs(box: HTMLElement, panels: readonly HTMLElement[]): void {
  const list = element('div', { role: 'tablist', 'aria-label': box.dataset.tabs || 'Choose one' });
  const tabs = panels.map((panel) => tabOf(panel));
  const select = (chosen: number): void => {
    for (const [index, tab] of tabs.entries()) {
      tab.setAttribute('aria-selected', String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
    }
    for (const [index, panel] of panels.entries()) panel.hidden = index !== chosen;
  };
  for (const [index, tab] of tabs.entries()) tab.addEventListener('click', () => select(index));
  list.addEventListener('keydown', (event) => {
    const from = tabs.indexOf(document.activeElement as HTMLButtonElement);
    const to = steppedTo(event.key, from, tabs.length);
    if (to === null) return;
    event.preventDefault();
    select(to);
    tabs[to]?.focus();
  });
  list.append(...tabs);
  box.prepend(list);
  select(0);
}

function tabOf(panel: HTMLElement): HTMLButtonElement {
  const title = panel.dataset.tab ?? panel.querySelector('h2, h3, h4, h5, h6, summary')?.textContent ?? '';
  const tab = element('button', { type: 'button', role: 'tab', id: freshId('tab') }, title.trim());
  panel.id ||= freshId('panel');
  tab.setAttribute('aria-controls', panel.id);
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', tab.id);
  return tab;
}

/** Where a key leads in a row of `count` things that goes round; null for a key that leads nowhere. */
export function steppedTo(key: string, from: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (from + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (from <= 0 ? count : from) - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
