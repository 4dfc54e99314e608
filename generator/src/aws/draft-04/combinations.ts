import { own, ownList } from '../json.ts';
import { type Converted, type LostKeyword, lose, type Rewriter, type Site } from './conversion.ts';

/** Keywords that combine schemas of the same value. */
export const combinations: Rewriter = (site) => [...all(site), ...any(site), ...one(site), ...not(site), ...when(site)];

function branches({ schema, below }: Site, keyword: string): readonly Converted[] {
  return ownList(schema, keyword).map((branch, index) => below(branch, keyword, index));
}

function all(site: Site): readonly Converted[] {
  const parts = branches(site, 'allOf');
  return parts.length === 0 ? [] : [combined('allOf', parts)];
}

function any(site: Site): readonly Converted[] {
  const parts = branches(site, 'anyOf');
  return parts.length === 0 ? [] : [combined('anyOf', parts)];
}

/** When branches accept more than before, more than one may accept a value: then one of them is all that can be asked. */
function one(site: Site): readonly Converted[] {
  const parts = branches(site, 'oneOf');
  if (parts.length === 0) return [];
  if (parts.every(({ exact }) => exact)) return [combined('oneOf', parts)];
  return [combined('anyOf', parts), ...(parts.length > 1 ? [lose(site, 'oneOf')] : [])];
}

function combined(keyword: string, parts: readonly Converted[]): Converted {
  return { schema: { [keyword]: parts.map(({ schema }) => schema) }, exact: parts.every(({ exact }) => exact) };
}

function not(site: Site): readonly Converted[] {
  if (!Object.hasOwn(site.schema, 'not')) return [];
  const part = quietly(site, () => site.below(own(site.schema, 'not'), 'not'));
  return part.exact ? [{ schema: { not: part.schema }, exact: true }] : [lose(site, 'not')];
}

/** `if` with `then` is: not the one, or the other. */
function when(site: Site): readonly Converted[] {
  const { schema, below } = site;
  if (!Object.hasOwn(schema, 'if') || !(Object.hasOwn(schema, 'then') || Object.hasOwn(schema, 'else'))) return [];
  const condition = quietly(site, () => below(own(schema, 'if'), 'if'));
  if (!condition.exact) return [lose(site, 'if')];
  const branch = (keyword: string, otherwise: unknown): readonly Converted[] => {
    if (!Object.hasOwn(schema, keyword)) return [];
    const part = below(own(schema, keyword), keyword);
    return [{ schema: { allOf: [{ anyOf: [otherwise, part.schema] }] }, exact: part.exact }];
  };
  return [...branch('then', { not: condition.schema }), ...branch('else', condition.schema)];
}

/** Converts what may not lose anything; when it does, it is left out as a whole, and only that is told. */
function quietly({ conversion }: Site, convert: () => Converted): Converted {
  const before: readonly LostKeyword[] = [...conversion.lost];
  const part = convert();
  if (!part.exact) conversion.lost.splice(before.length);
  return part;
}
