import { type Files, followAll, followOnce } from '../follow.ts';
import { appendToPointer } from '../json-pointer.ts';
import { childOf, identityOf, keysOf, type Location, referenceAt } from '../location.ts';
import { parseReference } from '../reference.ts';
import { type Fold, foldMap } from './fold.ts';
import { isExtension, isJsonObject, maskExamples, maskKey, maskSchema, maskText } from './mask.ts';
import {
  isBindings,
  isFoldable,
  isMessagesOfChannel,
  isMessagesOfOperation,
  kindAt,
  mayBeReference,
} from './places.ts';
import { stubOf } from './stubs.ts';

/** The spec as the parser gets to see it. */
export interface Skeleton {
  /** One self-contained document: its references stay within it, its schemas are stubs. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Whether a reference stands where AsyncAPI may not allow one. */
  readonly hasOddReferences: boolean;
}

/**
 * How much of a spec is kept. `whole`: every channel, message and so on. `folded`: of all that look alike only one, which
 * tells whether anything is wrong in a time that hardly grows with the spec, but not in how many places. `cut`: all,
 * but references that lead to the kind of object that is wanted end in a stub, so that no mistake is found twice.
 */
export type SkeletonShape = 'whole' | 'folded' | 'cut';

/**
 * Reduces a spec to what AsyncAPI has rules for. What Eventloom reads itself is left out: schemas, extensions and the
 * bindings `sns` and `sqs` (of which AsyncAPI's own rules know old versions only).
 *
 * Undefined when the spec has references that do not fold.
 */
export function makeSkeleton(files: Files, root: Location, shape: SkeletonShape): Skeleton | undefined {
  const builder = new SkeletonBuilder(files, shape);
  const json = builder.build(root);
  if (shape === 'folded' && !builder.references.every((keys) => leadsSomewhere(json, keys))) return undefined;
  return { json, hasOddReferences: builder.hasOddReferences };
}

function leadsSomewhere(json: unknown, keys: readonly string[]): boolean {
  let value = json;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return true;
}

/** Where a copy will stand. */
interface Place {
  readonly path: readonly string[];
  /** Identities of the references that were inlined on the way here. */
  readonly inlined: readonly string[];
}

/** Maps whose members have texts that do not matter. */
const textual: ReadonlySet<string> = new Set([
  'channels',
  'messageTraits',
  'messages',
  'operationTraits',
  'operations',
]);

class SkeletonBuilder {
  /** Targets of the references that stay. */
  readonly references: (readonly string[])[] = [];
  hasOddReferences = false;
  readonly #files: Files;
  readonly #shape: SkeletonShape;
  readonly #names = new Map<string, string>();
  /** By path of the map: `components messages`, `channels`, `channels <key> messages`, with line feeds between. */
  readonly #folds = new Map<string, Fold>();

  constructor(files: Files, shape: SkeletonShape) {
    this.#files = files;
    this.#shape = shape;
  }

  build(root: Location): Record<string, unknown> {
    // Definitions before what refers to them, so that references are folded when their users are compared.
    const order = ['info', 'servers', 'components', 'channels', 'operations'];
    const keys = [...order, ...keysOf(root.value).filter((key) => !order.includes(key))];
    return Object.fromEntries(keys.flatMap((key) => this.#field(root, key, { path: [], inlined: [] })));
  }

  #field(parent: Location, key: string, { path, inlined }: Place): readonly (readonly [string, unknown])[] {
    const child = childOf(parent, key);
    if (child === undefined || (isExtension(key) && parent.area === 'object' && path[0] !== 'info')) return [];
    const place = { path: [...path, maskKey(key)], inlined };
    if (isBindings(path) && (key === 'sns' || key === 'sqs')) return [];
    if (parent.area === 'object' && !path.includes('bindings')) {
      if (key === 'payload' || key === 'headers') return [[key, maskSchema(child.value)]];
      if (key === 'examples') return [[key, maskExamples(child.value)]];
      if (textual.has(path.at(-2) ?? '')) return [[maskKey(key), this.#copyField(key, child, place)]];
    }
    return [[maskKey(key), this.#copy(child, place)]];
  }

  #copyField(key: string, child: Location, place: Place): unknown {
    return typeof child.value === 'string' ? maskText(key, child.value) : this.#copy(child, place);
  }

  #copy(location: Location, place: Place): unknown {
    const { value, area } = location;
    if (area === 'data' || typeof value !== 'object' || value === null) return value;
    if (referenceAt(location) !== undefined) return this.#reference(location, place);
    if (Array.isArray(value)) return this.#list(location, place);
    if (place.path.length === 1 && place.path[0] === 'components') return this.#components(location, place);
    const entries = keysOf(value).flatMap((key) => this.#field(location, key, place));
    return this.#shape === 'folded' && isFoldable(place.path)
      ? this.#folded(entries, place.path)
      : Object.fromEntries(entries);
  }

  #components(location: Location, place: Place): unknown {
    const last = ['messages', 'channels', 'operations'];
    const keys = [...keysOf(location.value).filter((key) => !last.includes(key)), ...last];
    return Object.fromEntries(
      keys.flatMap((key) => (key === 'schemas' ? this.#schemas(location) : this.#field(location, key, place))),
    );
  }

  #schemas(components: Location): readonly (readonly [string, unknown])[] {
    const schemas = childOf(components, 'schemas')?.value;
    if (!isJsonObject(schemas)) return schemas === undefined ? [] : [['schemas', schemas]];
    const masked = Object.entries(schemas).map(([key, schema]) => [key, maskSchema(schema)] as const);
    return [['schemas', this.#shape === 'folded' ? foldMap(masked).representatives : Object.fromEntries(masked)]];
  }

  #folded(entries: readonly (readonly [string, unknown])[], path: readonly string[]): unknown {
    // Channels that look alike have messages of the same looks under keys of their own, so these keys are replaced.
    const fold = foldMap(entries, isMessagesOfChannel(path) ? (look) => this.#nameOfLook(look) : undefined);
    this.#folds.set(path.join('\n'), fold);
    return fold.representatives;
  }

  #nameOfLook(look: string): string {
    const name = this.#names.get(look) ?? `message${this.#names.size}`;
    this.#names.set(look, name);
    return name;
  }

  #list(location: Location, place: Place): unknown[] {
    const keys = keysOf(location.value);
    const copies = keys.flatMap((key) => this.#field(location, key, place).map(([, copy]) => copy));
    if (this.#shape !== 'folded' || !isMessagesOfOperation(place.path)) return copies;
    return [...new Map(copies.map((copy) => [JSON.stringify(copy), copy])).values()];
  }

  #reference(location: Location, place: Place): unknown {
    const reference = referenceAt(location) ?? '';
    const parsed = parseReference(reference, location.file.name);
    const followed = followOnce(this.#files, location.file, reference);
    if (parsed.kind === 'refused' || followed.kind !== 'found') return {}; // reported with the references
    if (!mayBeReference(place.path)) return this.#oddReference(location, place);
    const isWithin = place.inlined.length === 0 && parsed.file === location.file.name;
    const { target } = parsed;
    const isKept = isWithin && target.kind === 'pointer' && !target.keys.some(isExtension);
    return isKept ? this.#within(target.keys, place) : this.#inline(location, place);
  }

  /** Whether one is allowed is for the rules about references to tell; the other rules see what it stands for. */
  #oddReference(location: Location, place: Place): unknown {
    this.hasOddReferences = true;
    if (this.#shape === 'cut') return this.#inline(location, place);
    this.references.push(['x-elsewhere']);
    return { $ref: '#/x-elsewhere' };
  }

  #within(target: readonly string[], { path }: Place): unknown {
    const kind = kindAt(path);
    if (this.#shape === 'cut' && kind !== undefined && kind === kindAt(target)) return stubOf(kind, target.join('/'));
    const masked = target.map(maskKey);
    const keys = this.#shape === 'folded' ? this.#foldKeys(masked) : masked;
    this.references.push(keys);
    return { $ref: `#${keys.map((key) => encodeURI(appendToPointer('', key)).replaceAll('#', '%23')).join('')}` };
  }

  #foldKeys(target: readonly string[]): readonly string[] {
    return target.map((key, index) => {
      const fold = this.#folds.get(target.slice(0, index).join('\n'));
      return fold?.representativeOf(key) ?? key;
    });
  }

  #inline(location: Location, place: Place): unknown {
    const followed = followAll(this.#files, location);
    if (followed.kind !== 'found') return {};
    const identity = identityOf(followed.location);
    if (place.inlined.includes(identity)) return {};
    return this.#copy(followed.location, { path: place.path, inlined: [...place.inlined, identity] });
  }
}
