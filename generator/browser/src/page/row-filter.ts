import { element, freshId } from '../dom/element.ts';

/** Shorter lists are read at a glance. */
const fewestRows = 8;

/** Gives each long `[data-filterable]` a box that hides what does not hold its words. Its value names the rows. */
export function startRowFilters(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-filterable]')) {
    const rows =
      list instanceof HTMLTableElement ? [...list.tBodies].flatMap((body) => [...body.rows]) : children(list);
    if (rows.length >= fewestRows) addFilter(list, rows);
  }
}

function children(list: HTMLElement): readonly HTMLElement[] {
  return [...list.children].filter((child) => child instanceof HTMLElement);
}

function addFilter(list: HTMLElement, rows: readonly HTMLElement[]): void {
  const noun = list.dataset.filterable || 'rows';
  const id = freshId('filter');
  const input = element('input', { type: 'search', id, autocomplete: 'off', spellcheck: 'false' });
  const count = element('output', { for: id }, counted(rows.length, rows.length, noun));
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const box = element('div', { class: 'filter' }, element('label', { for: id }, `Filter ${noun}`), input, count);
  (list.closest('.table-scroll') ?? list).before(box);
  input.addEventListener('input', () => {
    const words = wordsOf(input.value);
    let shown = 0;
    for (const [index, row] of rows.entries()) {
      row.hidden = !holds(texts[index] ?? '', words);
      if (!row.hidden) shown++;
    }
    count.textContent = counted(shown, rows.length, noun);
  });
}

/** What was typed, as lower-case words. */
export function wordsOf(typed: string): readonly string[] {
  return typed.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether a lower-case text has every word in it. */
export function holds(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

function counted(shown: number, all: number, noun: string): string {
  return shown === all ? `${all} ${noun}` : `${shown} of ${all} ${noun}`;
}
