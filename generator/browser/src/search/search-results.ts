import { element, freshId } from '../dom/element.ts';
import { siteHref, siteRoot } from '../dom/site-href.ts';
import type { SearchDocument } from './documents.ts';
import { groupsOf, type SearchGroup } from './groups.ts';
import { marked } from './marked.ts';

/** Spells results as groups of a list box; each option is a link. */
export function resultGroups(documents: readonly SearchDocument[], typed: string): readonly HTMLElement[] {
  return groupsOf(documents).map((group) => groupElement(group, typed));
}

function groupElement({ title, documents, left }: SearchGroup, typed: string): HTMLElement {
  const id = freshId('search-group');
  const more = left === 0 ? [] : [element('p', { class: 'search-more', role: 'presentation' }, `and ${left} more`)];
  return element(
    'div',
    { class: 'search-group', role: 'group', 'aria-labelledby': id },
    element('p', { class: 'search-kind', id, role: 'presentation' }, title),
    ...documents.map((document) => option(document, typed)),
    ...more,
  );
}

function option({ kind, title, where, text, path, anchor }: SearchDocument, typed: string): HTMLElement {
  const attributes = {
    class: `search-hit search-hit-${kind}`,
    role: 'option',
    id: freshId('search-hit'),
    tabindex: '-1',
    'aria-selected': 'false',
    href: siteHref(siteRoot(), path, anchor),
  };
  return element(
    'a',
    attributes,
    element('span', { class: 'search-title' }, ...spelled(title, typed)),
    ...(where === '' ? [] : [' ', element('span', { class: 'search-where' }, ...spelled(where, typed))]),
    ...(text === '' ? [] : [' ', element('span', { class: 'search-text' }, ...spelled(text, typed))]),
  );
}

function spelled(text: string, typed: string): readonly (Node | string)[] {
  return marked(text, typed).map((piece) => (piece.isHit ? element('mark', {}, piece.text) : piece.text));
}
