import type { HeaderField, MessageType } from '../../model/event-model.ts';
import type { TypeExpression } from '../../model/type-expression.ts';
import type { SchemaRow } from '../site-model.ts';
import { anchorOf, fieldTrail } from './anchors.ts';
import { literalUnion, plural } from './type-words.ts';

/** Describes the attributes that a message has on topics and queues: those that every one has, then its headers by name. */
export function headerRows({ headers }: MessageType): readonly SchemaRow[] {
  const own = new Set(headers.map(({ name }) => name));
  return [...always.filter(({ name }) => !own.has(name)), ...headers.map(headerRow)];
}

const always: readonly SchemaRow[] = [
  row('type', 'string', { description: 'Name of the event.', constraints: ['attribute of type String'] }),
  row('id', 'string', {
    description: 'Identifies the event; stays the same when the publisher tries again.',
    constraints: ['attribute of type String', 'format uuid'],
  }),
  row('time', 'string', {
    description: 'When the event was published.',
    constraints: ['attribute of type String', 'format date-time'],
  }),
];

function headerRow({ name, attributeType, type, required, inPayload }: HeaderField): SchemaRow {
  const filled = inPayload ? ["filled from the payload's field of the same name"] : [];
  return row(name, expressionWords(type), {
    description: null,
    constraints: [`attribute of type ${attributeType}`, ...filled],
    required,
  });
}

interface Told {
  readonly description: string | null;
  readonly constraints: readonly string[];
  /** Default: true. */
  readonly required?: boolean;
}

function row(name: string, type: string, { description, constraints, required = true }: Told): SchemaRow {
  return {
    anchor: anchorOf(fieldTrail('', name), 'header'),
    path: name,
    name,
    kind: 'field',
    type,
    required,
    deprecated: false,
    description,
    constraints,
    defaultValue: null,
    unit: null,
    examples: [],
    condition: null,
    sameAs: null,
    children: [],
  };
}

/** The types that headers have: plain values, listed ones, and lists of texts. */
function expressionWords(type: TypeExpression): string {
  switch (type.kind) {
    case 'literal':
      return literalUnion([type.value]);
    case 'union':
      return literalUnion(type.members.flatMap((member) => (member.kind === 'literal' ? [member.value] : [])));
    case 'array':
      return `list of ${plural(expressionWords(type.element))}`;
    case 'primitive':
      return type.name === 'unknown' ? 'any value' : type.name;
    default:
      return 'any value';
  }
}
