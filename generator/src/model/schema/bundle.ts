import type { SpecNode } from '../../load/spec-document.ts';
import type { JsonSchema } from '../event-model.ts';
import { childPointer } from '../pointer.ts';
import { definitionKeys } from './definition-keys.ts';
import { canonical, isObject, type JsonObject, own, sortedObject } from './json.ts';
import { isBroken, patternProblem, shapeOf } from './keyword-shapes.ts';
import { keywords } from './keywords.ts';
import { openReferences, type Place, type References } from './references.ts';

/** A schema that needs nothing around it, and where its parts were written. */
export interface Bundle {
  /** Every `$ref` is `#` or `#/definitions/<key>`, and keys are sorted. Holds only what draft-07 allows. */
  readonly schema: JsonSchema;
  /** From a pointer into `schema` to the place that the schema there comes from. */
  readonly places: ReadonlyMap<string, SpecNode>;
  /** From the key of a definition to the word it was made of, for type names. */
  readonly labels: ReadonlyMap<string, string>;
  /** Every schema that was read, in the order of reading, also definitions that nothing refers to. */
  readonly read: readonly SpecNode[];
}

/**
 * Puts a schema and everything that it refers to into one draft-07 schema that accepts the same values.
 * What stands under keywords that hold data stays data. Values that draft-07 does not allow are left out.
 */
export function bundle(node: SpecNode): Bundle {
  const references = openReferences(node);
  const entry = settle(references.entry, references);
  const found = collect(entry, references);
  const keys = definitionKeys([...found.targets.keys()]);
  const places = new Map<string, SpecNode>();
  const builder: Builder = { references, found, keys, places };
  const root = build(entry, '', builder);
  const definitions = [...found.targets].map(([identity, target]): [string, unknown] => {
    const key = keys.get(identity)?.key ?? '';
    return [key, build(target, `/definitions/${key}`, builder)];
  });
  const schema =
    isObject(root) && definitions.length > 0
      ? sortedObject([...Object.entries(root), ['definitions', sortedObject(definitions)]])
      : root;
  return {
    schema: schema as JsonSchema,
    places,
    labels: new Map([...keys.values()].map(({ key, label }) => [key, label])),
    read: found.read,
  };
}

/** What references lead to, besides the schema itself. */
interface Found {
  readonly root: string;
  /** By identity, in the order of discovery. */
  readonly targets: ReadonlyMap<string, Place>;
  /** From the identity of a place with a `$ref` to the identity it leads to. */
  readonly links: ReadonlyMap<string, string>;
  readonly read: readonly SpecNode[];
}

function collect(entry: Place, references: References): Found {
  const targets = new Map<string, Place>();
  const links = new Map<string, string>();
  const read = new Map<string, SpecNode>();
  const queue: Place[] = [entry];
  const unused: Place[] = [];
  const visit = (place: Place, follow: boolean): void => {
    const { node } = place;
    if (read.has(node.identity)) return;
    read.set(node.identity, node);
    if (!isObject(node.value)) return;
    const reference = own(node.value, '$ref');
    const target = follow && typeof reference === 'string' ? references.follow(place, reference) : undefined;
    if (target !== undefined) {
      const settled = settle(target, references);
      const { identity } = settled.node;
      links.set(node.identity, identity);
      if (identity !== entry.node.identity && !targets.has(identity)) {
        targets.set(identity, settled);
        queue.push(settled);
      }
    }
    for (const child of childSchemas(place, references)) {
      if (!child.isDefinition) visit(child.place, follow);
      else unused.push(child.place);
    }
  };
  for (const place of queue) visit(place, true);
  for (const place of unused) visit(place, false);
  return { root: entry.node.identity, targets, links, read: [...read.values()] };
}

interface ChildSchema {
  readonly place: Place;
  readonly isDefinition: boolean;
}

function childSchemas(place: Place, references: References): ChildSchema[] {
  const { value } = place.node;
  return Object.keys(isObject(value) ? value : {})
    .sort()
    .flatMap((keyword) => {
      const content = keywords.get(keyword);
      const child = references.child(place, keyword);
      if (child === undefined || content === undefined) return [];
      const isDefinition = content === 'definitions';
      switch (content) {
        case 'assertion':
        case 'annotation':
        case 'identity':
          return [];
        case 'schema':
          return [{ place: child, isDefinition }];
        case 'schemas':
        case 'schema or schemas':
        case 'schema map':
        case 'dependencies':
        case 'definitions':
          return schemasIn(child, content, references).map((schema) => ({ place: schema, isDefinition }));
        default:
          return content satisfies never;
      }
    });
}

/** The schemas of a list or a map of schemas; a list of names among dependencies is none. */
function schemasIn(place: Place, content: string, references: References): Place[] {
  const { value } = place.node;
  if (content === 'schema or schemas' && !Array.isArray(value)) return [place];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(isObject(value) ? value : {}).sort();
  const children = keys.flatMap((key) => references.child(place, key) ?? []);
  return content === 'dependencies' ? children.filter(({ node }) => !Array.isArray(node.value)) : children;
}

/** Follows references from schemas that are nothing else, until something is said, or a place comes again. */
function settle(place: Place, references: References): Place {
  const seen = new Set<string>();
  let current = place;
  for (;;) {
    const { value, identity } = current.node;
    if (seen.has(identity) || !isObject(value) || !isOnlyReference(value)) return current;
    seen.add(identity);
    const next = references.follow(current, value.$ref);
    if (next === undefined) return current;
    current = next;
  }
}

function isOnlyReference(value: JsonObject): value is { readonly $ref: string } {
  if (typeof own(value, '$ref') !== 'string') return false;
  return Object.keys(value).every((keyword) => {
    const content = keywords.get(keyword) ?? 'annotation';
    return keyword === '$ref' || content === 'annotation' || content === 'definitions' || content === 'identity';
  });
}

interface Builder {
  readonly references: References;
  readonly found: Found;
  readonly keys: ReadonlyMap<string, { readonly key: string }>;
  readonly places: Map<string, SpecNode>;
}

/** Builds the schema at a place; one that is referred to from elsewhere becomes a reference where it stands. */
function buildChild(place: Place | undefined, pointer: string, builder: Builder): unknown {
  if (place === undefined) return true;
  const { identity } = place.node;
  if (!builder.found.targets.has(identity)) return build(place, pointer, builder);
  builder.places.set(pointer, place.node);
  return { $ref: referenceTo(identity, builder) };
}

function build(place: Place, pointer: string, builder: Builder): unknown {
  const { value, identity } = place.node;
  builder.places.set(pointer, place.node);
  if (!isObject(value)) return typeof value === 'boolean' ? value : true;
  const entries = Object.keys(value).flatMap((keyword): [string, unknown][] => {
    if (keyword === '$ref') {
      const target = builder.found.links.get(identity);
      return target === undefined ? [] : [['$ref', referenceTo(target, builder)]];
    }
    if (!isUsable(keyword, own(value, keyword), value)) return [];
    const built = buildKeyword(place, keyword, childPointer(pointer, keyword), builder);
    return built === undefined ? [] : [[keyword, built]];
  });
  return sortedObject(entries);
}

/** What `checkKeywords` reports is left out, so that nobody downstream has to mind it. */
function isUsable(keyword: string, value: unknown, schema: JsonObject): boolean {
  if (keyword === '__proto__' || shapeOf(keyword)?.accepts(value, schema) === false) return false;
  return keyword !== 'pattern' || patternProblem(String(value)) === null;
}

function isUsableEntry(keyword: string, key: string, value: unknown): boolean {
  if (isBroken(key)) return false;
  if (keyword === 'patternProperties') return key === '__proto__' || patternProblem(key) === null;
  return !Array.isArray(value) || keyword !== 'dependencies' || shapeOf('required')?.accepts(value, {}) === true;
}

function referenceTo(identity: string, { found, keys }: Builder): string {
  return identity === found.root ? '#' : `#/definitions/${keys.get(identity)?.key ?? ''}`;
}

/** The value of a keyword in the bundle; undefined when it has no place there. */
function buildKeyword(place: Place, keyword: string, pointer: string, builder: Builder): unknown {
  const child = builder.references.child(place, keyword);
  const value = own(place.node.value as JsonObject, keyword);
  const content = keywords.get(keyword) ?? 'annotation';
  const below = (key: string | number): unknown =>
    buildChild(
      child === undefined ? undefined : builder.references.child(child, key),
      childPointer(pointer, key),
      builder,
    );
  switch (content) {
    case 'definitions':
    case 'identity':
      return undefined;
    case 'assertion':
      return keyword === 'required' ? [...(value as string[])].sort() : canonical(value);
    case 'annotation':
      return canonical(value);
    case 'schema':
      return buildChild(child, pointer, builder);
    case 'schemas':
    case 'schema or schemas':
      return Array.isArray(value) ? value.map((_, index) => below(index)) : buildChild(child, pointer, builder);
    case 'schema map':
    case 'dependencies':
      return sortedObject(
        Object.entries(value as JsonObject)
          .filter(([key, item]) => isUsableEntry(keyword, key, item))
          .map(([key, item]) => [key, Array.isArray(item) ? [...item].sort() : below(key)]),
      );
    default:
      return content satisfies never;
  }
}
