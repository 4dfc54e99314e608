import type { JsonValue } from '@eventloom/engine';
import type { Doc } from '../../model/type-expression.ts';
import { jsonText } from './json-text.ts';
import { escapeUnprintable, lineWidth, splitLines } from './text.ts';

/** A doc without any text. */
export const noDoc: Doc = { description: null, facts: [], examples: [], deprecated: false };

export interface DocCommentOptions {
  /** Sentences of ours after the description, one line each; names from the spec may stand in them. */
  readonly notes?: readonly string[];
  /** White space before each line. None by default. */
  readonly indent?: string;
}

/**
 * Spells a JSDoc comment without a line break at its end, or an empty string when there is nothing to say.
 * No text from the spec can end the comment, begin a tag, or start a line of code.
 */
export function docComment(doc: Doc, options: DocCommentOptions = {}): string {
  const indent = options.indent ?? '';
  const lines = commentLines(doc, options.notes ?? [], lineWidth - indent.length - 3);
  if (lines.length === 0) return '';
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && indent.length + only.length + 7 <= lineWidth) {
    return `${indent}/** ${only} */`;
  }
  return [`${indent}/**`, ...lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}`), `${indent} */`].join(
    '\n',
  );
}

function commentLines(doc: Doc, notes: readonly string[], width: number): string[] {
  const prose = join(textLines(doc.description ?? '', width), textLines(doc.facts.join(' '), width), width);
  const blocks = [
    prose,
    notes.flatMap((note) => textLines(note, width)),
    [
      ...doc.examples.flatMap((example) => exampleLines(example, width)),
      ...(doc.deprecated === false ? [] : textLines(doc.deprecated, width - 12, '@deprecated ')),
    ],
  ];
  return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

/** Facts follow a one-line description on its line where both fit, and stand below it otherwise. */
function join(description: string[], facts: string[], width: number): string[] {
  const [first] = description;
  const [fact] = facts;
  const fits = first !== undefined && fact !== undefined && `${first} ${fact}`.length <= width - 4;
  if (fits && description.length === 1 && facts.length === 1 && /[.!?…]$/.test(first)) return [`${first} ${fact}`];
  return [...description, ...facts];
}

/** An example is JSON; what does not fit on a line is spread over several. */
function exampleLines(example: string, width: number): string[] {
  const lines = textLines(readable(example, width - '@example '.length), width, '@example ');
  return lines.length === 1 ? lines : ['@example', ...textLines(readable(example, width), width)];
}

function readable(example: string, width: number): string {
  try {
    return jsonText(JSON.parse(example) as JsonValue, width);
  } catch {
    return example;
  }
}

/** Lines of untrusted text, wrapped where they are prose, without blank lines around them. */
function textLines(text: string, width: number, start = ''): string[] {
  const lines = trimBlank(splitLines(text).map((line) => line.replaceAll('\t', '  ').trimEnd()));
  let fenced = false;
  const wrapped = lines.flatMap((line) => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    return fenced || /^(\s{4}|\s*[|`~{[])/.test(line) ? [line] : wrap(line, width);
  });
  const safe = wrapped.map(neutralise);
  return start === '' ? safe : [`${start}${safe[0] ?? ''}`.trimEnd(), ...safe.slice(1)];
}

function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line !== '');
  if (first < 0) return [];
  return lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}

function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const at = space > 0 && rest.slice(0, space).trim() !== '' ? space : rest.indexOf(' ', width);
    if (at < 0) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at + 1).trimStart();
  }
  return rest === '' && lines.length > 0 ? lines : [...lines, rest];
}

/** An at sign after white space begins a tag for editors and compilers; a backslash before it does not show. */
function neutralise(line: string): string {
  return escapeUnprintable(line)
    .replace(/\*(?=\/)/g, '*\\')
    .replace(/(^|\s|\{)@/g, '$1\\@');
}
