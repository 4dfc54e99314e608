import { compilePattern, matchesPattern } from '@eventloom/engine';
import type { Answer, Invocation } from './command.ts';
import { exitCode } from './exit-code.ts';
import { maximumLineCharacters, readLines } from './read-input.ts';

/** `match`: TestEventPattern of EventBridge without an account. Prints each verdict as soon as its line is read. */
export async function matchCommand({ json, terminal }: Invocation): Promise<Answer> {
  const results: string[] = [];
  for await (const line of readLines(terminal.input)) {
    if (line.trim() === '') continue;
    const verdict = matchLine(line);
    if (json) results.push(verdict);
    else terminal.out(`${verdict}\n`);
  }
  return { exitCode: exitCode.clean, json: { results }, text: '', notes: '', diagnostics: [] };
}

/** The verdict on one line of input: `true`, `false` or `invalid: <why>`. */
export function matchLine(line: string): string {
  const parsed = parse(line);
  if (!parsed.ok) return `invalid: ${parsed.why}`;
  const { pattern, event } = parsed;
  const compiled = compilePattern(pattern);
  if (compiled.ok) return String(matchesPattern(compiled.pattern, event));
  const reasons = compiled.errors.map(({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`));
  return singleLine(`invalid: ${reasons.join('; ')}`);
}

type Line =
  | { readonly ok: true; readonly pattern: unknown; readonly event: unknown }
  | { readonly ok: false; readonly why: string };

function parse(line: string): Line {
  if (line.length > maximumLineCharacters) {
    return { ok: false, why: `the line has more than ${maximumLineCharacters} characters` };
  }
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return {
      ok: false,
      why: singleLine(`the line is no JSON: ${error instanceof Error ? error.message : String(error)}`),
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, why: 'the line is no JSON object with "pattern" and "event"' };
  }
  const fields = ['pattern', 'event'].filter((field) => !Object.hasOwn(value, field));
  if (fields.length > 0) return { ok: false, why: `the line has no "${fields.join('" and no "')}"` };
  const { pattern, event } = value as { readonly pattern: unknown; readonly event: unknown };
  return { ok: true, pattern, event };
}

function singleLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]+/g, ' ');
}
