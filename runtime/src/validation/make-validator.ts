import type { Validator } from '../validator.ts';
import type { Check, Found } from './found.ts';
import { tell } from './tell.ts';

/** Makes a validator of a check. */
export function validator<T>(check: Check): Validator<T> {
  const validate: Validator<T> = (value): value is T => {
    const found: Found = [];
    check(value as never, found);
    validate.errors = found.length > 0 ? tell(found) : null;
    return found.length === 0;
  };
  return validate;
}
