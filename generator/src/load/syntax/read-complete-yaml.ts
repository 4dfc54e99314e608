import { type Document, parseDocument, type YAMLError } from 'yaml';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import { deepestNesting, type ParsedText, type SyntaxProblem } from './parsed-text.ts';
import { TapeWriter } from './position-tape.ts';
import { YamlConversion } from './yaml-conversion.ts';

/**
 * Reads YAML 1.2 with the core schema (dates stay text, `yes` is text) and with merge keys `<<`, as AsyncAPI's own
 * parser does. Reports every problem there is and never throws for the text's sake.
 */
export function readCompleteYaml(text: string): ParsedText {
  const document = parseOrExplain(text);
  if ('problem' in document) return { value: null, tape: emptyTape(), problems: [document.problem] };
  const syntax = [...document.errors, ...document.warnings].map(toProblem).sort((a, b) => a.offset - b.offset);
  const conversion = new YamlConversion(text);
  const value = conversion.convertRoot(document.contents);
  return { value, tape: conversion.tape, problems: [...withoutEchoes(syntax, text), ...conversion.problems] };
}

function parseOrExplain(text: string): Document.Parsed | { readonly problem: SyntaxProblem } {
  const bracket = firstBracketTooDeep(text);
  if (bracket !== undefined) return { problem: tooDeep(bracket) };
  try {
    return parseDocument(text, {
      schema: 'core',
      resolveKnownTags: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error', // 'silent' would also keep back that there are several documents
      keepSourceTokens: false,
    });
  } catch (error) {
    // The parser recurses with the text; only a text made to exhaust the stack gets here.
    if (error instanceof RangeError) return { problem: tooDeep(0) };
    throw error;
  }
}

function tooDeep(offset: number): SyntaxProblem {
  const message = `Values are nested more than ${deepestNesting} deep here.`;
  return { code: 'too-deep', message, offset, pointer: '' };
}

/**
 * The parser's time grows with the square of the nesting, so hopeless texts do not get there. Brackets in texts and
 * comments count too, hence the wide margin.
 */
function firstBracketTooDeep(text: string): number | undefined {
  let depth = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const unit = text.charCodeAt(offset);
    if (unit === 0x5b || unit === 0x7b) {
      if (++depth > deepestNesting * 10) return offset;
    } else if ((unit === 0x5d || unit === 0x7d) && depth > 0) depth--;
  }
  return undefined;
}

const codes: Readonly<Record<string, DiagnosticCode>> = {
  MULTIPLE_DOCS: 'multiple-documents',
  TAB_AS_INDENT: 'tab-indentation',
  TAG_RESOLVE_FAILED: 'unsupported-tag',
};

function toProblem(error: YAMLError): SyntaxProblem {
  const code = codes[error.code] ?? 'syntax-error';
  return { code, message: inPlainWords(error), offset: error.pos[0], pointer: '' };
}

function inPlainWords(error: YAMLError): string {
  if (error.code === 'MULTIPLE_DOCS') return 'A second YAML document begins here.';
  if (error.code === 'TAB_AS_INDENT') return 'A tab stands where only spaces may indent.';
  const [, bracket] = /^Unexpected flow-(map|seq)-start at node end/.exec(error.message) ?? [];
  if (bracket !== undefined) {
    return `A \`${bracket === 'map' ? '{' : '['}\` stands within a value that has no quotes: write the whole value in quotes.`;
  }
  return `${error.message.replace(/[.:]$/, '')}.`;
}

/**
 * One mistake makes the parser stumble several times on the same line, and where it ends the document too early, at all
 * that follows; the first is the one to mend.
 */
function withoutEchoes(problems: readonly SyntaxProblem[], text: string): readonly SyntaxProblem[] {
  return problems.filter((problem, index) => {
    const before = problems[index - 1];
    if (before === undefined) return true;
    return (
      /[\r\n]/.test(text.slice(before.offset, problem.offset)) &&
      !/^Unexpected .* token in YAML stream/.test(problem.message)
    );
  });
}

function emptyTape(): TapeWriter {
  const tape = new TapeWriter();
  tape.close(tape.open('', 0, 0));
  return tape;
}
