import {
  compileFilterPolicy,
  compileMappingFilter,
  compilePattern,
  type EventPattern,
  type FilterPolicyScope,
  type JsonValue,
  matchesFilterPolicy,
  matchesMappingFilter,
  matchesPattern,
} from '@eventloom/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PayloadFacts } from '../generator/src/aws/dialect/field-facts.ts';
import { leavesOf, readTree } from '../generator/src/aws/dialect/filter-tree.ts';
import { sayAttribute } from '../generator/src/aws/dialect/say-attribute.ts';
import { sayFilter } from '../generator/src/aws/dialect/say-filter.ts';
import { sayLeaf } from '../generator/src/aws/dialect/say-leaf.ts';
import { type TargetKind, targets } from '../generator/src/aws/dialect/target.ts';
import { envelopePolicy, topicPolicy } from '../generator/src/aws/filter-policy.ts';
import { mappingFilter } from '../generator/src/aws/mapping-filter.ts';
import { rulePattern } from '../generator/src/aws/rule-pattern.ts';
import { sortedKeys } from '../generator/src/aws/sorted-keys.ts';
import type { MessageType } from '../generator/src/model/event-model.ts';
import { factsOf } from '../generator/src/model/filter-facts.ts';
import { headerFields } from '../generator/src/model/headers.ts';
import { attributesOf } from '../runtime/src/publish/attributes.ts';
import { toTopic } from '../runtime/src/publish/to-topic.ts';
import { filters, flatFilters, type PayloadCase, payloadCases } from './support/filter-cases.ts';
import type { JsonRecord } from './support/json-text.ts';
import { mappingTakes } from './support/mapping-evaluator.ts';
import { type PublishedAttribute, snsDelivers } from './support/sns-evaluator.ts';

const runs = 600;
const [name, source] = ['Placed', 'shop.orders'];

type Payload = { readonly [field: string]: JsonValue };

/** Where a filter is put, and who receives a payload there, by judges that know nothing of each other. */
interface Route {
  readonly kind: TargetKind;
  readonly compile: (filter: EventPattern | null) => EventPattern | null;
  readonly judges: readonly ((compiled: EventPattern | null, payload: Payload, message: MessageType) => boolean)[];
}

const envelopeOf = (payload: Payload): Payload => ({ id: 'x', source, 'detail-type': name, detail: payload });

const routes: Readonly<Record<string, Route>> = {
  rule: {
    kind: 'rule',
    compile: (filter) => rulePattern({ source, names: [name], filter }),
    judges: [
      (compiled, payload) => matches(compiled ?? {}, envelopeOf(payload)),
      (compiled, payload) =>
        !matches(compiled ?? {}, { ...envelopeOf(payload), source: 'shop.other' }) &&
        matches(compiled ?? {}, envelopeOf(payload)),
    ],
  },
  'policy over the body': {
    kind: 'body',
    compile: (filter) => topicPolicy({ names: null, filter }, 'body').policy,
    judges: [
      (compiled, payload) => snsDelivers(plain(compiled), 'MessageBody', published(payload)),
      (compiled, payload) => engineDelivers(compiled, 'MessageBody', published(payload)),
    ],
  },
  'policy over the envelope': {
    kind: 'body',
    compile: (filter) => envelopePolicy({ names: [name], filter }).policy,
    judges: [
      (compiled, payload) => snsDelivers(plain(compiled), 'MessageBody', published(envelopeOf(payload))),
      (compiled, payload) => engineDelivers(compiled, 'MessageBody', published(envelopeOf(payload))),
    ],
  },
  'policy over attributes': {
    kind: 'attributes',
    compile: (filter) => topicPolicy({ names: [name], filter }, 'attributes').policy,
    judges: [
      (compiled, payload, message) => snsDelivers(plain(compiled), 'MessageAttributes', published(payload, message)),
      (compiled, payload, message) => engineDelivers(compiled, 'MessageAttributes', published(payload, message)),
    ],
  },
  'mapping filter': {
    kind: 'mapping',
    compile: mappingFilter,
    judges: [
      (compiled, payload) => mappingTakes(plain(compiled), JSON.stringify(payload)),
      (compiled, payload) => engineTakes(compiled, JSON.stringify(payload)),
    ],
  },
};

function matches(pattern: EventPattern, event: unknown): boolean {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(JSON.stringify([pattern, compiled.errors]));
  return matchesPattern(compiled.pattern, event);
}

const plain = (compiled: EventPattern | null) => compiled as JsonRecord | null;

interface Published {
  readonly body: string;
  readonly attributes: Readonly<Record<string, PublishedAttribute>>;
}

/** As a publisher sends it. */
function published(payload: Payload, message?: MessageType): Published {
  const headers = (message?.headers ?? []).map((header) => ({ ...header, required: false }));
  const destination = { transport: toTopic, environmentVariable: 'TOPIC' } as const;
  const event = {
    name,
    source,
    validate: (value: unknown): value is unknown => value !== undefined,
    destination,
    headers,
  };
  const attributes = attributesOf({ event, payload, options: {} }, 'id', new Date(0));
  return { body: JSON.stringify(payload), attributes };
}

/** Policies too large are what limits are for. */
function engineDelivers(
  policy: EventPattern | null,
  scope: FilterPolicyScope,
  { body, attributes }: Published,
): boolean {
  if (policy === null) return true;
  const compiled = compileFilterPolicy(policy, scope);
  if (!compiled.ok) return snsDelivers(plain(policy), scope, { body, attributes });
  const values = Object.entries(attributes).map(
    ([key, { DataType, StringValue }]) => [key, { dataType: DataType, stringValue: StringValue ?? null }] as const,
  );
  return matchesFilterPolicy(compiled.policy, { body, attributes: new Map(values) });
}

function engineTakes(filter: EventPattern | null, body: string): boolean {
  if (filter === null) return true;
  const compiled = compileMappingFilter(filter);
  if (!compiled.ok) throw new Error(JSON.stringify([filter, compiled.errors]));
  return matchesMappingFilter(compiled.filter, { body });
}

function messageOf({ schema, headers }: PayloadCase): MessageType {
  const fields = headerFields(headers, schema);
  return { name, payload: schema, headers: fields } as unknown as MessageType;
}

/** The operator of one alternative: `anything-but/suffix` and so on. */
function operatorOf(value: JsonValue): string {
  if (typeof value === 'string') return /^\d+(\.\d+){3}$/.test(value) ? 'address' : 'string';
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const [[operator, operand] = ['', null]] = Object.entries(value);
  const inner = typeof operand === 'object' && operand !== null && !Array.isArray(operand);
  return inner ? `${operator}/${Object.keys(operand)[0]}` : operator;
}

/** What became of the alternatives with one operator. */
interface Count {
  said: number;
  rewritten: number;
  refused: number;
}

/** Runs random cases along a route; counts what became of each operator. */
function judgeRoute({ kind, compile, judges }: Route): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  fc.assert(
    fc.property(payloadCases, kind === 'attributes' ? flatFilters : filters, (payloadCase, written) => {
      // As filters are read: where a path is named twice, the order of keys matters.
      const filter = sortedKeys(written);
      const message = messageOf(payloadCase);
      if (kind === 'attributes' && !isFlatOver(filter, message)) return;
      const facts = factsOf([message]);
      const said = sayFilter(filter, kind, facts);
      note(counts, filter, kind, facts);
      const compiled = compile(said.filter);
      for (const payload of payloadCase.payloads) {
        const wanted = matches(filter, payload);
        const verdicts = judges.map((judge) => judge(compiled, payload, message));
        const context = () => JSON.stringify({ filter, compiled, payload, schema: payloadCase.schema });
        if (said.faults.length === 0) expect(verdicts, context()).toEqual(judges.map(() => wanted));
        else if (wanted) expect(verdicts, context()).toEqual(judges.map(() => true));
      }
    }),
    { numRuns: runs },
  );
  return counts;
}

/** Fields without a header are refused by a check. */
function isFlatOver(filter: EventPattern, message: MessageType): boolean {
  return Object.entries(filter).every(([key, value]) => {
    if (key === '$or') return (value as readonly EventPattern[]).every((branch) => isFlatOver(branch, message));
    return message.headers.some((header) => header.name === key && header.inPayload);
  });
}

/** Counts what became of each alternative by itself. */
function note(counts: Map<string, Count>, filter: EventPattern, kind: TargetKind, facts: PayloadFacts): void {
  for (const leaf of leavesOf(readTree(filter, kind !== 'attributes'))) {
    for (const alternative of leaf.alternatives) {
      const operator = operatorOf(alternative.value);
      const count = counts.get(operator) ?? { said: 0, rewritten: 0, refused: 0 };
      counts.set(operator, count);
      const alone = { ...leaf, alternatives: [alternative] };
      const said =
        kind === 'attributes'
          ? sayAttribute(alone, targets[kind], facts.attribute(leaf.path[0] ?? ''))
          : sayLeaf(alone, targets[kind], facts.field(leaf.path));
      if (said.objections.length > 0) count.refused++;
      else if (JSON.stringify(said.alternatives) === JSON.stringify([alternative.value])) count.said++;
      else count.rewritten++;
    }
  }
}

/** Operators that each kind of target lacks, or takes for something else. */
const rewritten: Readonly<Record<TargetKind, readonly string[]>> = {
  rule: ['numeric'],
  body: [
    ...['wildcard', 'prefix/equals-ignore-case', 'suffix/equals-ignore-case', 'exactly', 'address', 'exists'],
    ...['anything-but/suffix', 'anything-but/wildcard', 'anything-but/equals-ignore-case', 'anything-but/prefix'],
    ...['numeric', 'prefix'],
  ],
  attributes: [
    ...['wildcard', 'prefix/equals-ignore-case', 'suffix/equals-ignore-case', 'exactly', 'boolean', 'null', 'exists'],
    ...['anything-but', 'anything-but/suffix', 'anything-but/wildcard', 'anything-but/equals-ignore-case'],
    ...['numeric', 'string', 'number'],
  ],
  mapping: [
    ...['wildcard', 'prefix/equals-ignore-case', 'suffix/equals-ignore-case', 'exactly', 'address', 'cidr'],
    ...['anything-but/suffix', 'anything-but/wildcard', 'anything-but/equals-ignore-case', 'anything-but/prefix'],
  ],
};

describe('a filter lets through the same', () => {
  it.each(Object.entries(routes))('as a %s', (label, route) => {
    const counts = judgeRoute(route);
    if (process.env.EVENTLOOM_COUNTS) console.log(label, Object.fromEntries(counts));
    const rare = rewritten[route.kind].filter((operator) => (counts.get(operator)?.rewritten ?? 0) < 5);
    expect(rare).toEqual([]);
  });
});
