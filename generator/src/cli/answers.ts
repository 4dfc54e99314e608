import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type DisplayPath, displayFrom } from '../diagnostics/display-path.ts';
import { renderJson } from '../diagnostics/render-json.ts';
import { renderText } from '../diagnostics/render-text.ts';
import type { Answer, Invocation } from './command.ts';
import { exitCode } from './exit-code.ts';

/** What a spec led to, as far as printing it goes. */
interface Told {
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: ReadonlyMap<string, string>;
}

/** The spec's path for whoever reads it: relative paths are from the terminal's working directory. */
export function specPath({ spec, terminal }: Invocation): string {
  return resolve(terminal.workingDirectory, spec);
}

/** How files of the spec are shown to this user. */
export function displayOf({ spec, terminal }: Invocation): DisplayPath {
  return displayFrom(spec, terminal.workingDirectory);
}

/** Diagnostics as text, in colour where the stream takes it. */
export function diagnosticsText(invocation: Invocation, { diagnostics, texts }: Told, stream: 'out' | 'err'): string {
  const colour = invocation.terminal.color[stream];
  return renderText(diagnostics, { display: displayOf(invocation), texts, colour });
}

/** An answer about a spec: its diagnostics go to standard error, so that the answer itself can be piped. */
export function answerAbout(
  invocation: Invocation,
  told: Told,
  answer: Partial<Pick<Answer, 'exitCode' | 'json' | 'text' | 'notes'>>,
): Answer {
  const failed = told.diagnostics.some(({ severity }) => severity === 'error');
  return {
    exitCode: answer.exitCode ?? (failed ? exitCode.errors : exitCode.clean),
    json: answer.json ?? {},
    text: answer.text ?? '',
    notes: `${diagnosticsText(invocation, told, 'err')}${answer.notes ?? ''}`,
    diagnostics: renderJson(told.diagnostics, displayOf(invocation)),
  };
}
