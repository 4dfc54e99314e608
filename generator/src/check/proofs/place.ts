import type { JsonObject } from '../../model/schema/json.ts';
import type { Literal } from './literal.ts';
import type { Space } from './space.ts';

/** Schemas that all hold for one value, and literals that all hold for it. */
export interface Place {
  readonly schemas: readonly JsonObject[];
  readonly literals: readonly Literal[];
  readonly space: Space;
  /** True when an option of every choice is among the schemas. */
  readonly isComplete: boolean;
  /** Tells whether any schema of the place describes a property, in whatever alternative. */
  readonly describes: (name: string) => boolean;
  /** Asks the same of a value further down: whether one that all schemas accept may meet all literals. */
  readonly mayHoldBelow: (schemas: readonly unknown[], literals: readonly Literal[]) => boolean;
}
