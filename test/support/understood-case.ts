import type { EventModel } from '../../generator/src/model/event-model.ts';
import { understand } from './model-of.ts';
import type { SpecDocument } from './random-specs.ts';

/** A spec whose filters are not all possible loses those that are not; null when it has other mistakes. */
export async function understood(document: SpecDocument): Promise<EventModel | null> {
  const { model, diagnostics } = await understand(JSON.stringify(document));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return model;
  const refused = new Set(errors.map(({ origin }) => /^\/operations\/([^/]+)\/x-filter/.exec(origin.pointer)?.[1]));
  if (refused.has(undefined)) return null;
  const operations = Object.entries(document.operations).map(([key, operation]) => {
    if (!refused.has(key)) return [key, operation] as const;
    const { 'x-filter': _filter, 'x-filter-scope': _scope, 'x-filter-unmatched': _rest, ...kept } = operation;
    return [key, kept] as const;
  });
  return understood({ ...document, operations: Object.fromEntries(operations) });
}
