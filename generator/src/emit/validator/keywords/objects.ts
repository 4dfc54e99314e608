import { type JsonObject, own, ownList, ownObject } from '../../../model/schema/json.ts';
import { jsonLiteral } from '../json-literal.ts';
import { isOpen, type Keyword } from '../keyword.ts';
import { asSteps } from '../parts.ts';
import { placeOf } from '../place.ts';
import type { Site } from '../scope.ts';
import { type Part, rule } from '../step.ts';
import { below } from './below.ts';
import { expression } from './expression.ts';
import { limit } from './numbers.ts';

/** What speaks of objects. */
export const objects: readonly Keyword[] = [
  limit('maxProperties', 'tooWide', 'minProperties'),
  limit('minProperties', 'tooNarrow'),
  {
    names: ['required'],
    parts: (schema, { scope, value }) => {
      const required = ownList(schema, 'required').map(String);
      if (required.length === 0) return [];
      const names = sharedNames(schema);
      if (names === null) return [rule(`${scope.use('missing')}(${value}, ${scope.json('names', required)})`)];
      return [rule(`${scope.use('unfit')}(${value}, ${scope.json('names', names)}, ${required.length})`)];
    },
  },
  {
    names: ['propertyNames'],
    parts: (schema, { scope, value, place: at }) => {
      const name = own(schema, 'propertyNames');
      if (isOpen(name)) return [];
      return [{ kind: 'call', name: scope.use('eachName'), value, checks: scope.check(name), place: at, more: [] }];
    },
  },
  { names: ['additionalProperties'], parts: additionalProperties },
  { names: ['dependencies'], parts: dependencies },
  {
    names: ['properties'],
    parts: (schema, site) =>
      entriesOf(schema, 'properties').flatMap(([name, property]) => {
        if (isOpen(property)) return [];
        const variable = `d${site.depth + 1}`;
        const part = { ...site, value: variable, depth: site.depth + 1, place: placeOf(site.place, name) };
        const steps = asSteps(site.scope.parts(property, part), part);
        return [{ kind: 'part', variable, expression: member(site.value, name), condition: null, steps }];
      }),
  },
  {
    names: ['patternProperties'],
    parts: (schema, site) =>
      entriesOf(schema, 'patternProperties').flatMap(([pattern, property]) => {
        if (isOpen(property)) return [];
        return [below('eachMatch', property, site, [expression(pattern, site.scope)])];
      }),
  },
];

/** Nothing can be said of a key `__proto__`, as Ajv has it. */
function entriesOf(schema: JsonObject, keyword: string): [string, unknown][] {
  return Object.entries(ownObject(schema, keyword)).filter(([key]) => key !== '__proto__');
}

/** Names that are no additional properties. Beyond eight Ajv looks them up, and finds `__proto__` too. */
function knownNames(schema: JsonObject): readonly string[] {
  const names = Object.keys(ownObject(schema, 'properties'));
  const others = names.filter((name) => name !== '__proto__');
  return others.length > 8 ? names : others;
}

/** Required names, then all others, if one list says both which are required and which are known; else null. */
function sharedNames(schema: JsonObject): readonly string[] | null {
  const required = ownList(schema, 'required').map(String);
  const known = knownNames(schema);
  const isShared =
    own(schema, 'additionalProperties') === false &&
    own(schema, 'propertyNames') === undefined &&
    entriesOf(schema, 'patternProperties').length === 0 &&
    required.length > 0 &&
    required.every((name) => known.includes(name));
  return isShared ? [...required, ...known.filter((name) => !required.includes(name))] : null;
}

function additionalProperties(schema: JsonObject, site: Site): readonly Part[] {
  const { scope, value } = site;
  const additional = own(schema, 'additionalProperties');
  if (isOpen(additional) || (additional === false && sharedNames(schema) !== null)) return [];
  const names = knownNames(schema);
  const patterns = entriesOf(schema, 'patternProperties').map(([pattern]) => expression(pattern, scope));
  const more = [
    ...(additional === false || names.length + patterns.length > 0 ? [scope.json('names', names)] : []),
    ...(patterns.length > 0 ? [scope.constant('patterns', `[${patterns.join(', ')}]`)] : []),
  ];
  if (additional === false) return [rule(`${scope.use('surplus')}(${[value, ...more].join(', ')})`)];
  return [below('eachOther', additional, site, more)];
}

/** Those on names come first, then those on schemas. */
function dependencies(schema: JsonObject, site: Site): readonly Part[] {
  const { scope, value } = site;
  const entries = entriesOf(schema, 'dependencies');
  return [
    ...entries.flatMap(([name, names]) => {
      if (!Array.isArray(names) || names.length === 0) return [];
      const others = scope.json('names', names);
      return [rule(`${scope.use('dependent')}(${value}, ${jsonLiteral(name)}, ${others})`)];
    }),
    ...entries.flatMap(([name, dependency]): readonly Part[] => {
      if (Array.isArray(dependency) || isOpen(dependency)) return [];
      const steps = asSteps(scope.parts(dependency, site), site);
      return [{ kind: 'if', condition: `${member(value, name)} !== undefined`, steps, otherwise: [] }];
    }),
  ];
}

/** A property of a value. */
function member(value: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${value}.${name}` : `${value}[${jsonLiteral(name)}]`;
}
