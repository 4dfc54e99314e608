import type { Validator } from '../validator.ts';
import type { Check, Found } from './found.ts';
import { tell } from './tell.ts';

/** Makes a validator of a check. Its `errors` are spelled out when they are asked for. */
export function validator<T>(check: Check): Validator<T> {
  let found: Found = [];
  const validate = (value: unknown): value is T => {
    found = [];
    check(value as never, found);
    return !found.length;
  };
  return Object.defineProperty(validate, 'errors', { get: () => (found.length ? tell(found) : null) });
}
