import type { HandlerDeadLetter } from './letters.ts';
import type { HandlerRun } from './run.ts';

/** Why an event should be dead-lettered; what is left out does not matter. */
export interface ExpectedFailure {
  readonly code?: string | undefined;
  /** JSON pointer into the payload. */
  readonly path?: string | undefined;
  /** Keyword of JSON Schema. */
  readonly rule?: string | undefined;
  /** A part of the reason, or what it matches. */
  readonly reason?: string | RegExp | undefined;
}

/** What has become of the events of a handler. */
export interface Happened {
  readonly consumer: string;
  readonly runs: readonly HandlerRun[];
  readonly deadLetters: readonly HandlerDeadLetter[];
}

/** Throws unless the user's function returned exactly once for an event, and nothing of it is dead-lettered. */
export function expectHandledOnce(happened: Happened, id: string): void {
  const returned = happened.runs.filter((run) => run.id === id && run.error === undefined);
  if (returned.length === 1 && !happened.deadLetters.some((letter) => letter.id === id)) return;
  const problem = returned.length === 1 ? 'handled once, but is dead-lettered too' : times(returned.length);
  throw new Error(
    `Event ${id} should be handled once by ${happened.consumer}, and was ${problem}.\n${story(happened, id)}`,
  );
}

/** Throws unless an event is on the dead-letter queue, for the reason given. Returns it. */
export function expectDeadLettered(happened: Happened, id: string, expected: ExpectedFailure = {}): HandlerDeadLetter {
  const letters = happened.deadLetters.filter((letter) => letter.id === id);
  const found = letters.find((letter) => isAs(letter, expected));
  if (found !== undefined) return found;
  const asked = Object.entries(expected)
    .map(([field, value]) => `${field} ${String(value)}`)
    .join(', ');
  const wanted = `Event ${id} should be dead-lettered by ${happened.consumer}${asked === '' ? '' : ` with ${asked}`}`;
  throw new Error(`${wanted}, and was not.\n${story(happened, id)}`);
}

function isAs(letter: HandlerDeadLetter, { code, path, rule, reason }: ExpectedFailure): boolean {
  const same = (wanted: string | undefined, found: string | undefined): boolean =>
    wanted === undefined || wanted === found;
  const told = reason instanceof RegExp ? reason.test(letter.reason) : letter.reason.includes(reason ?? '');
  return same(code, letter.code) && same(path, letter.path) && same(rule, letter.rule) && told;
}

/** What became of an event, a line for each thing. */
function story({ runs, deadLetters }: Happened, id: string): string {
  const lines = [
    ...runs
      .filter((run) => run.id === id)
      .map(({ attempt, error }) => `attempt ${attempt}: ${error === undefined ? 'handled' : String(error)}`),
    ...deadLetters
      .filter((letter) => letter.id === id)
      .map(
        ({ code = 'no code', path, rule, reason }) =>
          `dead-lettered: ${[code, path, rule, reason].filter(Boolean).join(', ')}`,
      ),
  ];
  if (lines.length > 0) return lines.map((line) => `- ${line}`).join('\n');
  const known = [...new Set([...runs.map((run) => run.id), ...deadLetters.map((letter) => letter.id ?? '?')])];
  return `- it never reached the handler, and is not dead-lettered. Events seen: ${known.join(', ') || 'none'}`;
}

function times(count: number): string {
  return count === 0 ? 'not handled' : `handled ${count} times`;
}
