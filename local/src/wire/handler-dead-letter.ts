import { failureAttribute } from '@eventloom/engine';
import type { Caller } from '../state/caller.ts';
import type { Content } from '../state/content.ts';
import { subject } from '../state/queue.ts';
import type { InvocationRecord, Queue, World } from '../state/world.ts';

/** An event that a function puts on its own dead-letter queue while it handles it. */
export interface HandlerDeadLetter {
  /** Number of the event in the ledger. */
  readonly event: number;
  /** Takes note, so that the event counts as dead-lettered although the function will report success. */
  note(world: World, reason: string): void;
}

/** Finds which record of its invocation a function is dead-lettering; null when it sends something else. */
export function deadLetterOf(caller: Caller, queue: Queue, content: Content): HandlerDeadLetter | null {
  if (caller.kind === 'outside' || queue !== caller.function.deadLetterQueue) return null;
  const { run, function: target } = caller;
  const record = recordOf(caller.records, content);
  if (record === undefined) return null;
  return {
    event: record.event,
    note: (world, reason) => {
      run.deadLettered.set(record.event, reason);
      const about = subject(world, record.event, target.index);
      world.journal.add(world.scheduler.now(), { kind: 'deadLettered', ...about, reason });
    },
  };
}

function recordOf(records: readonly InvocationRecord[], content: Content): InvocationRecord | undefined {
  if (records.length === 1) return records[0];
  const messageId = failureOf(content)?.messageId;
  const named = records.find((record) => record.messageId === messageId);
  return named ?? records.find(({ body }) => body === content.body);
}

/** Why a function put a message on its dead-letter queue, in one line. */
export function reasonOf(content: Content): string {
  const failure = failureOf(content);
  if (failure !== null) return `${failure.code}: ${failure.reason}`;
  const payload = parse(content.body)?.responsePayload as Fields | undefined;
  return payload ? `${payload.errorType}: ${payload.errorMessage}` : 'sent by the handler';
}

type Fields = Readonly<Record<string, unknown>>;

/** The attribute in which `@eventloom/runtime` says why it dead-letters. */
function failureOf({ attributes }: Content): Fields | null {
  return parse(attributes.get(failureAttribute)?.stringValue ?? '');
}

function parse(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' ? (value as Fields | null) : null;
  } catch {
    return null;
  }
}
