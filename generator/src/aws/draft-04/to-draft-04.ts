import { isObject, type JsonObject, ownObject, sortedObject } from '../json.ts';
import type { Conversion, Draft04Use, LostKeyword } from './conversion.ts';
import { convert } from './convert.ts';

/** A JSON Schema draft-04, and what of the draft-07 schema it does not say. */
export interface Draft04 {
  /** Self-contained: every `$ref` is `#/definitions/<letters and digits>`. There is no `id`. */
  readonly schema: JsonObject;
  /** Keywords that were left out, or say less than before; sorted by pointer. Empty: it accepts the same values. */
  readonly lost: readonly LostKeyword[];
}

/**
 * Converts a self-contained draft-07 schema (every `$ref` is `#` or `#/definitions/<key>`) to draft-04. The result never
 * refuses a value that the schema accepts: what draft-04 cannot say is left out and listed.
 * @param use `document` (default) keeps titles, descriptions, formats and `type: integer` for who reads the schema;
 * `validator` keeps only what decides, in words that validators of draft-04 agree on.
 */
export function toDraft04(schema: boolean | JsonObject, use: Draft04Use = 'document'): Draft04 {
  const definitions = isObject(schema) ? ownObject(schema, 'definitions') : {};
  const parts = new Map<string, unknown>([
    ['#', schema],
    ...Object.entries(definitions).map(([key, part]) => [`#/definitions/${key}`, part] as const),
  ]);
  const names = definitionNames([...parts.keys()]);
  const inexact = findInexact(parts, { use, names });
  const built = new Map<string, Built>();
  const pending = ['#'];
  for (const reference of pending) {
    if (built.has(reference)) continue;
    const one = build(parts.get(reference), reference, { use, names, inexact });
    built.set(reference, one);
    pending.push(...referencesIn(one.schema, names));
  }
  return assemble(built, names);
}

interface Built {
  readonly schema: JsonObject;
  readonly lost: readonly LostKeyword[];
  readonly exact: boolean;
}

function build(part: unknown, reference: string, rules: Omit<Conversion, 'lost'>): Built {
  const lost: LostKeyword[] = [];
  const { schema, exact } = convert(part, reference.slice(1), { ...rules, lost });
  return { schema, exact, lost };
}

/** Definitions that lose something, themselves or in what they refer to: the more are known, the more follow. */
function findInexact(
  parts: ReadonlyMap<string, unknown>,
  rules: Omit<Conversion, 'lost' | 'inexact'>,
): ReadonlySet<string> {
  const inexact = new Set<string>();
  for (let before = -1; before < inexact.size; ) {
    before = inexact.size;
    for (const [reference, part] of parts) {
      if (!inexact.has(reference) && !build(part, reference, { ...rules, inexact }).exact) inexact.add(reference);
    }
  }
  return inexact;
}

function assemble(built: ReadonlyMap<string, Built>, names: ReadonlyMap<string, string>): Draft04 {
  const root = built.get('#')?.schema ?? {};
  const isReferred = [...built.values()].some(({ schema }) => referencesIn(schema, names).includes('#'));
  const definitions = [...built].flatMap(([reference, { schema }]): [string, unknown][] =>
    reference === '#' && !isReferred ? [] : [[names.get(reference) ?? '', schema]],
  );
  const entry = isReferred || Object.hasOwn(root, '$ref') ? { allOf: [isReferred ? refer('#', names) : root] } : root;
  const lost = [...built.values()].flatMap((one) => one.lost);
  return {
    schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      ...entry,
      ...(definitions.length > 0 && { definitions: sortedObject(definitions) }),
    },
    lost: lost.sort((left, right) => (left.pointer < right.pointer ? -1 : left.pointer > right.pointer ? 1 : 0)),
  };
}

function refer(reference: string, names: ReadonlyMap<string, string>): JsonObject {
  return { $ref: `#/definitions/${names.get(reference) ?? ''}` };
}

/** What the references of a converted schema lead to, by their draft-07 spelling. */
function referencesIn(schema: unknown, names: ReadonlyMap<string, string>): readonly string[] {
  const text = JSON.stringify(schema);
  return [...names].flatMap(([reference, name]) =>
    text.includes(`"$ref":"#/definitions/${name}"`) ? [reference] : [],
  );
}

/** Names of letters and digits; those that would meet, or be empty, get the code units of what they came from. */
function definitionNames(references: readonly string[]): ReadonlyMap<string, string> {
  const plain = (reference: string): string =>
    reference === '#' ? 'Root' : reference.slice('#/definitions/'.length).replace(/[^A-Za-z0-9]/g, '');
  const uses = new Map<string, number>();
  for (const reference of references) uses.set(plain(reference), (uses.get(plain(reference)) ?? 0) + 1);
  return new Map(
    references.map((reference) => {
      const name = plain(reference);
      const isClear = name !== '' && uses.get(name) === 1;
      return [reference, isClear ? name : `${name}${codeUnits(reference)}`];
    }),
  );
}

function codeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join(
    '',
  );
}
