import type { Lookup } from '../../model/schema/in-place.ts';
import { accepts } from '../../model/schema/violation.ts';

/** A value that was found: it may be null or false. */
export interface Found {
  readonly value: unknown;
}

/** How large a payload may grow. */
export interface Bounds {
  /** Elements of a list, and entries of a map, where the schema asks for no more. */
  readonly elements: number;
  /** Characters of a text, where the schema asks for no more. */
  readonly characters: number;
  /** Levels of objects and lists down to which optional fields and elements are filled in. */
  readonly levels: number;
  /** Optional fields of one object. */
  readonly fields: number;
}

/** Where in the payload a value is looked for. */
export interface Spot {
  /** Name of the field, or of the list that an element is of. */
  readonly name: string;
  /** From the payload's root; what differs between equal schemas is drawn from it. */
  readonly path: string;
  readonly level: number;
  /** 0, or a number that asks for another value than lower ones gave. */
  readonly variant: number;
}

/** A search for one valid payload. */
export interface Search {
  readonly lookup: Lookup;
  readonly size: 'smallest' | 'largest';
  readonly bounds: Bounds;
  /** Looks for a value that all schemas accept; null when none is found. */
  readonly solve: (schemas: readonly unknown[], spot: Spot) => Found | null;
}

/** Tells whether all schemas accept a value. */
export function isAccepted(value: unknown, schemas: readonly unknown[], { lookup }: Pick<Search, 'lookup'>): boolean {
  return schemas.every((schema) => accepts(schema, value, lookup));
}

/** A number from 0 below `count` that only depends on the text. */
export function drawn(text: string, count: number): number {
  return count < 2 ? 0 : hash(text) % count;
}

/** FNV-1a of the text's code units, mixed once more. */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  state = Math.imul(state ^ (state >>> 15), 0x85ebca6b);
  return (state ^ (state >>> 13)) >>> 0;
}
