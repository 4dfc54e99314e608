import type { DeadLetter, LocalSystem } from '@eventloom/local';
import { type Case, consumers, gatherer, itemIn, payer, salariesOf } from '../bank.ts';
import type { Chance } from '../chance.ts';
import { isHopeless } from '../handlers.ts';

/** A message on a dead-letter queue, as far as the suite looks at it. */
export interface Letter {
  readonly consumer: string;
  /** The item that it is about. */
  readonly id: string;
  /** Who put it there, and why, such as `handler: invalid-payload`; null when it does not say. */
  readonly reason: string | null;
}

/** What stands on all dead-letter queues. */
export function lettersOf(system: LocalSystem): readonly Letter[] {
  return consumers.flatMap(({ key }) =>
    system.deadLetters(key).map((letter) => ({
      consumer: key,
      id: itemIn(letter.body) ?? '',
      reason: reasonOf(letter, key),
    })),
  );
}

interface Words {
  readonly code?: unknown;
  readonly reason?: unknown;
}

/** What a letter itself says, where somebody who finds it would look. */
function reasonOf({ from, attributes, body, reason }: DeadLetter, consumer: string): string | null {
  const record = Object(parse(body));
  const { errorType, errorMessage } = Object(record.responsePayload);
  switch (from) {
    case 'handler': {
      const failure = Object(parse(attributes['eventloom.failure'] ?? ''));
      const isTold = failure.consumer === consumer || record.requestContext !== undefined;
      const words: Words = errorType === undefined ? failure : { code: errorType, reason: errorMessage };
      return isTold && words.code && words.reason ? `handler: ${words.code}` : null;
    }
    case 'function':
      return errorType && errorMessage ? `function: ${record.requestContext?.condition}` : null;
    case 'rule':
      return attributes.ERROR_CODE && attributes.RULE_ARN ? `rule: ${attributes.ERROR_CODE}` : null;
    case 'subscription':
      return reason === '' ? null : 'subscription: undeliverable';
    case 'queue':
      return reason === '' ? null : `queue: ${/circuit|clearing/i.test(reason) ? 'circuit' : 'received too often'}`;
    default:
      return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Letters that say nothing, or something that is not so. */
export function checkLetters(
  letters: readonly Letter[],
  cases: ReadonlyMap<string, Case>,
  chance: Chance,
): readonly string[] {
  return letters.flatMap((letter) => {
    const { consumer, id, reason } = letter;
    if (reason === null) return [`no reason: ${id} at ${consumer}`];
    return isTrue({ ...letter, reason }, cases.get(id), chance)
      ? []
      : [`no such reason: ${reason}: ${id} at ${consumer}`];
  });
}

type Told = Letter & { readonly reason: string };

function isTrue({ consumer, id, reason }: Told, { flaw = 'none' }: Partial<Case> = {}, chance: Chance): boolean {
  switch (reason) {
    case 'handler: invalid-payload':
      return flaw === 'unchecked';
    case 'handler: malformed':
      return flaw === 'malformed';
    case 'handler: unknown-event':
      return flaw === 'foreign';
    case 'handler: refused':
      return isHopeless(chance, consumer, consumer === gatherer ? salariesOf(id) : id);
    case 'handler: gather-timeout':
    case 'handler: gather-closed':
      return consumer === gatherer;
    // An outage that the spec names must be outlasted.
    case 'queue: circuit':
      return consumer !== payer;
    default:
      return !reason.startsWith('handler: ');
  }
}
