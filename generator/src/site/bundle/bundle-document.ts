import { parseReference } from '../../load/reference.ts';
import type { SpecDocument, SpecNode } from '../../load/spec-document.ts';
import { isObject, type JsonObject, own, ownObject } from '../../model/schema/json.ts';
import { type ComponentNames, componentNames } from './component-names.ts';
import { Finished } from './finished.ts';
import { Homes } from './homes.ts';
import { follow, isOnlyReference, type Part, partBelow, referenceOf, sectionOf } from './parts.ts';
import { fileText, leadsTo, referenceText } from './reference-text.ts';

/**
 * Puts a spec and all files that it refers to into one document, in the order of the spec. References stay references,
 * also recursive ones; what they lead to in other files moves below `components`, or where the spec itself names it.
 * `$id`s of schemas are left out: nothing is found by them any more, and they would move what references lead to.
 */
export function bundleDocument({ root, file }: SpecDocument): JsonObject {
  return new Bundler(root, file).build();
}

class Bundler {
  readonly #root: Part;
  readonly #homes: Homes;
  readonly #names: ComponentNames;
  /** Parts of the spec file itself stay as they are where they lead nowhere. */
  readonly #finished = new Finished();
  /** What moves below `components` and is not there yet. */
  readonly #moving: { readonly part: Part; readonly section: string; readonly name: string }[] = [];

  constructor(root: SpecNode, file: string) {
    this.#root = { node: root, area: 'object', path: [], schema: null };
    this.#homes = new Homes(file);
    const components = ownObject(root.value as JsonObject, 'components');
    this.#names = componentNames((section) => Object.keys(ownObject(components, section)));
  }

  build(): JsonObject {
    this.#settleNamed();
    return this.#withMoved(withoutSiteFiles(this.#content(this.#root, []) as JsonObject));
  }

  /** What the spec gives a key of its own, such as a channel in another file, has its home there. */
  #settleNamed(): void {
    for (const section of ['servers', 'channels', 'operations']) this.#settleSection(partBelow(this.#root, section));
    const components = partBelow(this.#root, 'components');
    for (const section of keysOf(components)) this.#settleSection(components && partBelow(components, section));
  }

  #settleSection(section: Part | undefined): void {
    for (const key of keysOf(section)) {
      const start = section && partBelow(section, key);
      const way = start === undefined || !isOnlyReference(start) ? [] : wayOf(start);
      const end = way.at(-1);
      if (start === undefined || end === undefined || this.#homes.find(end.node) !== undefined) continue;
      for (const { node } of way) this.#homes.settle(node, start.path);
    }
  }

  #withMoved(document: JsonObject): JsonObject {
    const sections = new Map<string, [string, unknown][]>();
    for (const { part, section, name } of this.#moving) {
      const entries = sections.get(section) ?? [];
      entries.push([name, this.#content(part, [])]);
      sections.set(section, entries);
    }
    if (sections.size === 0) return document;
    const components = ownObject(document, 'components');
    const moved = [...sections].map(([section, entries]): [string, unknown] => [
      section,
      Object.fromEntries([...Object.entries(ownObject(components, section)), ...entries]),
    ]);
    return { ...document, components: Object.fromEntries([...Object.entries(components), ...moved]) };
  }

  /** @param inlined identities of what is being put in the place of a reference */
  #copy(part: Part, inlined: readonly string[]): unknown {
    const { node, area } = part;
    if (area === 'data' || typeof node.value !== 'object' || node.value === null) return this.#value(part);
    const home = this.#homes.of(node);
    if (home !== undefined) return { $ref: referenceText(home) };
    const reference = referenceOf(part);
    return reference === undefined ? this.#content(part, inlined) : this.#reference(part, reference, inlined);
  }

  #content(part: Part, inlined: readonly string[]): unknown {
    const { value } = part.node;
    if (typeof value !== 'object' || value === null) return value;
    const isInSpec = this.#homes.isInSpec(part.node);
    const field = (key: string, item: unknown): unknown =>
      isInSpec && this.#finished.has(item) ? item : this.#field(part, key, inlined);
    if (Array.isArray(value)) return value.map((item, index) => field(String(index), item));
    const entries = Object.entries(value).filter(([key]) => !isIdentity(part, key));
    return Object.fromEntries(entries.map(([key, item]) => [key, field(key, item)]));
  }

  #field(part: Part, key: string, inlined: readonly string[]): unknown {
    const below = partBelow(part, key);
    return below === undefined ? null : this.#copy(below, inlined);
  }

  /** Paths of definitions are relative to the file that names them. */
  #value({ node, path }: Part): unknown {
    const { value } = node;
    if (typeof value !== 'string' || path.at(-1) !== 'definition' || path.at(-2) !== 'x-delivery') return value;
    const parsed = parseReference(value, node.origin.file);
    if (parsed.kind === 'refused' || !node.origin.file.includes('/')) return value;
    return `${fileText(parsed.file)}${/#.*$/s.exec(value)?.[0] ?? ''}`;
  }

  #reference(part: Part, reference: string, inlined: readonly string[]): unknown {
    const way = wayOf(part);
    const end = way.at(-1);
    if (end === undefined) return part.node.value;
    const known = way.map(({ node }) => this.#homes.find(node)).find((home) => home !== undefined);
    if (known !== undefined && isSame(known, part.path)) return this.#content(end, inlined);
    const section = sectionOf(part);
    if (known === undefined && section === null) return this.#inline(end, inlined);
    const place = known ?? this.#move(end, section ?? 'schemas');
    const text = this.#homes.isInSpec(part.node) && leadsTo(reference, place) ? reference : referenceText(place);
    return { ...(this.#content(part, inlined) as JsonObject), $ref: text };
  }

  #move(part: Part, section: string): readonly string[] {
    const { file, pointer } = part.node.origin;
    const name = this.#names.name(section, file, pointer);
    const path = ['components', section, name];
    this.#homes.settle(part.node, path);
    this.#moving.push({ part: { ...part, path }, section, name });
    return path;
  }

  #inline(part: Part, inlined: readonly string[]): unknown {
    const { identity } = part.node;
    return inlined.includes(identity) ? {} : this.#content(part, [...inlined, identity]);
  }
}

/** The site shows its logo and extra pages itself; beside the document there are no such files. */
function withoutSiteFiles(document: JsonObject): JsonObject {
  if (!isObject(own(document, 'x-docs'))) return document;
  const settings = Object.entries(ownObject(document, 'x-docs'));
  const kept = settings.filter(([field]) => field !== 'logo' && field !== 'pages');
  return { ...document, 'x-docs': Object.fromEntries(kept) };
}

/** The parts that the references from one lead to, up to the first that is more than a reference. */
function wayOf(start: Part): readonly Part[] {
  const way: Part[] = [];
  const seen = new Set<string>();
  for (let at: Part | undefined = start; at !== undefined && !seen.has(at.node.identity); ) {
    seen.add(at.node.identity);
    const reference = referenceOf(at);
    if (reference === undefined || (at !== start && !isOnlyReference(at))) break;
    at = follow(at, reference);
    if (at !== undefined) way.push(at);
  }
  return way;
}

function keysOf(part: Part | undefined): readonly string[] {
  return isObject(part?.node.value) ? Object.keys(part.node.value) : [];
}

/** `$id` of a schema, but not a property that is called so. */
function isIdentity({ node, area, schema }: Part, key: string): boolean {
  const isText = schema !== null && typeof own(node.value as JsonObject, key) === 'string';
  return isText && area === 'object' && key === '$id';
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((key, index) => key === right[index]);
}
