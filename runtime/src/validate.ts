import type { EventDefinition } from './definitions.ts';
import { ValidationFailure } from './errors.ts';

/** Throws a {@link ValidationFailure} naming every place and the rule broken there, unless `payload` is valid. */
export function assertValid(event: EventDefinition, payload: unknown): void {
  if (!event.validate(payload)) throw new ValidationFailure(event, event.validate.errors ?? []);
}
