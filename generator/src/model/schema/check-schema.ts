import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { JsonSchema } from '../event-model.ts';
import { didYouMeanOrList, quote } from '../wording.ts';
import type { Bundle } from './bundle.ts';
import { inPlaceParts, inwardParts, type Lookup, lookupIn, type Part } from './in-place.ts';
import { isObject, own, ownList, ownObject } from './json.ts';
import { kindsOf } from './kinds.ts';
import { findViolation } from './violation.ts';

/** Reports what in a bundle contradicts itself, or accepts more than its author meant. */
export function checkSchema({ schema, places }: Pick<Bundle, 'schema' | 'places'>): Diagnostic[] {
  const lookup = lookupIn(schema);
  const roots = valueRoots(schema, lookup);
  const checked = roots.map((root) => ({ root, parts: sameValue(root, lookup) }));
  const declared = new Set(checked.flatMap(({ parts }) => declaredRequired(parts)));
  const parts = new Map(checked.flatMap((value) => value.parts.map((part) => [part.pointer, part] as const)));
  return [
    ...[...parts.values()].flatMap((part) =>
      checkRequired(part, declared, { places, names: namesBeside(part, checked) }),
    ),
    ...checked.flatMap((value) => checkObjectType(value.root, value.parts, { places, lookup })),
    ...[...parts.values()].flatMap((part) => checkValues(part, schema, places)),
  ];
}

/** Reports examples of a message that its payload does not accept. */
export function checkExamples(payload: JsonSchema, examples: readonly SpecNode[]): Diagnostic[] {
  return examples.flatMap((example) => checkValue(payload, payload, example, 'schema-example'));
}

type Places = Bundle['places'];

/** Schemas that are applied to different values: the payload's, and those of properties and elements. */
function valueRoots(schema: JsonSchema, lookup: Lookup): Part[] {
  const roots = new Map<string, Part>([['', { pointer: '', schema }]]);
  const seen = new Set<string>();
  for (const root of roots.values()) {
    for (const part of sameValue(root, lookup)) {
      if (seen.has(part.pointer)) continue;
      seen.add(part.pointer);
      for (const next of inwardParts(part)) roots.set(next.pointer, next);
    }
  }
  return [...roots.values()];
}

/** A schema with all that it applies to the same value. */
function sameValue(root: Part, lookup: Lookup): Part[] {
  const parts = new Map([[root.pointer, root]]);
  for (const part of parts.values()) {
    for (const next of inPlaceParts(part, lookup)) parts.set(next.pointer, parts.get(next.pointer) ?? next);
  }
  return [...parts.values()];
}

/** Those required names, with the pointer of their list, that some schema for the same value describes. */
function declaredRequired(parts: readonly Part[]): string[] {
  const schemas = parts.map(({ schema }) => schema).filter(isObject);
  const names = new Set(schemas.flatMap((schema) => Object.keys(ownObject(schema, 'properties'))));
  const patterns = schemas.flatMap((schema) => Object.keys(ownObject(schema, 'patternProperties')));
  const isMap = schemas.some((schema) => isObject(own(schema, 'additionalProperties')));
  const isDeclared = (name: string): boolean =>
    isMap || names.has(name) || patterns.some((pattern) => matches(pattern, name));
  return parts.flatMap(({ pointer, schema }) =>
    requiredNames(schema)
      .filter(isDeclared)
      .map((name) => `${pointer} ${name}`),
  );
}

function requiredNames(schema: unknown): string[] {
  return isObject(schema) ? ownList(schema, 'required').map(String) : [];
}

function namesBeside(part: Part, checked: readonly { readonly parts: readonly Part[] }[]): string[] {
  if (requiredNames(part.schema).length === 0) return [];
  const beside = checked
    .filter(({ parts }) => parts.some(({ pointer }) => pointer === part.pointer))
    .flatMap(({ parts }) => parts);
  return [
    ...new Set(beside.flatMap(({ schema }) => (isObject(schema) ? Object.keys(ownObject(schema, 'properties')) : []))),
  ];
}

interface RequiredContext {
  readonly places: Places;
  readonly names: readonly string[];
}

function checkRequired(
  { pointer, schema }: Part,
  declared: ReadonlySet<string>,
  { places, names }: RequiredContext,
): Diagnostic[] {
  const node = places.get(pointer);
  const list = node?.raw('required');
  if (node === undefined || list === undefined) return [];
  return requiredNames(schema)
    .filter((name) => !declared.has(`${pointer} ${name}`))
    .map((name) => {
      const index = Array.isArray(list.value) ? list.value.indexOf(name) : -1;
      const message = `${quote(name)} is required, but no property of that name is described.`;
      return report(
        'schema-required',
        list.raw(index)?.origin ?? node.keyOrigin('required'),
        message,
        didYouMeanOrList(name, names, 'Properties are') || undefined,
      );
    });
}

interface KindContext {
  readonly places: Places;
  readonly lookup: Lookup;
}

/** The payload itself is taken for an object; see `buildTypes`. */
function checkObjectType(root: Part, parts: readonly Part[], { places, lookup }: KindContext): Diagnostic[] {
  const schemas = parts.map(({ schema }) => schema).filter(isObject);
  if (root.pointer === '' || schemas.some((schema) => Object.hasOwn(schema, 'type'))) return [];
  const speaking = parts.find(({ schema }) => isObject(schema) && Object.hasOwn(schema, 'properties'));
  const node = speaking === undefined ? undefined : places.get(speaking.pointer);
  if (node === undefined || isTest(speaking?.pointer ?? '') || !kindsOf(root.schema, lookup).has('string')) return [];
  return [
    report(
      'schema-object-type',
      node.keyOrigin('properties'),
      '`properties` stands without `type: object`, so values that are no objects are valid too.',
    ),
  ];
}

/** Schemas that test a value rather than describe it. */
function isTest(pointer: string): boolean {
  return /\/(not|if)(\/|$)/.test(pointer);
}

function checkValues({ pointer, schema }: Part, root: JsonSchema, places: Places): Diagnostic[] {
  const node = places.get(pointer);
  if (!isObject(schema) || node === undefined) return [];
  const examples = node.raw('examples');
  const count = Array.isArray(examples?.value) ? examples.value.length : 0;
  const standard = Object.hasOwn(schema, 'default') ? node.raw('default') : undefined;
  return [
    ...Array.from({ length: count }, (_, index) => examples?.raw(index)).flatMap((example) =>
      example === undefined ? [] : checkValue(root, schema, example, 'schema-example'),
    ),
    ...(standard === undefined ? [] : checkValue(root, schema, standard, 'schema-default')),
  ];
}

function checkValue(
  root: JsonSchema,
  schema: unknown,
  node: SpecNode,
  code: 'schema-example' | 'schema-default',
): Diagnostic[] {
  const violation = findViolation(root, schema, node.value);
  if (violation === null) return [];
  const { path, problem } = violation;
  const place = path.reduce<SpecNode | undefined>((parent, key) => parent?.raw(key), node);
  const subject = code === 'schema-example' ? 'The example' : 'The default';
  const where = path.length === 0 ? 'it' : quote(`/${path.map(String).join('/')}`);
  return [report(code, (place ?? node).origin, `${subject} is not valid by its schema: ${where} ${problem}.`)];
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return false;
  }
}
