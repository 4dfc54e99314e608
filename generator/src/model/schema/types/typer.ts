import type { TypeExpression } from '../../type-expression.ts';
import type { Lookup, Part } from '../in-place.ts';
import type { Kinds } from '../kinds.ts';
import type { Site } from './sites.ts';

/** What the makers of object and array types need of each other. */
export interface Typer {
  readonly lookup: Lookup;
  /**
   * The type of values that are valid by all of these schemas and of one of these kinds: at least those.
   * @param kinds default: all
   */
  typeOf(parts: readonly Part[], site: Site, kinds?: Kinds): TypeExpression;
}
