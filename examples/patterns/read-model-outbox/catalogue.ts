const shelf = new Map<string, { readonly isLent: boolean; readonly at: number }>();

/** The read model. Events may come in any order, so what is older than what is known changes nothing. */
export const catalogue = {
  note(book: string, isLent: boolean, at: number): void {
    const known = shelf.get(book);
    if (known === undefined || known.at < at) shelf.set(book, { isLent, at });
  },
  stateOf: (book: string): string => (shelf.get(book)?.isLent === true ? 'lent' : 'on its shelf'),
};
