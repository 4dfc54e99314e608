import { element } from '../dom/element.ts';
import { activeOption, moveActive, setActive } from './active-option.ts';
import { announcement } from './announcement.ts';
import type { Search } from './search-index.ts';
import { resultGroups } from './search-results.ts';

/** Makes the dialog of the search; what it returns opens it. */
export function searchDialog(search: Search): () => void {
  const input = element('input', {
    class: 'search-input',
    type: 'search',
    role: 'combobox',
    'aria-label': 'Search the documentation',
    'aria-expanded': 'false',
    'aria-controls': 'search-results',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    placeholder: 'Events, fields, services …',
    enterkeyhint: 'go',
  });
  const list = element('div', {
    class: 'search-results',
    id: 'search-results',
    role: 'listbox',
    'aria-label': 'Results',
  });
  const note = element('p', { class: 'search-note', role: 'status' });
  const close = element(
    'button',
    { type: 'button', class: 'search-close', 'aria-label': 'Esc: close the search' },
    'Esc',
  );
  const head = element('div', { class: 'search-head' }, input, close);
  const dialog = element('dialog', { class: 'search', 'aria-label': 'Search' }, head, note, list);
  const look = (): void => show({ input, list, note }, search);
  input.addEventListener('input', look);
  input.addEventListener('keydown', (event) => onKey(event, input, list));
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    // A search field would only empty itself.
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener('click', ({ target }) => {
    const isFollowed = target instanceof Element && target.closest('.search-hit') !== null;
    if (isFollowed || target === dialog) dialog.close();
  });
  list.addEventListener('pointermove', ({ target }) => {
    const under = target instanceof Element ? target.closest<HTMLElement>('.search-hit') : null;
    if (under !== null) setActive(input, list, under);
  });
  document.body.append(dialog);
  return () => {
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
    look();
  };
}

interface Parts {
  readonly input: HTMLInputElement;
  readonly list: HTMLElement;
  readonly note: HTMLElement;
}

function show({ input, list, note }: Parts, search: Search): void {
  const typed = input.value.trim();
  const found = search(typed);
  list.replaceChildren(...resultGroups(found.documents, found.suggestion ?? typed));
  list.hidden = found.documents.length === 0;
  list.scrollTop = 0;
  input.setAttribute('aria-expanded', String(found.documents.length > 0));
  setActive(input, list, found.documents.length === 0 ? null : list.querySelector<HTMLElement>('.search-hit'));
  note.replaceChildren(announcement(typed, found));
  const { suggestion } = found;
  if (suggestion === null) return;
  const button = element('button', { type: 'button', class: 'search-suggestion' }, suggestion);
  button.addEventListener('click', () => {
    input.value = suggestion;
    input.focus();
    show({ input, list, note }, search);
  });
  note.append(' Did you mean ', button, '?');
}

function onKey(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): void {
  if (event.isComposing) return;
  const active = activeOption(input);
  if (event.key === 'Enter' && active !== null) {
    event.preventDefault();
    const { ctrlKey, metaKey, shiftKey } = event;
    active.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
  }
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    moveActive(input, list, event.key === 'ArrowDown' ? 1 : -1);
  }
}
