import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { JsonSchema } from '../event-model.ts';
import type { NamedType } from '../type-expression.ts';
import { quote } from '../wording.ts';
import { type Bundle, bundle } from './bundle.ts';
import { checkKeywords } from './check-keywords.ts';
import { checkExamples, checkSchema } from './check-schema.ts';
import { findEndless, withoutReferences } from './endless.ts';
import { isObject, own } from './json.ts';
import { buildTypes } from './types/build-types.ts';
import type { NameCollision } from './types/names.ts';
import type { Site } from './types/sites.ts';

/** What a payload's schema means. */
export interface BuiltPayload {
  /** Self-contained draft-07 schema: every `$ref` is `#` or `#/definitions/<key>`, keys are sorted. */
  readonly payload: JsonSchema;
  /** The payload's types; the first is named as asked. */
  readonly types: readonly NamedType[];
  /** What is wrong with the schema. With an error among them, `payload` lacks what was wrong. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a payload's schema with all that it refers to.
 * @param node the schema, or an object of `schemaFormat` and `schema`; as it is written or with its `$ref` followed.
 * @param typeName TypeScript name of the payload.
 * @param examples payloads of the message's own examples, which are checked too.
 */
export function buildPayload(node: SpecNode, typeName: string, examples: readonly SpecNode[] = []): BuiltPayload {
  const found = schemaOf(node);
  if ('problem' in found) return { payload: true, types: unknownType(typeName), diagnostics: [found.problem] };
  const bundled = withoutEndless(bundle(found.schema));
  const { types, collisions } = buildTypes(bundled, typeName);
  const keywordProblems = bundled.read.flatMap(checkKeywords);
  const isSound = keywordProblems.every(({ severity }) => severity !== 'error') && bundled.endless.length === 0;
  return {
    payload: bundled.schema,
    types,
    diagnostics: [
      ...keywordProblems,
      ...bundled.endless,
      ...(isSound ? [...checkSchema(bundled), ...checkExamples(bundled.schema, examples)] : []),
      ...collisions.map((collision) => reportCollision(collision, bundled)),
    ],
  };
}

/** Formats that are draft-07, or AsyncAPI's own superset of it. */
const supportedFormats =
  /^(application\/vnd\.aai\.asyncapi(\+json|\+yaml)?\s*;\s*version=[23]\.\d+\.\d+|application\/schema\+(json|yaml)\s*;\s*version=draft-07)$/i;

function schemaOf(node: SpecNode): { readonly schema: SpecNode } | { readonly problem: Diagnostic } {
  const reference = isObject(node.value) ? own(node.value, '$ref') : undefined;
  const target = (typeof reference === 'string' ? node.resolve(reference) : undefined) ?? node;
  if (!isObject(target.value) || !Object.hasOwn(target.value, 'schemaFormat')) return { schema: node };
  const format = own(target.value, 'schemaFormat');
  if (typeof format !== 'string' || !supportedFormats.test(format.trim())) {
    const message = `The schema format ${quote(typeof format === 'string' ? format : JSON.stringify(format))} is not supported.`;
    return { problem: report('schema-format', target.keyOrigin('schemaFormat'), message) };
  }
  const schema = target.raw('schema');
  if (schema !== undefined) return { schema };
  const message = '`schemaFormat` stands without a `schema`.';
  return { problem: report('schema-invalid', target.origin, message, 'Add the `schema`.') };
}

function unknownType(typeName: string): NamedType[] {
  const doc = { description: null, facts: [], examples: [], deprecated: false } as const;
  return [{ name: typeName, type: { kind: 'primitive', name: 'unknown' }, doc }];
}

/** Takes out references that would make validation endless, and reports them. */
function withoutEndless(bundled: Bundle): Bundle & { readonly endless: readonly Diagnostic[] } {
  const pointers = findEndless(bundled.schema);
  if (pointers.length === 0) return { ...bundled, endless: [] };
  const endless = pointers.flatMap((pointer) => {
    const node = bundled.places.get(pointer);
    if (node === undefined) return [];
    const message = 'This reference comes back to where it stands without going down into the value.';
    return [report('schema-endless', node.keyOrigin('$ref'), message)];
  });
  return { ...bundled, schema: withoutReferences(bundled.schema, new Set(pointers)), endless };
}

function reportCollision({ name, first, second }: NameCollision, { places }: Bundle): Diagnostic {
  const message = `Two different schemas would both be the type ${quote(name)}.`;
  const origin = placeOf(second, places)?.origin ?? unknownOrigin;
  const other = placeOf(first, places);
  const related = other === undefined ? [] : [{ message: 'the other one', origin: other.origin }];
  return report('type-name-collision', origin, message, undefined, related);
}

/** Where a site's schema is written, or that of the nearest one around it. */
function placeOf(site: Site, places: Bundle['places']): SpecNode | undefined {
  return places.get(site.pointer) ?? (site.parent === null ? places.get('') : placeOf(site.parent, places));
}

const unknownOrigin = { file: '', pointer: '', line: 1, column: 1 };
