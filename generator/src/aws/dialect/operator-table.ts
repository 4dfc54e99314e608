import type { JsonValue } from '@eventloom/engine';
import type { TargetKind } from './target.ts';

/**
 * How a target says a condition: as it is; by a rewrite that needs nothing; only where the schema lists the values (or
 * says what the note names), and otherwise not.
 */
export type Support = 'same' | 'rewritten' | 'listed';

/** One condition of the filter language in each dialect. */
export interface OperatorRow {
  readonly operator: string;
  readonly example: JsonValue;
  readonly support: Readonly<Record<TargetKind, Support>>;
  /** What is written instead, and what the schema must say for it. Markdown, without a full stop. */
  readonly note: string;
}

const everywhere = { rule: 'same', body: 'same', attributes: 'same', mapping: 'same' } as const;
const rewritten = { rule: 'same', body: 'rewritten', attributes: 'rewritten', mapping: 'rewritten' } as const;
const listed = { rule: 'same', body: 'listed', attributes: 'listed', mapping: 'listed' } as const;

/** Operator by dialect. A test holds each cell against what the compiler does. */
export const operatorTable: readonly OperatorRow[] = [
  row('text', 'eu', everywhere, ''),
  row('number', 5, everywhere, 'SNS: within ±10⁹ and five digits after the point'),
  row('`true`, `false`', true, { ...everywhere, attributes: 'rewritten' }, 'an attribute is the text `"true"`'),
  row(
    '`null`',
    null,
    { ...everywhere, attributes: 'listed' },
    'attributes of null are not sent: `exists: false`, if the field is required',
  ),
  row(
    'text like an IP address',
    '10.0.0.1',
    listed,
    'a rule compares addresses, others text; `format: ipv4` makes them the same',
  ),
  row('`prefix`', { prefix: 'eu' }, everywhere, ''),
  row('`prefix` in any case', { prefix: { 'equals-ignore-case': 'eu' } }, rewritten, 'each spelling, up to eight'),
  row('`suffix`', { suffix: 'eu' }, everywhere, ''),
  row('`suffix` in any case', { suffix: { 'equals-ignore-case': 'eu' } }, rewritten, 'each spelling, up to eight'),
  row('`equals-ignore-case`', { 'equals-ignore-case': 'eu' }, everywhere, ''),
  row('`wildcard`, one `*` at an end', { wildcard: 'eu*' }, rewritten, '`prefix` or `suffix`'),
  row('`wildcard`', { wildcard: 'e*u' }, listed, ''),
  row('`numeric`', { numeric: ['>', 0, '<=', 5] }, everywhere, ''),
  row(
    '`numeric` beyond ±10⁹',
    { numeric: ['<', 2_000_000_000] },
    { ...everywhere, body: 'listed', attributes: 'listed' },
    '`minimum` and `maximum` of the schema may make the comparison needless',
  ),
  row('`cidr`', { cidr: '10.0.0.0/24' }, { ...everywhere, mapping: 'listed' }, 'with `format: ipv4`, prefixes'),
  row(
    '`exists: true`',
    { exists: true },
    everywhere,
    'SNS wants a value; `null` and `""` are added where the schema allows them',
  ),
  row('`exists: false`', { exists: false }, everywhere, 'not for fields of the elements of a list'),
  row('`anything-but` values', { 'anything-but': ['eu', 'us'] }, everywhere, ''),
  row(
    '`anything-but` `prefix`',
    { 'anything-but': { prefix: 'eu' } },
    { ...everywhere, mapping: 'listed' },
    'SNS: one prefix',
  ),
  row('`anything-but` `suffix`', { 'anything-but': { suffix: 'eu' } }, listed, ''),
  row(
    '`anything-but` in any case',
    { 'anything-but': { 'equals-ignore-case': 'eu' } },
    rewritten,
    'each spelling, up to 64',
  ),
  row(
    '`anything-but` `wildcard`, one `*` at the end',
    { 'anything-but': { wildcard: 'eu*' } },
    { ...rewritten, mapping: 'listed' },
    '`anything-but` `prefix`',
  ),
  row('`anything-but` `wildcard`', { 'anything-but': { wildcard: 'e*u' } }, listed, ''),
];

function row(operator: string, example: JsonValue, support: OperatorRow['support'], note: string): OperatorRow {
  return { operator, example, support, note };
}

const words: Readonly<Record<Support, string>> = { same: 'yes', rewritten: 'rewritten', listed: 'listed values' };

/** The table as Markdown: operator by dialect. */
export function operatorTableMarkdown(): string {
  const head = ['operator', 'example', 'rule', 'SNS body', 'SNS attributes', 'mapping', 'how'];
  const rows = operatorTable.map(({ operator, example, support, note }) => [
    operator,
    `\`${JSON.stringify(example)}\``,
    ...[support.rule, support.body, support.attributes, support.mapping].map((cell) => words[cell]),
    note,
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
