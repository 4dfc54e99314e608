import type { Scalar } from '@eventloom/engine';

/** What the schemas of all messages of an operation say about the values at a path, those inside lists one by one. */
export interface FieldFacts {
  /** Every value that may stand there, when they can be listed; null when not. It may list too many. */
  readonly listed: readonly Scalar[] | null;
  /** Kinds of the values that may stand there. */
  readonly kinds: ReadonlySet<ScalarKind>;
  /** Tells whether a value may stand there. */
  readonly mayBe: (value: Scalar) => boolean;
  /** Numbers that may stand there are within. */
  readonly range: NumberRange;
  /** True when every text there is an IPv4 address in its one form (`format: ipv4`). */
  readonly isIpv4: boolean;
  /** True when it may be a field of the elements of a list. */
  readonly isInList: boolean;
  /** True when a property whose own name has dots could be meant as well. */
  readonly isAmbiguous: boolean;
}

export type ScalarKind = 'string' | 'number' | 'boolean' | 'null';

/** Bounds of a number, inclusive unless `…Excluded`. */
export interface NumberRange {
  readonly least: number;
  readonly leastExcluded: boolean;
  readonly most: number;
  readonly mostExcluded: boolean;
}

/** How a top-level field travels as a message attribute. */
export interface AttributeFacts {
  /** Type of its attribute; null when a message has no header for it, which a check reports. */
  readonly attributeType: 'String' | 'Number' | 'String.Array' | 'different' | null;
  /** What the field may be when its attribute is not sent: undefined for an absent field. */
  readonly unsent: readonly (null | '' | undefined)[];
  /** True when it may be an empty list. */
  readonly mayBeEmptyList: boolean;
  /** What may stand in its attribute: elements of the list for `String.Array`. */
  readonly field: FieldFacts;
}

/** What is known of the payloads of an operation's messages. */
export interface PayloadFacts {
  field(path: readonly string[]): FieldFacts;
  attribute(name: string): AttributeFacts;
}

/** Nothing is known: any value may stand there. */
export const anyField: FieldFacts = {
  listed: null,
  kinds: new Set<ScalarKind>(['string', 'number', 'boolean', 'null']),
  mayBe: () => true,
  range: { least: Number.NEGATIVE_INFINITY, leastExcluded: false, most: Number.POSITIVE_INFINITY, mostExcluded: false },
  isIpv4: false,
  isInList: true,
  isAmbiguous: false,
};
