import type { LimitId } from '../limits.ts';
import type { Operator } from './condition.ts';

/** Which conditions a service understands, and within which numbers. */
export interface Dialect {
  /** Words for messages: "an EventBridge event pattern". */
  readonly name: string;
  readonly operators: ReadonlySet<Operator>;
  /** True when an operator inside `anything-but` takes a list of texts, and not only one. */
  readonly excludesLists: boolean;
  /** True when an exact string that looks like an IP address is compared as an address. */
  readonly comparesAddresses: boolean;
  /** True when `exists: true` wants a value that is neither null nor empty. */
  readonly existsNeedsContent: boolean;
  /** Bounds of numbers, or null for any double. */
  readonly numbers: NumberBounds | null;
}

/** The limits that bound a number of a pattern. */
export interface NumberBounds {
  readonly minimum: LimitId;
  readonly maximum: LimitId;
  readonly decimals: LimitId;
}

/**
 * The complete language of EventBridge rules, archives and TestEventPattern.
 *
 * Numbers are any double, as in event-ruler 2; the documented range and digits (`eventPatternNumber…` in the limits)
 * are for a lint to check. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const eventBridgeDialect: Dialect = {
  name: 'an EventBridge event pattern',
  operators: new Set<Operator>([
    'exact',
    'exactly',
    'prefix',
    'prefix/equals-ignore-case',
    'suffix',
    'suffix/equals-ignore-case',
    'equals-ignore-case',
    'wildcard',
    'anything-but',
    'anything-but/prefix',
    'anything-but/suffix',
    'anything-but/equals-ignore-case',
    'anything-but/wildcard',
    'numeric',
    'cidr',
    'exists',
  ]),
  excludesLists: true,
  comparesAddresses: true,
  existsNeedsContent: false,
  numbers: null,
};

/**
 * SNS subscription filter policies: the operators that SNS documents.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 * https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export const filterPolicyDialect: Dialect = {
  name: 'an SNS filter policy',
  operators: new Set<Operator>([
    'exact',
    'prefix',
    'suffix',
    'equals-ignore-case',
    'anything-but',
    'anything-but/prefix',
    'numeric',
    'cidr',
    'exists',
  ]),
  excludesLists: false,
  comparesAddresses: false,
  existsNeedsContent: true,
  numbers: {
    minimum: 'filterPolicyNumberMinimum',
    maximum: 'filterPolicyNumberMaximum',
    decimals: 'filterPolicyNumberDecimals',
  },
};

/** Filters of Lambda event source mappings. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
export const mappingFilterDialect: Dialect = {
  name: 'a filter of a Lambda event source mapping',
  operators: new Set<Operator>([
    'exact',
    'prefix',
    'suffix',
    'equals-ignore-case',
    'anything-but',
    'numeric',
    'exists',
  ]),
  excludesLists: false,
  comparesAddresses: false,
  existsNeedsContent: false,
  numbers: null,
};
