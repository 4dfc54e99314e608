import {
  addressDigits,
  type Condition,
  conditionTest,
  eventBridgeDialect,
  type JsonValue,
  type LimitId,
  readCondition,
  type Scalar,
} from '@eventloom/engine';
import { hasSimpleCase } from './case-variants.ts';
import type { FieldFacts } from './field-facts.ts';
import { rewriteAddress, rewriteBlock } from './rewrite-address.ts';
import { type Rewrite, rewriteExcludedTexts, rewriteIgnoredCase, rewriteWildcard } from './rewrite-text.ts';
import { rewriteExcludedValues, rewriteImpossible, rewriteNumeric } from './rewrite-value.ts';
import { meetsQuotes, type Target } from './target.ts';

const rewrites: readonly Rewrite[] = [
  rewriteImpossible,
  rewriteWildcard,
  rewriteExcludedTexts,
  rewriteExcludedValues,
  rewriteNumeric,
  rewriteAddress,
  rewriteBlock,
  rewriteIgnoredCase,
];

/** A rewrite may need another: a wildcard becomes a prefix, which needs a list. */
const mostRewrites = 4;

/**
 * Says one alternative of a leaf for a target: as it is where the target means the same by it, else as alternatives
 * that let the same of the values through that may stand there. None are left when no such value satisfies it. Null when
 * the target cannot say it.
 */
export function express(value: JsonValue, target: Target, facts: FieldFacts): readonly JsonValue[] | null {
  return expressWithin(value, target, facts, mostRewrites);
}

function expressWithin(
  value: JsonValue,
  target: Target,
  facts: FieldFacts,
  rewritesLeft: number,
): readonly JsonValue[] | null {
  const read = readCondition(value, eventBridgeDialect);
  if (!read.ok) return null;
  const certain = target.kind === 'attributes' ? onlyWhatTravels(read.condition, facts) : null;
  if (certain !== null) return expressAll(certain, target, facts, rewritesLeft);
  const direct = sayDirectly(value, read.condition, target, facts);
  if (direct !== null || rewritesLeft === 0) return direct;
  const listed = sayAsList(read.condition, target, facts);
  const rewritten = rewrites.flatMap((rewrite) => {
    const parts = rewrite(read.condition, facts);
    const said = parts === null ? null : expressAll(parts, target, facts, rewritesLeft);
    return said === null ? [] : [said];
  });
  return (
    [...(listed === null ? [] : [listed]), ...rewritten].sort((left, right) => left.length - right.length)[0] ?? null
  );
}

function expressAll(
  values: readonly JsonValue[],
  target: Target,
  facts: FieldFacts,
  rewritesLeft: number,
): readonly JsonValue[] | null {
  if (rewritesLeft === 0) return null;
  const parts = values.map((value) => expressWithin(value, target, facts, rewritesLeft - 1));
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

/** How SNS compares an attribute with a value of another type is not said everywhere: such values are left out. */
function onlyWhatTravels(condition: Condition, facts: FieldFacts): readonly JsonValue[] | null {
  return rewriteImpossible(condition, facts) ?? rewriteExcludedValues(condition, facts);
}

/** Says a condition without a look at what else would do. */
function sayDirectly(
  value: JsonValue,
  condition: Condition,
  target: Target,
  facts: FieldFacts,
): readonly JsonValue[] | null {
  if (target.objection(value) !== null) return null;
  const plain = isExactly(value) ? value.exactly : null;
  // EventBridge compares a text that looks like an address as one; only there `exactly` is needed, and known.
  if (plain !== null) return target.dialect.comparesAddresses && addressDigits(plain) !== null ? [value] : [plain];
  if (target.dialect.comparesAddresses) return [value];
  if (!readCondition(value, target.dialect).ok) return null;
  if (condition.kind === 'exists' && condition.wanted && target.dialect.existsNeedsContent) {
    return [value, ...[null, ''].filter(facts.mayBe)];
  }
  if (meetsQuotes(condition)) return condition.kind === 'text' ? withWholeText(value, condition, target) : null;
  return meansTheSame(condition, facts) ? [value] : null;
}

/** Whether or not a target takes the quote for the end of the text, with the whole text beside it it lets the same through. */
function withWholeText(
  value: JsonValue,
  { operator, text }: Condition & { readonly kind: 'text' },
  target: Target,
): readonly JsonValue[] | null {
  const whole = operator === 'prefix' ? text.slice(0, -1) : text.slice(1);
  return target.objection(whole) === null ? [value, whole] : null;
}

/** Tells whether a target that reads texts as texts means by a condition what EventBridge means. */
function meansTheSame(condition: Condition, facts: FieldFacts): boolean {
  if (condition.kind === 'text' && condition.operator === 'equals-ignore-case') return hasSimpleCase(condition.text);
  if (condition.kind === 'exists') return condition.wanted || !facts.isInList;
  if (condition.kind !== 'address') return true;
  const test = conditionTest(condition);
  const differs = (value: Scalar) => test(value) !== (value === condition.text);
  return (facts.isIpv4 && facts.mayBe(condition.text)) || (facts.listed !== null && !facts.listed.some(differs));
}

/** Says a condition as the list of the values that satisfy it. */
function sayAsList(condition: Condition, target: Target, { listed }: FieldFacts): readonly JsonValue[] | null {
  if (listed === null || (condition.kind === 'exists' && !condition.wanted)) return null;
  const passing = listed.filter(conditionTest(condition));
  return passing.every((value) => isExactFor(value, target)) ? passing : null;
}

/** Tells whether a target compares with a value, and with nothing else, when it stands as an alternative. */
export function isExactFor(value: Scalar, target: Target): boolean {
  if (target.objection(value) !== null) return false;
  const read = readCondition(value, target.dialect);
  return read.ok && read.condition.kind === 'exact';
}

function isExactly(value: JsonValue): value is { readonly exactly: string } {
  return typeof value === 'object' && value !== null && 'exactly' in value && typeof value.exactly === 'string';
}

/** Why a target cannot say a condition. */
export interface Objection {
  /** JSON pointer into the alternative. */
  readonly pointer: string;
  readonly message: string;
  readonly limit: LimitId | null;
  /** True when a check of the whole model tells of it: a field without a header. */
  readonly isToldElsewhere?: boolean;
}

/** Says why a target cannot say a condition directly; {@link express} has found no other way. */
export function objectionTo(value: JsonValue, target: Target): Objection {
  const refused = readCondition(value, target.dialect);
  if (!refused.ok) return refused.errors[0] ?? { pointer: '', message: 'it cannot be read', limit: null };
  const objection = target.objection(value);
  return { pointer: '', message: objection ?? meaningOf(value, target), limit: null };
}

function meaningOf(value: JsonValue, target: Target): string {
  const text = JSON.stringify(value);
  if (typeof value === 'string') {
    return `${text} looks like an IP address, which a rule compares as one (\`010.0.0.1\` is \`10.0.0.1\`) and ${target.dialect.name} as text`;
  }
  if (text === '{"exists":false}') {
    return 'a field that some elements of a list lack and others have is missing or not by rules that only event-ruler defines';
  }
  return `${text} does not mean the same in ${target.dialect.name} as in a rule`;
}
