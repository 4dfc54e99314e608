import type { Condition, Scalar } from '@eventloom/engine';
import { suggest } from '@eventloom/engine';
import { quote } from '../model/wording.ts';
import { testOf } from './filter-leaves.ts';
import { listedAt } from './proofs/allowed-values.ts';
import { exactly, type Test } from './proofs/literal.ts';
import { neverHas } from './proofs/proofs.ts';
import type { Space } from './proofs/space.ts';

/** A field of some payloads, as advice about it sees it. */
export interface Field {
  readonly spaces: readonly Space[];
  readonly path: string;
}

/** What to write instead of conditions that never match: a sentence each, without repetition; empty when nothing comes to mind. */
export function adviceOn(field: Field, conditions: readonly Condition[]): string {
  const advice = conditions.slice(0, 20).map((condition) => adviceOnOne(field, condition));
  return [...new Set(advice)]
    .filter((sentence) => sentence !== '')
    .slice(0, 3)
    .join(' ');
}

function adviceOnOne(field: Field, condition: Condition): string {
  switch (condition.kind) {
    case 'exact':
      return adviceOnValue(field, condition.value);
    case 'address':
      return adviceOnValue(field, condition.text);
    case 'text':
      return adviceOnText(field, condition.operator, condition.text);
    case 'cidr':
      return mayBe(field, anyText) ? '' : adviceOnKind(field);
    case 'numeric':
      return mayBe(field, anyNumber) ? '' : adviceOnKind(field);
    case 'exists':
      return condition.wanted ? '' : `${quote(field.path)} is always there: remove the condition.`;
    case 'anything-but':
    case 'anything-but-text':
      return '';
    default:
      return condition satisfies never;
  }
}

function adviceOnValue(field: Field, value: Scalar): string {
  const other = inOtherType(value).find((candidate) => mayBe(field, exactly(candidate)));
  if (other !== undefined) {
    const quotes = typeof other === 'string' ? 'in quotes' : 'without quotes';
    return `Write it ${quotes}: \`${JSON.stringify(other)}\`.`;
  }
  if (value === null) return `For an event without the field write \`{ exists: false }\`.`;
  if (typeof value !== 'string') return mayBe(field, anyNumber) ? '' : adviceOnKind(field);
  const listed = field.spaces.flatMap((space) => listedAt(space, field.path) ?? []);
  const nearest = suggest(
    value,
    listed.filter((candidate) => typeof candidate === 'string'),
  );
  if (nearest !== undefined) return `Did you mean ${JSON.stringify(nearest)}?`;
  if (mayBe(field, testOf({ 'equals-ignore-case': value }))) {
    return `Case counts; \`{ equals-ignore-case: ${JSON.stringify(value)} }\` matches in any case.`;
  }
  return mayBe(field, anyText) ? '' : adviceOnKind(field);
}

function adviceOnText(field: Field, operator: string, text: string): string {
  if (!mayBe(field, anyText)) return adviceOnKind(field);
  if (
    (operator === 'prefix' || operator === 'suffix') &&
    mayBe(field, testOf({ [operator]: { 'equals-ignore-case': text } }))
  ) {
    return `Case counts; \`{ ${operator}: { equals-ignore-case: ${JSON.stringify(text)} } }\` matches in any case.`;
  }
  return '';
}

/** How to compare values of the only kind that the field has. */
function adviceOnKind(field: Field): string {
  const texts = mayBe(field, anyText);
  const numbers = mayBe(field, anyNumber);
  const subject = quote(field.path);
  if (texts && !numbers)
    return `${subject} is a string: compare it with values in quotes, \`prefix\`, \`suffix\` or \`wildcard\`.`;
  if (numbers && !texts) return `${subject} is a number: compare it with numbers without quotes, or with \`numeric\`.`;
  const booleans = mayBe(field, exactly(true)) || mayBe(field, exactly(false));
  return booleans && !texts && !numbers ? `${subject} is true or false: compare it with these.` : '';
}

/** The values that are spelled the same without quotes or with them. */
function inOtherType(value: Scalar): readonly Scalar[] {
  if (typeof value !== 'string') return [String(value)];
  const number = value.trim() === '' ? Number.NaN : Number(value);
  const words: readonly Scalar[] = [true, false, null].filter((word) => String(word) === value);
  return Number.isFinite(number) ? [number] : words;
}

function mayBe({ spaces, path }: Field, test: Test): boolean {
  return spaces.some((space) => !neverHas(space, path, test));
}

const anyText = testOf({ wildcard: '*' });
const anyNumber = testOf({ numeric: ['>=', -Number.MAX_VALUE] });
