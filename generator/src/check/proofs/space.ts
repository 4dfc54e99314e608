import type { JsonSchema } from '../../model/event-model.ts';
import { type Lookup, lookupIn } from '../../model/schema/in-place.ts';
import type { JsonObject } from '../../model/schema/json.ts';
import type { Kinds } from '../../model/schema/kinds.ts';
import { automatonOf } from './text/automaton.ts';
import type { Language } from './text/language.ts';
import { type Machine, machineOf } from './text/machine.ts';

/**
 * The valid payloads of a schema, as the proofs look at them. It remembers what they worked out of the schema, so one
 * serves all filters of a run.
 */
export interface Space {
  readonly root: JsonSchema;
  readonly lookup: Lookup;
  /** By what they were made of; null when that is not understood. */
  readonly languages: Map<string, Language | null>;
  readonly machines: WeakMap<Language, Machine | null>;
  readonly facts: WeakMap<JsonObject, Facts>;
  /**
   * True when objects have only properties that their schemas describe, even where the schemas are open: then nothing
   * is proven, only likely.
   */
  readonly isClosed: boolean;
}

/** What a schema says by itself. */
export interface Facts {
  /** The schema without what it refers to and combines, and without what it lists. */
  readonly plain: JsonObject;
  readonly kinds: Kinds;
  /** Each holds all values that the schema accepts. */
  readonly lists: readonly (readonly unknown[])[];
}

/** The space of a payload's schema. */
export function spaceOf(root: JsonSchema, isClosed = false): Space {
  return {
    root,
    lookup: lookupIn(root),
    languages: new Map(),
    machines: new WeakMap(),
    facts: new WeakMap(),
    isClosed,
  };
}

/** Makes a language once for each key. */
export function languageOf({ languages }: Space, key: string, make: () => Language | null): Language | null {
  const known = languages.get(key);
  if (known !== undefined) return known;
  const language = make();
  languages.set(key, language);
  return language;
}

/** Makes the machine of a language once; null when it would be too large. */
export function machineIn({ machines }: Space, language: Language): Machine | null {
  const known = machines.get(language);
  if (known !== undefined) return known;
  const automaton = automatonOf(language);
  const machine = automaton === null ? null : machineOf(automaton);
  machines.set(language, machine);
  return machine;
}
