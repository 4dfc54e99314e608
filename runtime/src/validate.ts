import type { EventDefinition } from './definitions.ts';
import { ValidationFailure } from './errors.ts';

/** Throws a {@link ValidationFailure} naming every place and the rule broken there, unless `payload` is valid. */
export function assertValid({ name, source, validate }: EventDefinition, payload: unknown): void {
  if (!validate(payload)) throw new ValidationFailure({ name, source }, validate.errors ?? []);
}
