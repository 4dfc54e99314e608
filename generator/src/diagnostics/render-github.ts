import { describeCode } from './codes.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import type { DisplayPath } from './display-path.ts';
import { sortDiagnostics } from './sort.ts';

/**
 * Diagnostics as GitHub workflow commands, one a line, which GitHub shows beside the lines of a change.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 *
 * @returns text that ends in a line feed; empty when there is nothing to say
 */
export function renderGithub(diagnostics: readonly Diagnostic[], display: DisplayPath): string {
  return sortDiagnostics(diagnostics)
    .map((diagnostic) => `${annotation(diagnostic, display)}\n`)
    .join('');
}

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

function annotation({ code, severity, message, help, origin }: Diagnostic, display: DisplayPath): string {
  const properties = {
    file: display(origin.file),
    line: String(origin.line),
    col: String(origin.column),
    title: `${describeCode(code).title} (${code})`,
  };
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  const text = help === '' ? message : `${message}\n${help}`;
  return `::${commands[severity]} ${listed.join(',')}::${escapeText(text)}`;
}

function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
