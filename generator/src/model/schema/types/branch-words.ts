import { pascalCase } from '../../names.ts';
import type { Lookup, Part } from '../in-place.ts';
import { isObject, own } from '../json.ts';
import { kindsOf } from '../kinds.ts';
import { declaredNames, flatten, onlyReference, onlyValue, propertyParts } from './parts.ts';

/**
 * A word for each alternative of a union: the value of the property that tells them apart, else their titles. Null for
 * all when there is neither. Alternatives that are definitions have names already and get null. The only one that is an
 * object gets an empty word: it is what the union is called after.
 */
export function branchWords(alternatives: readonly (readonly Part[])[], lookup: Lookup): readonly (string | null)[] {
  const isInline = alternatives.map((parts) => {
    const [only] = parts;
    const isNamed = parts.length === 1 && only !== undefined && onlyReference(only) !== null;
    return !isNamed && parts.every(({ schema }) => kindsOf(schema, lookup).has('object'));
  });
  const inline = alternatives.filter((_, index) => isInline[index]);
  const words =
    inline.length === 1 && alternatives.length > 1 ? [''] : (discriminators(inline, lookup) ?? titles(inline));
  let next = 0;
  return isInline.map((isOwn) => (isOwn && words !== null ? (words[next++] ?? null) : null));
}

/** The values of the first property, by name, that has one value in each alternative, and another in each. */
function discriminators(alternatives: readonly (readonly Part[])[], lookup: Lookup): readonly string[] | null {
  const leaves = alternatives.map((parts) => flatten(parts, lookup) ?? []);
  const names = [...new Set(leaves.flat().flatMap(declaredNames))].sort();
  for (const name of names) {
    const values = leaves.map((all) =>
      onlyValue(
        all.flatMap((leaf) => propertyParts(leaf, name)),
        lookup,
      ),
    );
    const words = values.flatMap((value) => (value === undefined ? [] : [String(value)]));
    if (words.length === values.length && areDistinct(words)) return words;
  }
  return null;
}

function titles(alternatives: readonly (readonly Part[])[]): readonly string[] | null {
  const words = alternatives.flatMap((parts) => {
    const titled = parts.map(({ schema }) => (isObject(schema) ? own(schema, 'title') : undefined));
    return titled.find((title): title is string => typeof title === 'string' && /[A-Za-z0-9]/.test(title)) ?? [];
  });
  return words.length === alternatives.length && areDistinct(words) ? words : null;
}

function areDistinct(words: readonly string[]): boolean {
  return words.every((word) => /[A-Za-z0-9]/.test(word)) && new Set(words.map(pascalCase)).size === words.length;
}
