import type { ValidationError } from '../validator.ts';
import type { Found } from './found.ts';

/**
 * Spells out what checks have found.
 *
 * A place is written as the steps that lead there: `/name` for a property by its schema under `properties`, `~>token` for
 * a step into the schema alone, `~@key` for one into the value alone, `~#key` for the definition of that key, at which the
 * path in the schema starts anew, and `~#` alone for the whole schema. Tokens are escaped as in a JSON pointer.
 */
export const tell = (found: Found): readonly ValidationError[] =>
  found.flatMap((place, at) => (at % 2 ? [] : errorsAt(place as string, found[at + 1] as readonly unknown[])));

function errorsAt(place: string, broken: readonly unknown[]): readonly ValidationError[] {
  const instancePath = place.replace(/~[>#](~[01]|[^/~])*/g, '').replaceAll('~@', '/');
  const schema = place
    .replace(/~@(~[01]|[^/~])*|.*(?=~#)/gs, '')
    .replace(/(~?[/>#])((~[01]|[^/~])*)/g, (_, mark: keyof typeof steps, token: string) =>
      token || mark !== '~#' ? steps[mark] + encodeURIComponent(token) : '',
    );
  return broken.flatMap((keyword, at) =>
    at % 2
      ? []
      : ({ instancePath, schemaPath: `#${schema}/${keyword}`, keyword, params: broken[at + 1] } as ValidationError),
  );
}

/** What marks come to in a path in the schema. */
const steps = { '/': '/properties/', '~>': '/', '~#': '/definitions/' };
