import { pascalCase } from '../../names.ts';
import type { Doc, TypeExpression } from '../../type-expression.ts';

/**
 * A place of the schema whose type may get a name. It has one when `type` is set; others only lend their name to the
 * places below them.
 */
export interface Site {
  /** By which drafts refer to its type. Never printed. */
  readonly id: string;
  readonly parent: Site | null;
  /** What the place adds to its parent's name, and what it adds when that would meet another. */
  readonly short: string;
  readonly long: string;
  /** Where it stands in the bundle. */
  readonly pointer: string;
  /** Nothing at or below an anonymous site is named: its types stand where they are used. */
  readonly anonymous: boolean;
  /** An object here becomes a type of its own; false where it is part of a type that has the name. */
  readonly extract: boolean;
}

/** A site that has a name, with the type it names. */
export interface NamedSite {
  readonly site: Site;
  readonly type: TypeExpression;
  readonly doc: Doc;
}

/** The site of a payload. */
export function rootSite(typeName: string): Site {
  return { id: '', parent: null, short: typeName, long: typeName, pointer: '', anonymous: false, extract: true };
}

/** The site of a definition. */
export function definitionSite(root: Site, label: string, pointer: string): Site {
  return makeSite(root, { short: suffix(label), long: suffix(label), pointer });
}

/** The site of a property. */
export function propertySite(parent: Site, name: string, pointer: string): Site {
  return makeSite(parent, { short: suffix(name), long: suffix(name), pointer });
}

/** The site of the elements of a list or the values of a map: the singular of its name. */
export function elementSite(list: Site, pointer: string): Site {
  if (list.parent === null) return makeSite(list, { short: 'Item', long: 'Item', pointer });
  const long = `${list.long}Item`;
  const one = singular(list.short);
  return makeSite(list.parent, { short: one === list.short ? long : one, long, pointer, anonymous: list.anonymous });
}

/** The site of the values of properties that have no declared name. */
export function valueSite(parent: Site, pointer: string): Site {
  return makeSite(parent, { short: 'Value', long: 'AdditionalValue', pointer });
}

/** The site of one of several alternatives; without a word of its own it is anonymous. */
export function branchSite(parent: Site, word: string | null, pointer: string): Site {
  const name = word === null ? '' : suffix(word);
  return makeSite(parent, { short: name, long: name, pointer, anonymous: word === null });
}

interface SiteParts {
  readonly short: string;
  readonly long: string;
  readonly pointer: string;
  readonly anonymous?: boolean;
}

function makeSite(parent: Site, { short, long, pointer, anonymous = parent.anonymous }: SiteParts): Site {
  return { id: `${parent.id}/${short}@${pointer}`, parent, short, long, pointer, anonymous, extract: true };
}

function suffix(name: string): string {
  return pascalCase(name).replace(/^_/, '');
}

/** The singular of an English word in PascalCase, where its ending tells; else the word itself. */
export function singular(word: string): string {
  if (/(series|species|news|[^aeiou]us|ss|is)$/i.test(word)) return word;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh|[^aeio]us)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
