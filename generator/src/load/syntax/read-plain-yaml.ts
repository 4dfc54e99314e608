import { type ParsedText, setOwn } from './parsed-text.ts';
import { resolvePlainScalar } from './plain-scalar.ts';
import { TapeWriter } from './position-tape.ts';

/**
 * Reads YAML as most specs are written, in a tenth of the time and memory that a complete reader takes: block and flow
 * collections, scalars on one line, block scalars and comments. Undefined for everything else (anchors, tags, tabs,
 * scalars over several lines, unusual numbers) and for everything wrong, however slightly: then the complete reader
 * is asked. What this one accepts, both read alike.
 */
export function readPlainYaml(text: string): ParsedText | undefined {
  if (unusual.test(text)) return undefined;
  const reader = new PlainYamlReader(text);
  try {
    const value = reader.readDocument();
    return { value, tape: reader.tape, problems: [] };
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

/** Tabs and other control characters; lines that begin, end or configure documents, but for `---` at the very start. */
const unusual = /[^\P{Cc}\n]|[\ufeff\u2028\u2029]|^%|\n(?:---|\.\.\.|%)|^(?:---(?!\n)|\.\.\.)/u;

/** Thrown and caught in this file only. */
const notPlain: Error = new Error('This text is not plain YAML.');

/** Deeper nesting is for the complete reader to judge. */
const deepestPlain = 100;

const lineFeed = 0x0a;
const space = 0x20;
const doubleQuote = 0x22;
const hash = 0x23;
const singleQuote = 0x27;
const comma = 0x2c;
const dash = 0x2d;
const colon = 0x3a;
const greater = 0x3e;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const bar = 0x7c;
const closeBrace = 0x7d;

/** With these a plain scalar cannot begin, or (`-`, `:`, `?`) not always. */
const indicators: ReadonlySet<number> = new Set([...',[]{}#&*!|>\'"%@`:?'].map((mark) => mark.charCodeAt(0)));

class PlainYamlReader {
  readonly tape: TapeWriter = new TapeWriter();
  readonly #text: string;
  #at = 0;
  #lineStart = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): unknown {
    if (this.#text.startsWith('---\n')) this.#startLine(4);
    this.#skipToContent();
    const value = this.#entry('', 0, () => this.#blockNode(-1));
    if (this.#at < this.#text.length) throw notPlain;
    return value;
  }

  // --- lines ---

  #startLine(offset: number): void {
    this.#at = offset;
    this.#lineStart = offset;
  }

  get #column(): number {
    return this.#at - this.#lineStart;
  }

  #unit(offset = this.#at): number {
    return this.#text.charCodeAt(offset); // NaN at the end
  }

  #isBreak(offset: number): boolean {
    return offset >= this.#text.length || this.#unit(offset) === lineFeed;
  }

  #isSpace(offset: number): boolean {
    return this.#isBreak(offset) || this.#unit(offset) === space;
  }

  #skipSpaces(): void {
    while (this.#unit() === space) this.#at++;
  }

  /** From anywhere in the space after a value to the next content, on this line or a later one. */
  #skipToContent(): void {
    for (;;) {
      this.#skipSpaces();
      if (this.#unit() === hash && (this.#at === this.#lineStart || this.#unit(this.#at - 1) === space)) {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end === -1 ? this.#text.length : end;
      }
      if (this.#unit() !== lineFeed) return;
      this.#startLine(this.#at + 1);
    }
  }

  /** After a value of a block collection: the rest of its line is empty. */
  #endLine(): void {
    const line = this.#lineStart;
    this.#skipToContent();
    if (this.#lineStart === line && this.#at < this.#text.length) throw notPlain;
  }

  // --- nodes ---

  #entry(key: string, keyOffset: number, read: () => unknown): unknown {
    if (++this.#depth > deepestPlain) throw notPlain;
    const keyLine = this.#text.indexOf('\n', keyOffset);
    const isBelow = key !== '' && keyLine !== -1 && keyLine < this.#at;
    const entry = this.tape.open(key, keyOffset, isBelow ? keyOffset : this.#at);
    const value = read();
    this.tape.close(entry);
    this.#depth--;
    return value;
  }

  #emptyEntry(key: string, keyOffset: number): null {
    this.tape.close(this.tape.open(key, keyOffset, keyOffset));
    return null;
  }

  /** A value at the current place, in a collection at column `parent`; ends at the next content after it. */
  #blockNode(parent: number): unknown {
    const unit = this.#unit();
    if (unit === dash && this.#isSpace(this.#at + 1)) return this.#blockSequence();
    if (unit === bar || unit === greater) return this.#blockScalar(parent);
    if (this.#isKeyHere()) return this.#blockMapping();
    const value = unit === openBracket || unit === openBrace ? this.#flow(parent) : this.#scalar();
    this.#endLine();
    if (this.#at < this.#text.length && this.#column > parent) throw notPlain;
    return value;
  }

  #isKeyHere(): boolean {
    const start = this.#at;
    const unit = this.#unit();
    if (unit === openBracket || unit === openBrace) return false;
    if (unit === doubleQuote || unit === singleQuote) this.#quoted();
    else this.#at = this.#plainEnd(false);
    this.#skipSpaces();
    const isKey = this.#unit() === colon && this.#isSpace(this.#at + 1);
    this.#at = start;
    return isKey;
  }

  #blockMapping(): Record<string, unknown> {
    const column = this.#column;
    const object: Record<string, unknown> = {};
    do {
      const offset = this.#at;
      const key = this.#key();
      if (Object.hasOwn(object, key) || this.#unit() !== colon || !this.#isSpace(this.#at + 1)) throw notPlain;
      this.#at++;
      setOwn(object, key, this.#fieldValue(key, offset, column));
    } while (this.#continues(column));
    return object;
  }

  #fieldValue(key: string, offset: number, column: number): unknown {
    const line = this.#lineStart;
    this.#skipToContent();
    const isEnd = this.#at >= this.#text.length;
    if (!isEnd && this.#lineStart === line) {
      if (this.#unit() === dash && this.#isSpace(this.#at + 1)) throw notPlain;
      if (this.#isBlockMappingOnKeyLine()) throw notPlain;
      return this.#entry(key, offset, () => this.#blockNode(column));
    }
    const isSequence = this.#unit() === dash && this.#isSpace(this.#at + 1);
    if (!isEnd && (this.#column > column || (isSequence && this.#column === column))) {
      if (this.#unit() === bar || this.#unit() === greater) throw notPlain;
      return this.#entry(key, offset, () => this.#blockNode(column));
    }
    return this.#emptyEntry(key, offset);
  }

  #isBlockMappingOnKeyLine(): boolean {
    const unit = this.#unit();
    return unit !== bar && unit !== greater && this.#isKeyHere();
  }

  #blockSequence(): unknown[] {
    const column = this.#column;
    const array: unknown[] = [];
    do {
      if (this.#unit() !== dash || !this.#isSpace(this.#at + 1)) break;
      array.push(this.#element(String(array.length), column));
    } while (this.#continues(column));
    return array;
  }

  #element(index: string, column: number): unknown {
    const start = this.#at++;
    const line = this.#lineStart;
    this.#skipToContent();
    if (this.#at >= this.#text.length || (this.#lineStart !== line && this.#column <= column)) throw notPlain;
    if (this.#lineStart !== line && (this.#unit() === bar || this.#unit() === greater)) throw notPlain;
    if (start === this.#at) throw notPlain;
    return this.#entry(index, this.#at, () => this.#blockNode(column));
  }

  /** Whether the next content belongs to the collection at `column`. */
  #continues(column: number): boolean {
    if (this.#at >= this.#text.length || this.#column < column) return false;
    if (this.#column > column) throw notPlain;
    return true;
  }

  // --- scalars ---

  #key(): string {
    const unit = this.#unit();
    const offset = this.#at;
    if (unit === doubleQuote || unit === singleQuote) {
      const key = this.#quoted();
      this.#skipSpaces();
      if (this.#at - offset > 1000) throw notPlain;
      return key;
    }
    const key = this.#plain(false);
    const resolved = resolvePlainScalar(key);
    this.#skipSpaces();
    const isCertain =
      typeof resolved === 'string' || (resolved !== null && resolved !== undefined && String(resolved) === key);
    if (!isCertain || key === '<<' || key.length > 1000) throw notPlain;
    return key;
  }

  #scalar(): unknown {
    const unit = this.#unit();
    if (unit === doubleQuote || unit === singleQuote) return this.#quoted();
    return this.#resolved(this.#plain(false));
  }

  #resolved(text: string): unknown {
    const value = resolvePlainScalar(text);
    if (value === undefined) throw notPlain;
    return value;
  }

  #plain(inFlow: boolean): string {
    const end = this.#plainEnd(inFlow);
    const text = this.#text.slice(this.#at, end);
    if (text === '') throw notPlain;
    this.#at = end;
    return text;
  }

  /** End of a plain scalar that begins here and ends on this line, spaces after it left out. */
  #plainEnd(inFlow: boolean): number {
    const start = this.#at;
    if (indicators.has(this.#unit()) || (this.#unit() === dash && this.#isSpace(start + 1))) throw notPlain;
    let offset = start;
    for (; !this.#isBreak(offset); offset++) {
      const unit = this.#unit(offset);
      if (unit === colon && (this.#isSpace(offset + 1) || (inFlow && isFlowMark(this.#unit(offset + 1))))) break;
      if (unit === hash && this.#unit(offset - 1) === space) break;
      if (inFlow && isFlowMark(unit)) break;
    }
    while (offset > start && this.#unit(offset - 1) === space) offset--;
    return offset;
  }

  #quoted(): string {
    const quote = this.#unit();
    const start = this.#at;
    let hasEscapes = false;
    for (let offset = start + 1; !this.#isBreak(offset); offset++) {
      const unit = this.#unit(offset);
      if (unit === backslash && quote === doubleQuote) {
        hasEscapes = true;
        offset++;
      } else if (unit === quote) {
        if (quote === doubleQuote || this.#unit(offset + 1) !== singleQuote) {
          this.#at = offset + 1;
          return this.#unquoted(this.#text.slice(start, this.#at), quote, hasEscapes);
        }
        hasEscapes = true;
        offset++;
      }
    }
    throw notPlain;
  }

  #unquoted(literal: string, quote: number, hasEscapes: boolean): string {
    if (!hasEscapes) return literal.slice(1, -1);
    if (quote === singleQuote) return literal.slice(1, -1).replaceAll("''", "'");
    try {
      return JSON.parse(literal) as string;
    } catch {
      throw notPlain; // an escape that JSON does not know
    }
  }

  /** `|`, `|-`, `>` or `>-` with the text below, indented more than `parent`. */
  #blockScalar(parent: number): string {
    const header = /[|>]-?(?= *(?: #.*)?\n)/y;
    header.lastIndex = this.#at;
    const style = header.exec(this.#text)?.[0];
    if (style === undefined) throw notPlain;
    const lines = this.#blockLines(parent);
    const text = style.startsWith('|') ? lines.join('\n') : fold(lines);
    this.#skipToContent();
    if (this.#at < this.#text.length && this.#column > Math.max(parent, 0)) throw notPlain;
    return style.endsWith('-') ? text : `${text}\n`;
  }

  #blockLines(parent: number): readonly string[] {
    const lines: string[] = [];
    let indent = -1;
    let offset = this.#text.indexOf('\n', this.#at) + 1;
    let end = offset;
    while (offset < this.#text.length) {
      const lineEnd = this.#text.indexOf('\n', offset);
      if (lineEnd === -1) throw notPlain; // how a text without a last line feed ends is a subtle matter
      let content = offset;
      while (this.#unit(content) === space) content++;
      const isBlank = content === lineEnd;
      if (!isBlank) {
        if (indent === -1) indent = content - offset;
        if (content - offset < indent || indent <= parent) break;
      } else if (indent === -1 || content - offset > indent) {
        throw notPlain; // leading blank lines, and lines of spaces that are text
      }
      lines.push(isBlank ? '' : this.#text.slice(offset + indent, lineEnd));
      offset = lineEnd + 1;
      if (!isBlank) end = offset;
    }
    while (lines.at(-1) === '') lines.pop();
    if (lines.length === 0 || indent <= parent) throw notPlain;
    this.#startLine(end);
    return lines;
  }

  // --- flow collections ---

  /** `[…]` or `{…}`, possibly over several lines that are indented more than `parent`. */
  #flow(parent: number): unknown {
    if (this.#unit() === openBracket) return this.#flowSequence(parent);
    return this.#flowMapping(parent);
  }

  #flowSequence(parent: number): unknown[] {
    const array: unknown[] = [];
    this.#at++;
    for (;;) {
      this.#skipInFlow(parent);
      if (this.#unit() === closeBracket) break;
      array.push(this.#entry(String(array.length), this.#at, () => this.#flowNode(parent)));
      this.#skipInFlow(parent);
      if (this.#unit() === comma) this.#at++;
      else if (this.#unit() !== closeBracket) throw notPlain;
    }
    this.#at++;
    return array;
  }

  #flowMapping(parent: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#at++;
    for (;;) {
      this.#skipInFlow(parent);
      if (this.#unit() === closeBrace) break;
      this.#flowField(object, parent);
      this.#skipInFlow(parent);
      if (this.#unit() === comma) this.#at++;
      else if (this.#unit() !== closeBrace) throw notPlain;
    }
    this.#at++;
    return object;
  }

  #flowField(object: Record<string, unknown>, parent: number): void {
    const offset = this.#at;
    const unit = this.#unit();
    const key = unit === doubleQuote || unit === singleQuote ? this.#key() : this.#flowKey();
    if (Object.hasOwn(object, key) || this.#unit() !== colon || !this.#isSpace(this.#at + 1)) throw notPlain;
    this.#at++;
    this.#skipInFlow(parent);
    setOwn(
      object,
      key,
      this.#entry(key, offset, () => this.#flowNode(parent)),
    );
  }

  #flowKey(): string {
    const key = this.#plain(true);
    this.#skipSpaces();
    if (typeof resolvePlainScalar(key) !== 'string' || key === '<<' || key.length > 1000) throw notPlain;
    return key;
  }

  #flowNode(parent: number): unknown {
    const unit = this.#unit();
    if (unit === openBracket || unit === openBrace) return this.#flow(parent);
    if (unit === doubleQuote || unit === singleQuote) return this.#quoted();
    return this.#resolved(this.#plain(true));
  }

  #skipInFlow(parent: number): void {
    const line = this.#lineStart;
    this.#skipToContent();
    if (this.#at >= this.#text.length || (this.#lineStart !== line && this.#column <= parent)) throw notPlain;
  }
}

function isFlowMark(unit: number): boolean {
  return unit === comma || unit === openBracket || unit === closeBracket || unit === openBrace || unit === closeBrace;
}

/** Joins the lines of a folded scalar: single line feeds become spaces, the others stay but for one. */
function fold(lines: readonly string[]): string {
  let text = lines[0] ?? '';
  let blanks = 0;
  for (const line of lines.slice(1)) {
    if (line === '') blanks++;
    else {
      text += blanks === 0 ? ` ${line}` : '\n'.repeat(blanks) + line;
      blanks = 0;
    }
  }
  if (lines.some((line) => line.startsWith(' '))) throw notPlain; // lines indented further are not folded
  return text;
}
