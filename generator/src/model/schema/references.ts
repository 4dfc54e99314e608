import type { SpecNode } from '../../load/spec-document.ts';
import { pointerTokens } from '../pointer.ts';
import { isObject, own } from './json.ts';
import { keywords } from './keywords.ts';

/** A schema as it is written, its `$ref` not followed, and what references in it are relative to. */
export interface Place {
  readonly node: SpecNode;
  readonly base: Base;
}

/** The schema resource that a place belongs to: a file, or a part of one that has an `$id` of its own. */
interface Base {
  readonly uri: string;
  readonly root: SpecNode;
}

/** Finds what references between schemas lead to. */
export interface References {
  /** The schema that one begins with. */
  readonly entry: Place;
  /** What stands below a place; undefined when nothing does. */
  child(place: Place, key: string | number): Place | undefined;
  /** What a `$ref` written at a place leads to, by `$id`, by name or by path; undefined when it leads nowhere. */
  follow(place: Place, reference: string): Place | undefined;
}

/** Starts at a schema: as it is written, or what its `$ref` leads to. */
export function openReferences(node: SpecNode): References {
  const named = new Map<string, Place>();
  const scanned = new Set<string>();
  const scan = (place: Place): Place => {
    if (!scanned.has(place.node.identity) && mentionsId(place.node.value)) collectNames(place, named, child);
    scanned.add(place.node.identity);
    return place;
  };
  const entry = scan(documentPlace(node));
  return {
    entry,
    child,
    follow: (place, reference) => byName(place, reference, named) ?? byPath(place, reference, scan),
  };
}

function child(place: Place, key: string | number): Place | undefined {
  const node = place.node.raw(key);
  return node === undefined ? undefined : { node, base: baseOf(node, place.base) };
}

/** A schema with an `$id` that is more than a name begins a resource of its own. */
function baseOf(node: SpecNode, around: Base): Base {
  const id = isObject(node.value) ? own(node.value, '$id') : undefined;
  if (typeof id !== 'string' || id.startsWith('#')) return around;
  return { uri: resolveUri(around.uri, id).replace(/#.*$/, ''), root: node };
}

/** A place whose references are relative to the file it is written in. */
function documentPlace(node: SpecNode): Place {
  const file = node.identity.replace(/#.*$/, '');
  const base = { uri: `${documents}${encodeURI(file)}`, root: node.resolve('#') ?? node };
  return { node, base: baseOf(node, baseOf(base.root, base)) };
}

/** Paths of files are resolved like addresses, in a place that no address leads to. */
const documents = 'https://documents.invalid/';

function resolveUri(base: string, reference: string): string {
  return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
}

function byName(place: Place, reference: string, named: ReadonlyMap<string, Place>): Place | undefined {
  if (named.size === 0) return undefined;
  const uri = resolveUri(place.base.uri, reference);
  const [address = '', fragment = ''] = uri.split('#');
  const exact = named.get(fragment === '' ? address : uri);
  const root = exact === undefined && fragment.startsWith('/') ? named.get(address) : undefined;
  return exact ?? (root === undefined ? undefined : walk(root, fragment));
}

function byPath(place: Place, reference: string, scan: (place: Place) => Place): Place | undefined {
  const [path = '', fragment = ''] = reference.split('#');
  const inResource = path === '' ? walk({ node: place.base.root, base: place.base }, fragment) : undefined;
  if (inResource !== undefined) return scanned(inResource, scan);
  const root = place.node.resolve(`${path}#`);
  const written = root === undefined ? undefined : walk(scanned(documentPlace(root), scan), fragment);
  if (written !== undefined) return scanned(written, scan);
  const followed = place.node.resolve(reference);
  return followed === undefined ? undefined : scan(documentPlace(followed));
}

/** An AsyncAPI document holds schemas that have nothing to do with each other: names count in the one referred to. */
function scanned(place: Place, scan: (place: Place) => Place): Place {
  const isSpec = isObject(place.node.value) && Object.hasOwn(place.node.value, 'asyncapi');
  return isSpec ? place : scan(place);
}

function walk(root: Place, fragment: string): Place | undefined {
  const tokens = pointerTokens(decodeFragment(fragment));
  let place: Place | undefined = root;
  for (const token of tokens ?? []) {
    if (place === undefined) return undefined;
    place = child(place, Array.isArray(place.node.value) ? Number(token) : token);
  }
  return tokens === null ? undefined : place;
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Tells cheaply whether names have to be collected at all: hardly any schema has some. */
function mentionsId(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mentionsId);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, item]) => isNameKeyword(key) || mentionsId(item));
}

function isNameKeyword(key: string): boolean {
  return key === '$id' || key === '$anchor';
}

/** Collects the names that schemas below a place have, by the address they make with its base. */
function collectNames(place: Place, named: Map<string, Place>, below: References['child']): void {
  const { value } = place.node;
  if (isObject(value)) {
    const id = own(value, '$id');
    const anchor = own(value, '$anchor');
    if (typeof id === 'string') addName(named, id.startsWith('#') ? place.base.uri + id : place.base.uri, place);
    if (typeof anchor === 'string') addName(named, `${place.base.uri}#${anchor}`, place);
  }
  for (const key of childKeys(value)) {
    const next = below(place, key);
    if (next !== undefined && isMap(key)) {
      for (const name of childKeys(next.node.value, false)) collectBelow(next, name, named, below);
    } else if (next !== undefined) collectNames(next, named, below);
  }
}

function collectBelow(place: Place, key: string | number, named: Map<string, Place>, below: References['child']): void {
  const next = below(place, key);
  if (next !== undefined) collectNames(next, named, below);
}

function addName(named: Map<string, Place>, uri: string, place: Place): void {
  if (!named.has(uri)) named.set(uri, place);
}

/** Keys under which schemas may be. Those of a schema that hold data are left out; a map of schemas has none of them. */
function childKeys(value: unknown, ofSchema = true): readonly (string | number)[] {
  if (Array.isArray(value)) return value.map((_, index) => index);
  if (!isObject(value)) return [];
  return Object.keys(value).filter((key) => typeof value[key] === 'object' && !(ofSchema && isData(key)));
}

function isData(key: string): boolean {
  const content = keywords.get(key);
  return content === 'assertion' || content === 'annotation' || content === 'identity';
}

function isMap(key: string | number): boolean {
  const content = keywords.get(String(key));
  return content === 'schema map' || content === 'definitions' || content === 'dependencies';
}
