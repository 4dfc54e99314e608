import { codeFrame } from './code-frame.ts';
import { describeCode } from './codes.ts';
import type { Diagnostic, Origin, Severity } from './diagnostic.ts';
import type { DisplayPath } from './display-path.ts';
import { type Paint, paintWith } from './paint.ts';
import { sortDiagnostics } from './sort.ts';
import { visibleText } from './visible-text.ts';

/** What the text needs beside the diagnostics. */
export interface TextOptions {
  readonly display: DisplayPath;
  /** Text of each file by `Origin.file`; files that are not here get no code frame. */
  readonly texts: ReadonlyMap<string, string>;
  /** Default false. */
  readonly colour?: boolean;
}

/**
 * Diagnostics for people: sorted by place, each with its source line, the reason once per code, and a last line that
 * counts them.
 *
 * @returns text that ends in a line feed; empty when there is nothing to say
 */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  if (diagnostics.length === 0) return '';
  const paint = paintWith(options.colour ?? false);
  const explained = new Set<string>();
  const lines = linesByFile(options.texts);
  const parts = sortDiagnostics(diagnostics).map((diagnostic) => {
    const why = explained.has(diagnostic.code) ? '' : describeCode(diagnostic.code).why;
    explained.add(diagnostic.code);
    return renderOne(diagnostic, { why, paint, lines, display: options.display });
  });
  return [...parts, `${summarize(diagnostics)}\n`].join('\n');
}

interface Rendering {
  readonly why: string;
  readonly paint: Paint;
  readonly lines: (file: string) => readonly string[] | undefined;
  readonly display: DisplayPath;
}

function renderOne(diagnostic: Diagnostic, { why, paint, lines, display }: Rendering): string {
  const { code, severity, message, help, origin, related } = diagnostic;
  const place = (at: Origin) => `${visibleText(display(at.file))}:${at.line}:${at.column}`;
  const rendered = [
    `${paint[severity](`${severity}[${code}]`)} ${paint.strong(visibleText(message))}`,
    `${paint.faint('  at')} ${place(origin)}`,
    ...codeFrame(lines(origin.file), origin, paint),
    ...related.map((other) => `${paint.faint('also')} ${place(other.origin)} ${visibleText(other.message)}`),
    ...(why === '' ? [] : [`${paint.faint(' why')} ${why}`]),
    ...(help === '' ? [] : [`${paint.faint('help')} ${visibleText(help)}`]),
  ];
  return `${rendered.join('\n')}\n`;
}

function linesByFile(texts: ReadonlyMap<string, string>): (file: string) => readonly string[] | undefined {
  const split = new Map<string, readonly string[]>();
  return (file) => {
    const text = texts.get(file);
    if (text !== undefined && !split.has(file)) split.set(file, text.split(/\r\n?|\n/));
    return split.get(file);
  };
}

const nouns: readonly (readonly [Severity, string, string])[] = [
  ['error', 'error', 'errors'],
  ['warning', 'warning', 'warnings'],
  ['info', 'remark', 'remarks'],
];

/** `2 errors, 1 warning.` */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const counts = nouns.flatMap(([severity, one, many]) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return counts.length === 0 ? 'No problems.' : `${counts.join(', ')}.`;
}
