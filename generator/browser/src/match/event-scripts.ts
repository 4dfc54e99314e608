import * as shared from '../../../../runtime/src/validation/index.ts';
import type { Validator } from '../../../../runtime/src/validator.ts';
import type { EventScript, MatchEvent } from '../../../src/site/browser/match-format.ts';
import { injectScript } from '../dom/inject-script.ts';

interface MatchGlobals {
  /** What the scripts of events have added. */
  readonly eventloomMatchEvents?: readonly EventScript[];
}

const validators = new Map<string, Validator<unknown>>();

/** Brings the script of an event. */
export async function eventScriptOf({ script }: MatchEvent): Promise<EventScript> {
  await injectScript(script);
  const found = (globalThis as MatchGlobals).eventloomMatchEvents?.find((candidate) => candidate.script === script);
  if (found === undefined) throw new Error(`${script} holds no event`);
  return found;
}

/** Makes the validator of an event, once. */
export function validatorOf({ script, validator }: Pick<EventScript, 'script' | 'validator'>): Validator<unknown> {
  const made = validators.get(script) ?? (validator(shared) as Validator<unknown>);
  validators.set(script, made);
  return made;
}
