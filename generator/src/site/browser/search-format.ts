/** What `assets/search-data.js` sets: everything that the search looks through. All texts are plain and untrusted. */
export interface SearchData {
  readonly entries: readonly SearchEntry[];
  /** Fields of payloads and headers, by the position of their event among the entries. */
  readonly fields: readonly (readonly [event: number, fields: readonly SearchField[]])[];
}

/** The anchor is left out where the entry is the whole page. */
export type SearchEntry = readonly [
  kind: SearchKind,
  title: string,
  where: string,
  text: string,
  path: string,
  anchor?: string,
];

/** The anchor is left out where it is `field-<path>`. */
export type SearchField = readonly [path: string, type: string, text: string, anchor?: string];

/** Fields have a list of their own. */
export type SearchKind = 'event' | 'service' | 'destination' | 'glossary' | 'page' | 'change';
