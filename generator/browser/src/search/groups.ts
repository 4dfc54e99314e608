import type { SearchDocument } from './documents.ts';

/** Documents of one kind. */
export interface SearchGroup {
  readonly title: string;
  readonly documents: readonly SearchDocument[];
  /** How many more there are. */
  readonly left: number;
}

/** Documents shown of each kind. */
const most = 8;

const titles: Readonly<Record<SearchDocument['kind'], string>> = {
  event: 'Events',
  service: 'Services',
  field: 'Fields',
  destination: 'Destinations',
  glossary: 'Glossary',
  page: 'Pages',
  change: 'Changes',
};

/** Puts documents of a kind together; the kind of the best document comes first. */
export function groupsOf(documents: readonly SearchDocument[]): readonly SearchGroup[] {
  const kinds = [...new Set(documents.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const all = documents.filter((document) => document.kind === kind);
    return { title: titles[kind], documents: all.slice(0, most), left: Math.max(0, all.length - most) };
  });
}
