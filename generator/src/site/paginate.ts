/** Splits what one page cannot hold: rows in order, each page up to `most` of them. At least one page. */
export function paginate<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  const pages = Math.max(1, Math.ceil(items.length / most));
  const size = Math.ceil(items.length / pages);
  return Array.from({ length: pages }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** Path of the nth page of several, from 0: `events.html`, `events-2.html`. */
export function pagedPath(path: string, index: number): string {
  return index === 0 ? path : path.replace(/\.html$/, `-${index + 1}.html`);
}

/** Events on a page of their list: it stays within 60 KB. */
export const eventsOnPage = 120;

/** Entries on a page of changes. */
export const changesOnPage = 80;
