import { type Area, areaBelow } from '../../load/areas.ts';
import { type Kind, kindAt } from '../../load/conformance/places.ts';
import { parseReference } from '../../load/reference.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { isObject, own } from '../../model/schema/json.ts';
import { openReferences, type Place, type References } from '../../model/schema/references.ts';

/** A part of the spec as it is written, on its way into the document. */
export interface Part {
  readonly node: SpecNode;
  readonly area: Area;
  /** The keys that lead here in the document, references on the way followed. */
  readonly path: readonly string[];
  /** Null outside schemas. */
  readonly schema: SchemaPart | null;
}

/** What references between schemas need to know. */
interface SchemaPart {
  readonly place: Place;
  readonly references: References;
}

/** The part below another. */
export function partBelow(part: Part, key: string): Part | undefined {
  const node = part.node.raw(key);
  if (node === undefined) return undefined;
  const path = [...part.path, key];
  const area = areaBelow(part.area, key, node.value);
  return { node, area, path, schema: schemaBelow(part, key) ?? schemaAt(node, path) };
}

function schemaBelow({ schema }: Part, key: string): SchemaPart | null {
  const place = schema?.references.child(schema.place, key);
  return schema === null || place === undefined ? null : { place, references: schema.references };
}

function schemaAt(node: SpecNode, path: readonly string[]): SchemaPart | null {
  if (!isSchema(path)) return null;
  const references = openReferences(node);
  return { place: references.entry, references };
}

function isSchema(path: readonly string[]): boolean {
  if (kindAt(path) === 'schemas') return true;
  const key = path.at(-1) ?? '';
  if (key === 'payload' || key === 'headers') {
    const holder = kindAt(path.slice(0, -1));
    if (holder === 'messages' || holder === 'messageTraits') return true;
  }
  return schemaFieldsOfBindings.has(key) && /Bindings$/.test(kindAt(path.slice(0, -2)) ?? '');
}

const schemaFieldsOfBindings: ReadonlySet<string> = new Set(['clientId', 'groupId', 'headers', 'key', 'query']);

/** The section of `components` for what a reference here leads to; null where AsyncAPI has none. */
export function sectionOf({ path, schema }: Part): Kind | null {
  if (schema !== null) return path.at(-1) === 'externalDocs' ? 'externalDocs' : 'schemas';
  if (path.at(-2) === 'x-emits' || (path.includes('x-eventbridge') && path.at(-2) === 'events')) return 'messages';
  return kindAt(path) ?? null;
}

/** The `$ref` of a part that is a reference. */
export function referenceOf({ node, area }: Part): string | undefined {
  const reference = area !== 'data' && isObject(node.value) ? own(node.value, '$ref') : undefined;
  return typeof reference === 'string' ? reference : undefined;
}

/** Whether nothing counts beside the `$ref`: what stands beside it in a schema does. */
export function isOnlyReference({ node, schema }: Part): boolean {
  return schema === null || Object.keys(node.value as object).length === 1;
}

/** The part that the `$ref` of one leads to, itself perhaps a reference; undefined when it leads nowhere. */
export function follow(part: Part, reference: string): Part | undefined {
  const { schema, path } = part;
  if (schema !== null) {
    const place = schema.references.follow(schema.place, reference);
    return place === undefined
      ? undefined
      : { ...part, node: place.node, area: 'object', schema: { ...schema, place } };
  }
  const node = written(part.node, reference);
  return node === undefined ? undefined : { node, area: 'object', path, schema: schemaAt(node, path) };
}

function written(node: SpecNode, reference: string): SpecNode | undefined {
  const parsed = parseReference(reference, node.origin.file);
  if (parsed.kind === 'refused') return undefined;
  const file = node.resolve(`${reference.split('#', 1)[0] ?? ''}#`);
  const { target } = parsed;
  return (target.kind === 'pointer' ? walk(file, target.keys) : undefined) ?? node.resolve(reference);
}

/** Goes down by keys, through references on the way; one at the end is not followed. */
function walk(file: SpecNode | undefined, keys: readonly string[]): SpecNode | undefined {
  let [node, beyond] = [file, file];
  for (const key of keys) {
    const holder: SpecNode | undefined = node?.raw(key) === undefined ? beyond : node;
    [node, beyond] = [holder?.raw(key), holder?.get(key)];
  }
  return node;
}
