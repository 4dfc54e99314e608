import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { indexLines, type LineIndex } from './syntax/line-index.ts';
import type { ParsedText, SyntaxProblem } from './syntax/parsed-text.ts';
import type { PositionTape } from './syntax/position-tape.ts';
import { readJson } from './syntax/read-json.ts';
import { readYaml } from './syntax/read-yaml.ts';

/** One parsed file of the spec. */
export interface SourceFile {
  /** Path relative to the spec's folder, with `/`. */
  readonly name: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly value: unknown;
  readonly tape: PositionTape;
  /** False when its syntax is so wrong that `value` means nothing. */
  readonly usable: boolean;
}

/** Parses a file: strict JSON when its name ends so, YAML otherwise. */
export function parseSource(name: string, text: string): { file: SourceFile; diagnostics: readonly Diagnostic[] } {
  const parsed: ParsedText = name.toLowerCase().endsWith('.json') ? readJson(text) : readYaml(text);
  const diagnostics = parsed.problems.map((problem) => toDiagnostic(problem, name, indexLines(text)));
  const usable = !diagnostics.some(({ code }) => misleading.has(code));
  const { value, tape } = parsed;
  return { file: { name, text, lines: indexLines(text), value, tape, usable }, diagnostics };
}

/** After these, what was read is not what was meant; after any other, the rest of the file is still worth a look. */
const misleading: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  'multiple-documents',
  'syntax-error',
  'tab-indentation',
  'too-deep',
  'too-many-aliases',
]);

/** The origin of an offset in `file`. */
export function originAt(file: Pick<SourceFile, 'name' | 'lines'>, offset: number, pointer: string): Origin {
  return { file: file.name, pointer, ...file.lines.position(offset) };
}

function toDiagnostic(problem: SyntaxProblem, name: string, lines: LineIndex): Diagnostic {
  const { code, message, offset, pointer, related } = problem;
  const file = { name, lines };
  const places =
    related === undefined
      ? []
      : [{ message: related.message, origin: originAt(file, related.offset, related.pointer) }];
  return report(code, originAt(file, offset, pointer), message, undefined, places);
}
