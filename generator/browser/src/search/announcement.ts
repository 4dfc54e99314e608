import type { Found } from './search-index.ts';

/** Says what a search came to. */
export function announcement(typed: string, { documents, suggestion }: Found): string {
  if (typed === '') return 'Looks through events, fields, services, destinations, pages and changes.';
  if (documents.length === 0) return `Nothing is found for “${typed}”.`;
  if (suggestion !== null) return `Nothing is called “${typed}”.`;
  return documents.length === 1 ? '1 result' : `${documents.length} results`;
}
