import { editDistance } from '@eventloom/engine';
import MiniSearch, { type Query, type SearchOptions, type SearchResult } from 'minisearch';
import type { SearchDocument } from './documents.ts';
import { inOnePiece, termReader, type Word, wordsIn } from './words.ts';

/** What a search comes to. */
export interface Found {
  /** Best first. */
  readonly documents: readonly SearchDocument[];
  /** Words to look for instead, when what was typed is nowhere but something near it is; null otherwise. */
  readonly suggestion: string | null;
}

/** Finds documents by what a reader types. */
export type Search = (typed: string) => Found;

/** Names count more than where they are, and those more than what is said of them. */
const boost = { title: 6, where: 1.5, text: 1 } as const;

const kindBoost: Readonly<Record<SearchDocument['kind'], number>> = {
  event: 1.6,
  service: 1.5,
  operation: 1.3,
  destination: 1.2,
  glossary: 1.1,
  page: 1,
  field: 0.8,
  change: 0.6,
};

/** Reads all documents; what it returns looks through them. */
export function openSearch(documents: readonly SearchDocument[]): Search {
  const index = new MiniSearch<SearchDocument>({
    fields: ['title', 'where', 'text'],
    tokenize: termReader(),
    processTerm: (term) => term,
  });
  index.addAll(documents);
  const find = (query: Query, fuzzy: NonNullable<SearchOptions['fuzzy']>): readonly SearchResult[] =>
    index.search(query, {
      boost,
      fuzzy,
      prefix: true,
      combineWith: 'AND',
      boostDocument: (id) => kindBoost[documents[id]?.kind ?? 'page'],
    });
  return (typed) => {
    const words = wordsIn(typed);
    if (words.length === 0) return { documents: [], suggestion: null };
    const query = queryOf(words);
    const exact = find(query, false);
    const results = exact.length > 0 ? exact : find(query, (term) => (term.length > 3 ? 0.3 : false));
    return {
      documents: ranked(results, documents, words),
      suggestion: exact.length > 0 ? null : suggestionOf(words, results),
    };
  };
}

/** Each word in one piece or by all of its parts: `orderplaced` and `OrderPlaced` find the same. */
function queryOf(words: readonly Word[]): Query {
  const queries = words.map(({ whole, parts }): Query => {
    const [only = whole] = parts;
    if (parts.length === 1) return only;
    return { combineWith: 'OR', queries: [whole, { combineWith: 'AND', queries: [...parts] }] };
  });
  return { combineWith: 'AND', queries };
}

/** What is called exactly so comes first, then what begins so. */
function ranked(
  results: readonly SearchResult[],
  documents: readonly SearchDocument[],
  words: readonly Word[],
): readonly SearchDocument[] {
  const typed = words.map(({ whole }) => whole).join('');
  const scored = results.flatMap(({ id, score }) => {
    const document = documents[id];
    if (document === undefined) return [];
    return [{ document, score: score * likeness(document, typed) }];
  });
  return scored.sort((a, b) => b.score - a.score || a.document.id - b.document.id).map(({ document }) => document);
}

function likeness({ kind, title }: SearchDocument, typed: string): number {
  const name = inOnePiece(title);
  if (name === typed) return 4;
  // The path of a field ends in its name.
  if (kind === 'field' && name.endsWith(typed) && inOnePiece(title.slice(title.lastIndexOf('.'))) === typed) return 3;
  if (kind === 'field') return name.startsWith(typed) ? 1.4 : 1;
  return name.startsWith(typed) || wordsIn(title).some(({ parts }) => parts.includes(typed)) ? 2 : 1;
}

/** What is near each word that was typed: for one word the nearest of all, for several those of the best document. */
function suggestionOf(words: readonly Word[], results: readonly SearchResult[]): string | null {
  if (results.length === 0) return null;
  const terms = results.slice(0, words.length === 1 ? looked : 1).flatMap((result) => result.terms);
  const near = ({ whole }: Word): string =>
    [...terms].sort((a, b) => editDistance(whole, a) - editDistance(whole, b))[0] ?? whole;
  return [...new Set(words.map(near))].join(' ');
}

/** Results whose words may be suggested. */
const looked = 50;
