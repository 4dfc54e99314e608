import { appendToPointer } from '../json-pointer.ts';
import { deepestNesting, numberProblem, type ParsedText, type SyntaxProblem, setOwn } from './parsed-text.ts';
import { TapeWriter } from './position-tape.ts';
import { readCompleteYaml } from './read-complete-yaml.ts';

/**
 * Reads strict JSON (RFC 8259). Repeated keys are a problem; the first value stays. A text that is not JSON is read
 * once more as YAML, which most JSON is, to find the other mistakes in it.
 */
export function readJson(text: string): ParsedText {
  const reader = new JsonReader(text);
  try {
    const value = reader.readDocument();
    return { value, tape: reader.tape, problems: reader.problems };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const own = { code: 'syntax-error', message: error.message, offset: error.offset, pointer: '' } as const;
    const others = readCompleteYaml(text);
    const rest = others.problems.filter((problem) => problem.offset > error.offset + 1);
    return { value: others.value, tape: others.tape, problems: [own, ...reader.problems, ...rest] };
  }
}

class JsonSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const quote = 0x22;
const backslash = 0x5c;

class JsonReader {
  readonly tape: TapeWriter = new TapeWriter();
  readonly problems: SyntaxProblem[] = [];
  readonly #text: string;
  readonly #space = /[ \t\n\r]*/y;
  readonly #number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
  readonly #word = /true|false|null/y;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): unknown {
    this.#skipSpace();
    const value = this.#read('', this.#at, '');
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail('The JSON value has ended, but the text goes on');
    return value;
  }

  #read(key: string, keyOffset: number, pointer: string): unknown {
    const lineEnd = this.#text.indexOf('\n', keyOffset);
    const sameLine = lineEnd === -1 || lineEnd > this.#at;
    const entry = this.tape.open(key, keyOffset, sameLine ? this.#at : keyOffset);
    const value = this.#readValue(pointer);
    this.tape.close(entry);
    return value;
  }

  #readValue(pointer: string): unknown {
    const first = this.#text[this.#at];
    if (first === '{') return this.#nested(pointer, () => this.#readObject(pointer));
    if (first === '[') return this.#nested(pointer, () => this.#readArray(pointer));
    if (first === '"') return this.#readString();
    const literal = this.#match(this.#word);
    if (literal !== undefined) return literal === 'null' ? null : literal === 'true';
    return this.#readNumber(pointer);
  }

  #nested<T>(pointer: string, read: () => T): T | null {
    if (this.#depth >= deepestNesting) {
      const message = `Values are nested more than ${deepestNesting} deep here.`;
      this.problems.push({ code: 'too-deep', message, offset: this.#at, pointer });
      this.#at = this.#text.length;
      throw new JsonSyntaxError('The rest of the text is not read', this.#at);
    }
    this.#depth++;
    this.#at++;
    const value = read();
    this.#depth--;
    return value;
  }

  #readObject(pointer: string): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const offsets = new Map<string, number>();
    this.#skipSpace();
    if (this.#take('}')) return object;
    do {
      this.#skipSpace();
      this.#readField(object, offsets, pointer);
      this.#skipSpace();
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('Expected "," or "}"');
    return object;
  }

  #readField(object: Record<string, unknown>, offsets: Map<string, number>, parent: string): void {
    const offset = this.#at;
    if (this.#text[offset] !== '"') this.#fail('Expected a key in double quotes');
    const key = this.#readString();
    this.#skipSpace();
    if (!this.#take(':')) this.#fail('Expected ":" after the key');
    this.#skipSpace();
    const pointer = appendToPointer(parent, key);
    const first = offsets.get(key);
    if (first === undefined) {
      offsets.set(key, offset);
      setOwn(object, key, this.#read(key, offset, pointer));
      return;
    }
    const related = { message: `${JSON.stringify(key)} is first used here.`, offset: first, pointer };
    const message = `The key ${JSON.stringify(key)} is used twice in this object.`;
    this.problems.push({ code: 'duplicate-key', message, offset, pointer, related });
    this.#readValue(pointer);
  }

  #readArray(pointer: string): unknown[] {
    const array: unknown[] = [];
    this.#skipSpace();
    if (this.#take(']')) return array;
    do {
      this.#skipSpace();
      array.push(this.#read(String(array.length), this.#at, appendToPointer(pointer, array.length)));
      this.#skipSpace();
    } while (this.#take(','));
    if (!this.#take(']')) this.#fail('Expected "," or "]"');
    return array;
  }

  #readString(): string {
    const start = this.#at;
    for (let at = start + 1; at < this.#text.length; at++) {
      const unit = this.#text.charCodeAt(at);
      if (unit === backslash) at++;
      else if (unit < 0x20) break;
      else if (unit === quote) {
        this.#at = at + 1;
        return this.#unescape(this.#text.slice(start, this.#at));
      }
    }
    return this.#fail('This text does not end on its line');
  }

  #unescape(literal: string): string {
    if (!literal.includes('\\')) return literal.slice(1, -1);
    try {
      return JSON.parse(literal) as string;
    } catch {
      this.#at -= literal.length;
      return this.#fail('This text has an invalid escape');
    }
  }

  #readNumber(pointer: string): number | null {
    const offset = this.#at;
    const literal = this.#match(this.#number);
    if (literal === undefined)
      this.#fail(offset === this.#text.length ? 'The text ends too early' : 'Expected a value');
    const value = Number(literal);
    const problem = numberProblem(value, literal);
    if (problem !== undefined) this.problems.push({ ...problem, offset, pointer });
    return Number.isFinite(value) ? value : null;
  }

  #skipSpace(): void {
    this.#match(this.#space);
  }

  #take(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #match(token: RegExp): string | undefined {
    token.lastIndex = this.#at;
    const literal = token.exec(this.#text)?.[0];
    this.#at += literal?.length ?? 0;
    return literal;
  }

  #fail(message: string): never {
    throw new JsonSyntaxError(`${message}.`, this.#at);
  }
}
