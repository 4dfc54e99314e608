import type { TypeExpression } from '../../type-expression.ts';
import type { Lookup, Part } from '../in-place.ts';
import type { Kinds } from '../kinds.ts';
import type { Site } from './sites.ts';

/** What the makers of types need of each other. */
export interface Typer {
  readonly lookup: Lookup;
  /**
   * The type of values that are valid by all of these schemas and of one of these kinds: at least those.
   * @param kinds default: all
   */
  typeOf(parts: readonly Part[], site: Site, kinds?: Kinds): TypeExpression;
  /** The type of a definition: its name, or the type itself where that says more than a name would. */
  typeOfDefinition(target: Part): TypeExpression;
  /** Gives a type the name of its site, described by what it was made of; types that need none stay as they are. */
  extract(type: TypeExpression, made: Made): TypeExpression;
}

/** Where a type belongs, and what it was made of. */
export interface Made {
  readonly site: Site;
  readonly parts: readonly Part[];
}
