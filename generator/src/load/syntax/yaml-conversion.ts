import { didYouMean } from '@eventloom/engine';
import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import { appendToPointer } from '../json-pointer.ts';
import { deepestNesting, numberProblem, type SyntaxProblem, setOwn } from './parsed-text.ts';
import { TapeWriter } from './position-tape.ts';

/** Values that aliases may stand for, beyond what is written: more is a bomb. */
const aliasedValuesAllowed = 100_000;

interface Anchored {
  readonly entry: number;
  value: unknown;
  /** Values it stands for when written out; undefined while it is being read. */
  size: number | undefined;
  /** Levels of nesting below it. */
  height: number;
}

interface Place {
  readonly key: string;
  readonly keyOffset: number;
  readonly pointer: string;
  readonly depth: number;
}

/** Turns the parser's tree into plain JSON and a tape of positions, and finds what YAML allows but JSON does not. */
export class YamlConversion {
  readonly tape: TapeWriter = new TapeWriter();
  readonly problems: SyntaxProblem[] = [];
  readonly #text: string;
  readonly #anchors = new Map<string, Anchored>();
  #size = 0;
  #height = 0;
  #aliasedValues = 0;

  constructor(text: string) {
    this.#text = text;
  }

  convertRoot(node: unknown): unknown {
    return this.#convert(node, { key: '', keyOffset: 0, pointer: '', depth: 0 });
  }

  #convert(node: unknown, place: Place): unknown {
    const entry = this.tape.open(place.key, place.keyOffset, this.#valueOffset(node, place));
    const anchored = this.#anchor(node, entry);
    const sizeBefore = this.#size++;
    const heightBeside = this.#height;
    this.#height = 0;
    const value = this.#valueOf(node, entry, place);
    this.tape.close(entry);
    if (anchored !== undefined) {
      anchored.value = value;
      anchored.size = this.#size - sizeBefore;
      anchored.height = this.#height;
    }
    this.#height = Math.max(heightBeside, this.#height + 1);
    return value;
  }

  #valueOf(node: unknown, entry: number, place: Place): unknown {
    if (place.depth > deepestNesting) return this.#tooDeep(entry, place);
    if (isAlias(node)) return this.#alias(node, entry, place);
    if (isMap(node)) return this.#object(node, place);
    if (isSeq(node)) return this.#array(node, place);
    return isScalar(node) ? this.#scalar(node, entry, place) : null;
  }

  #object(map: YAMLMap, place: Place): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const offsets = new Map<string, number>();
    const merges: Pair[] = [];
    for (const pair of map.items) {
      if (isMerge(pair.key)) merges.push(pair);
      else this.#field(object, offsets, pair, place);
    }
    for (const pair of merges) this.#merge(object, pair, place);
    return object;
  }

  #field(object: Record<string, unknown>, offsets: Map<string, number>, pair: Pair, place: Place): void {
    const offset = offsetOf(pair.key) ?? offsetOf(pair.value) ?? 0;
    const key = this.#key(pair.key);
    if (key === undefined) {
      const message = 'This key is not plain text.';
      this.problems.push({ code: 'non-string-key', message, offset, pointer: place.pointer });
      return;
    }
    const pointer = appendToPointer(place.pointer, key);
    const first = offsets.get(key);
    if (first !== undefined) {
      const related = { message: `${JSON.stringify(key)} is first used here.`, offset: first, pointer };
      const message = `The key ${JSON.stringify(key)} is used twice in this object.`;
      this.problems.push({ code: 'duplicate-key', message, offset, pointer, related });
      return;
    }
    offsets.set(key, offset);
    setOwn(object, key, this.#convert(pair.value, { key, keyOffset: offset, pointer, depth: place.depth + 1 }));
  }

  /** Keys such as `200` and `true` are text in JSON; those whose text is not certain (`0x10`, `1.0`, null) are none. */
  #key(key: unknown): string | undefined {
    if (!isScalar(key) || key.value === null) return undefined;
    if (typeof key.value === 'string') return key.value;
    const written = key.source ?? '';
    return String(key.value) === written ? written : undefined;
  }

  /** `<<` gives the fields of other objects to this one unless it has them; of several objects the first wins. */
  #merge(object: Record<string, unknown>, pair: Pair, place: Place): void {
    const holder = this.tape.open('<<', offsetOf(pair.key) ?? 0, offsetOf(pair.value) ?? 0);
    const scratch = { key: '', keyOffset: 0, pointer: appendToPointer(place.pointer, '<<'), depth: place.depth + 1 };
    const sources = isSeq(pair.value) ? pair.value.items : [pair.value];
    const merged = sources.map((source) => {
      const entry = this.tape.keys.length;
      return { entry, value: this.#convert(source, scratch) };
    });
    this.tape.close(holder);
    for (const { entry, value } of merged) {
      if (isJsonObject(value)) this.#takeFields(object, value, entry);
      else this.#report('merge-key', '`<<` takes an object or a list of objects.', holder, place.pointer);
    }
  }

  #takeFields(object: Record<string, unknown>, source: Record<string, unknown>, sourceEntry: number): void {
    for (const key of Object.keys(source)) {
      if (Object.hasOwn(object, key)) continue;
      setOwn(object, key, source[key]);
      const from = this.tape.child(sourceEntry, key) ?? sourceEntry;
      const entry = this.tape.open(key, this.tape.keyOffsets[from] ?? 0, this.tape.valueOffsets[from] ?? 0);
      this.tape.links.set(entry, from);
      this.tape.close(entry);
    }
  }

  #array(sequence: YAMLSeq, place: Place): unknown[] {
    return sequence.items.map((item, index) => {
      const pointer = appendToPointer(place.pointer, index);
      const keyOffset = offsetOf(item) ?? place.keyOffset;
      return this.#convert(item, { key: String(index), keyOffset, pointer, depth: place.depth + 1 });
    });
  }

  #scalar(scalar: Scalar, entry: number, place: Place): unknown {
    const { value } = scalar;
    if (typeof value === 'number') {
      const problem = numberProblem(value, scalar.source ?? '');
      if (problem !== undefined) this.#report(problem.code, problem.message, entry, place.pointer);
    }
    return typeof value === 'number' && !Number.isFinite(value) ? null : value;
  }

  #alias(alias: Alias, entry: number, place: Place): unknown {
    const anchored = this.#anchors.get(alias.source);
    if (anchored === undefined) {
      const suggestion = didYouMean(alias.source, this.#anchors.keys());
      const message = `No anchor &${alias.source} stands before this alias. ${suggestion}`.trimEnd();
      this.#report('unknown-alias', message, entry, place.pointer);
      return null;
    }
    if (anchored.size === undefined) {
      this.#report(
        'cyclic-alias',
        `The alias *${alias.source} stands inside the value it refers to.`,
        entry,
        place.pointer,
      );
      return null;
    }
    if (place.depth + anchored.height > deepestNesting) return this.#tooDeep(entry, place);
    this.#height = anchored.height;
    this.#size += anchored.size;
    const before = this.#aliasedValues;
    this.#aliasedValues += anchored.size;
    if (this.#aliasedValues > aliasedValuesAllowed) {
      if (before <= aliasedValuesAllowed) this.#reportBomb(entry, place.pointer);
      return null;
    }
    this.tape.links.set(entry, anchored.entry);
    return anchored.value;
  }

  #tooDeep(entry: number, place: Place): null {
    this.#report('too-deep', `Values are nested more than ${deepestNesting} deep here.`, entry, place.pointer);
    return null;
  }

  #reportBomb(entry: number, pointer: string): void {
    const limit = aliasedValuesAllowed.toLocaleString('en-US');
    this.#report('too-many-aliases', `The aliases up to here stand for more than ${limit} values.`, entry, pointer);
  }

  #anchor(node: unknown, entry: number): Anchored | undefined {
    if (!(isScalar(node) || isMap(node) || isSeq(node)) || node.anchor === undefined) return undefined;
    const anchored: Anchored = { entry, value: null, size: undefined, height: 0 };
    this.#anchors.set(node.anchor, anchored);
    return anchored;
  }

  #valueOffset(node: unknown, place: Place): number {
    const offset = offsetOf(node);
    if (offset === undefined || isEmpty(node)) return place.keyOffset;
    const lineEnd = this.#text.indexOf('\n', place.keyOffset);
    return lineEnd !== -1 && lineEnd < offset && place.key !== '' ? place.keyOffset : offset;
  }

  #report(code: DiagnosticCode, message: string, entry: number, pointer: string): void {
    this.problems.push({ code, message, offset: this.tape.valueOffsets[entry] ?? 0, pointer });
  }
}

function offsetOf(node: unknown): number | undefined {
  if (isPair(node)) return offsetOf(node.key);
  return (node as Node | null)?.range?.[0];
}

function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.source === '' && node.type === 'PLAIN';
}

function isMerge(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
