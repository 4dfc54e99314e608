import { conditionTest, eventBridgeDialect, type JsonValue, readCondition, type Scalar } from '@eventloom/engine';
import { isExactFor, type Objection } from './express.ts';
import type { AttributeFacts, FieldFacts } from './field-facts.ts';
import { type FilterLeaf, isObject } from './filter-tree.ts';
import { joined, type SaidLeaf, sayLeaf } from './say-leaf.ts';
import type { Target } from './target.ts';

/**
 * Says a leaf of a policy over message attributes. An attribute is sent for what its field holds, but not for null nor
 * for the empty text: a policy cannot tell these from an absent field. Truth values are sent as text.
 */
export function sayAttribute(leaf: FilterLeaf, target: Target, facts: AttributeFacts): SaidLeaf {
  const { attributeType } = facts;
  if (attributeType === null) return withoutHeader(leaf);
  if (attributeType === 'different') return refused(leaf, 'its header is not of one type in every message');
  const sent = sayLeaf(leaf, target, sentFacts(facts));
  const kind = attributeType === 'Number' ? 'number' : 'string';
  const isTyped =
    attributeType === 'String.Array' || [...facts.field.kinds].every((one) => one === kind || one === 'null');
  const listed = sayEncoded(leaf, target, facts);
  const said = isTyped && sent.objections.length === 0 ? sent : (listed ?? (isTyped ? sent : null));
  if (said === null) return refused(leaf, `its values are not always sent as the ${attributeType} they are`);
  const { mayBeEmptyList } = facts;
  if (mayBeEmptyList && leaf.alternatives.some(({ value }) => isObject(value) && 'exists' in value)) {
    return refused(
      leaf,
      'SNS does not say whether an attribute that is an empty list exists (`minItems: 1` rules it out)',
    );
  }
  return withUnsent(leaf, withoutAbsence(said), facts);
}

/** Values that travel. Elements of a list may be null or empty, for all that is known. */
function sentFacts({ field, attributeType }: AttributeFacts): FieldFacts {
  if (attributeType === 'String.Array') return field;
  const isSent = (value: Scalar) => value !== null && value !== '';
  return {
    ...field,
    listed: field.listed?.filter(isSent) ?? null,
    kinds: new Set([...field.kinds].filter((kind) => kind !== 'null')),
    mayBe: (value) => isSent(value) && field.mayBe(value),
  };
}

/** Says a leaf as the texts of the values that satisfy it, when all are known and no other value has such a text. */
function sayEncoded(leaf: FilterLeaf, target: Target, facts: AttributeFacts): SaidLeaf | null {
  const { listed } = sentFacts(facts);
  if (listed === null || facts.attributeType !== 'String') return null;
  const test = testOf(leaf);
  const passing = new Set(listed.filter(test).map(String));
  const failing = listed.filter((value) => !test(value)).map(String);
  if (failing.some((text) => passing.has(text))) return null;
  const alternatives = [...passing];
  if (!alternatives.every((text) => isExactFor(text, target))) return null;
  return { alternatives, objections: [], weaker: alternatives };
}

/** An attribute that is sent never satisfies `exists: false`; whether one that is not sent does is judged for all cases at once. */
function withoutAbsence({ alternatives, objections, weaker }: SaidLeaf): SaidLeaf {
  const present = (values: readonly JsonValue[]) => values.filter((value) => JSON.stringify(value) !== absence);
  return { alternatives: present(alternatives), objections, weaker: weaker === null ? null : present(weaker) };
}

const absence = JSON.stringify({ exists: false });

function withUnsent(leaf: FilterLeaf, said: SaidLeaf, { unsent }: AttributeFacts): SaidLeaf {
  const test = testOf(leaf);
  const wantsAbsence = leaf.alternatives.some(({ value }) => JSON.stringify(value) === absence);
  const verdicts = unsent.map((value) => (value === undefined ? wantsAbsence : test(value)));
  if (!verdicts.includes(true)) return said;
  const absent: SaidLeaf = { alternatives: [{ exists: false }], objections: [], weaker: [{ exists: false }] };
  const both = joined([said, absent]);
  if (!verdicts.includes(false)) return both;
  return { ...both, objections: [...both.objections, ...refused(leaf, mixedUp(unsent)).objections] };
}

function mixedUp(unsent: AttributeFacts['unsent']): string {
  const cases = unsent.map((value) => (value === undefined ? 'absent' : value === null ? 'null' : 'an empty text'));
  const help = unsent.includes('') ? ' (`minLength: 1` rules the empty text out)' : '';
  return `no attribute is sent when the field is ${cases.join(' or ')}, and the filter tells these apart${help}`;
}

function testOf(leaf: FilterLeaf): (value: Scalar) => boolean {
  const tests = leaf.alternatives.flatMap(({ value }) => {
    const read = readCondition(value, eventBridgeDialect);
    return read.ok ? [conditionTest(read.condition)] : [];
  });
  return (value) => tests.some((test) => test(value));
}

/** A field without a header is reported where headers are judged. */
function withoutHeader({ path, pointer }: FilterLeaf): SaidLeaf {
  const message = `no header \`${path.join('.')}\` travels with every message`;
  return { alternatives: [], objections: [{ pointer, message, limit: null, isToldElsewhere: true }], weaker: null };
}

function refused({ path, pointer }: FilterLeaf, why: string): SaidLeaf {
  const message = `the attribute \`${path.join('.')}\` cannot stand for its field: ${why}`;
  const objection: Objection = { pointer, message, limit: null };
  return { alternatives: [], objections: [objection], weaker: null };
}
