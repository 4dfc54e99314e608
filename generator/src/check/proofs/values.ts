import type { Scalar } from '@eventloom/engine';
import { canonicalText, type JsonObject, own, ownList } from '../../model/schema/json.ts';
import { allKinds, declaredKinds, type Kind } from '../../model/schema/kinds.ts';
import { accepts } from '../../model/schema/violation.ts';
import { type NumberFacts, schemaNumbers } from './schema-numbers.ts';
import { type Facts, languageOf, type Space } from './space.ts';
import type { Language } from './text/language.ts';
import { schemaTexts } from './text/schema-texts.ts';

/** Values that schemas accept that hold together: at least those that they do. */
export interface Values {
  /** Kinds of values that are not listed. */
  readonly kinds: readonly Kind[];
  /** All values, when the schemas list them; else null. */
  readonly listed: readonly unknown[] | null;
  readonly texts: () => readonly Language[];
  readonly numbers: () => NumberFacts;
  /** Tells whether the schemas accept a scalar: false only when they do not. */
  readonly accepts: (value: Scalar) => boolean;
  readonly space: Space;
}

/** Describes the values of schemas that hold together, each with its references and combinations already opened. */
export function valuesOf(schemas: readonly JsonObject[], space: Space): Values {
  const all = schemas.map((schema) => factsOf(schema, space));
  const isAccepted = (value: unknown): boolean => all.every(({ plain }) => accepts(plain, value, space.lookup));
  const [first, ...others] = all.flatMap(({ lists }) => lists);
  const listed = first === undefined ? null : others.reduce(common, first);
  return {
    kinds: allKinds.filter((kind) => all.every(({ kinds }) => kinds.has(kind))),
    listed: listed?.filter(isAccepted) ?? null,
    texts: () => all.flatMap(({ plain }) => schemaTexts(plain, (key, make) => languageOf(space, key, make))),
    numbers: () => schemaNumbers(all.map(({ plain }) => plain)),
    accepts: isAccepted,
    space,
  };
}

function factsOf(schema: JsonObject, { facts }: Space): Facts {
  const known = facts.get(schema);
  if (known !== undefined) return known;
  const plain = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !opened.has(keyword)));
  const lists = [
    ...(Object.hasOwn(schema, 'const') ? [[own(schema, 'const')]] : []),
    ...(Array.isArray(own(schema, 'enum')) ? [ownList(schema, 'enum')] : []),
  ];
  const made = { plain, kinds: declaredKinds(schema), lists };
  facts.set(schema, made);
  return made;
}

/** What applies to the same value and is opened elsewhere, or is compared here. */
const opened: ReadonlySet<string> = new Set(
  '$ref allOf anyOf oneOf if then else enum const properties patternProperties additionalProperties definitions'.split(
    ' ',
  ),
);

function common(values: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const texts = new Set(others.map(canonicalText));
  return values.filter((value) => texts.has(canonicalText(value)));
}
