import type { SearchData, SearchKind } from '../../../src/site/browser/search-format.ts';

/** One thing that can be found. */
export interface SearchDocument {
  /** Position among the documents. */
  readonly id: number;
  readonly kind: SearchKind | 'field';
  readonly title: string;
  /** What tells it from others of its name: source, event, type. */
  readonly where: string;
  readonly text: string;
  readonly path: string;
  /** Null for the page itself. */
  readonly anchor: string | null;
}

/** Spells out what the data says compactly. */
export function documentsOf({ entries, fields }: SearchData): readonly SearchDocument[] {
  const documents: Omit<SearchDocument, 'id'>[] = entries.map(([kind, title, where, text, path, anchor = null]) => {
    return { kind, title, where, text, path, anchor };
  });
  for (const [index, found] of fields) {
    const [, event = '', , , path = ''] = entries[index] ?? [];
    for (const [field, type, text, anchor = `field-${field}`] of found) {
      const shown = [type, text].filter(Boolean).join(' · ');
      documents.push({ kind: 'field', title: field, where: event, text: shown, path, anchor });
    }
  }
  return documents.map((document, id) => ({ ...document, id }));
}
