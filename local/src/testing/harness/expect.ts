import type { HandlerDeadLetter } from './letters.ts';
import type { BegunCall, HandlerRun, Step } from './run.ts';

/** Why an event should be dead-lettered; what is left out does not matter. */
export interface ExpectedFailure {
  /** `invalid-payload`, `permanent`, what a `PermanentError` says, and so on. */
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
  readonly steps: readonly Step[];
  /** Calls that have begun and not ended. */
  readonly open: Iterable<BegunCall>;
  readonly deadLetters: readonly HandlerDeadLetter[];
  /** True while a delivery of the event is neither handled nor dead-lettered. */
  readonly isInFlight: (id: string) => boolean;
}

/**
 * Throws unless the user's function returned exactly once for an event, nothing of it is dead-lettered, and nothing of
 * it is still to come.
 */
export function expectHandledOnce(happened: Happened, id: string): void {
  const returned = happened.runs.filter((run) => run.ids.includes(id) && run.returned);
  const besides = returned.length === 1 ? (besidesOnce(happened, id) ?? null) : times(returned.length);
  if (besides !== null) fail(happened, id, `should be handled once by ${happened.consumer}, and was ${besides}`);
}

/** What else there is of an event that was handled once. */
function besidesOnce(happened: Happened, id: string): string | undefined {
  if (isDead(happened, id)) return 'handled once, but is dead-lettered too';
  if (openCall(happened, id) !== undefined) return 'handled once, but another call for it has not returned';
  if (happened.isInFlight(id)) return 'handled once, but another delivery of it is in flight: settle first';
  return undefined;
}

/** Throws unless an event was taken off its queue without a call of the user's function. */
export function expectLeftOut(happened: Happened, id: string): void {
  const ran = happened.runs.some((run) => run.ids.includes(id)) || openCall(happened, id) !== undefined;
  const isLeftOut = happened.steps.some(({ ids, kind }) => kind === 'leftOut' && ids.includes(id));
  if (!ran && isLeftOut && !isDead(happened, id) && !happened.isInFlight(id)) return;
  fail(happened, id, `should be left out by ${happened.consumer}, and was not`);
}

function isDead({ deadLetters }: Happened, id: string): boolean {
  return deadLetters.some((letter) => letter.id === id);
}

function openCall({ open }: Happened, id: string): BegunCall | undefined {
  return [...open].find(({ ids }) => ids.includes(id));
}

/** Throws unless an event is on the dead-letter queue, for the reason given. Returns it. */
export function expectDeadLettered(happened: Happened, id: string, expected: ExpectedFailure = {}): HandlerDeadLetter {
  const letters = happened.deadLetters.filter((letter) => letter.id === id);
  const found = letters.find((letter) => isAs(letter, expected));
  if (found !== undefined) return found;
  const asked = Object.entries(expected)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => `${field} ${value instanceof RegExp ? value : JSON.stringify(value)}`)
    .join(', ');
  const problem = letters.length === 0 ? 'was not' : 'was for something else';
  const wanted = `should be dead-lettered by ${happened.consumer}${asked === '' ? '' : ` with ${asked}`}`;
  return fail(happened, id, `${wanted}, and ${problem}`);
}

function isAs(letter: HandlerDeadLetter, { code, path, rule, reason }: ExpectedFailure): boolean {
  const same = (wanted: string | undefined, found: string | undefined): boolean =>
    wanted === undefined || wanted === found;
  const told = reason instanceof RegExp ? letter.reason.search(reason) >= 0 : letter.reason.includes(reason ?? '');
  return same(code, letter.code) && same(path, letter.path) && same(rule, letter.rule) && told;
}

function fail(happened: Happened, id: string, problem: string): never {
  throw new Error(`Event ${id} ${problem}.\n${story(happened, id)}`);
}

/** What became of an event, a line for each thing. */
function story(happened: Happened, id: string): string {
  const { steps, deadLetters } = happened;
  const letters = deadLetters
    .filter((letter) => letter.id === id)
    .map(({ code, path, rule, reason }) => {
      const parts = [code && `code ${code}`, path && `path ${path}`, rule && `rule ${rule}`, reason].filter(Boolean);
      return `dead-lettered: ${parts.join(', ')}`;
    });
  const open = openCall(happened, id);
  const now = [
    ...(open === undefined ? [] : [`attempt ${open.attempt}: has not returned`]),
    ...(happened.isInFlight(id) ? ['in flight'] : []),
  ];
  const lines = [...steps.filter(({ ids }) => ids.includes(id)).map(({ text }) => text), ...letters, ...now];
  if (lines.length > 0) return lines.map((line) => `- ${line}`).join('\n');
  const known = new Set([...steps.flatMap(({ ids }) => ids), ...deadLetters.map((letter) => letter.id ?? '?')]);
  const seen = [...known].join(', ') || 'none';
  return `- it never reached the handler, and is not dead-lettered. Has time gone on? Events seen: ${seen}`;
}

function times(count: number): string {
  return count === 0 ? 'not handled' : `handled ${count} times`;
}
