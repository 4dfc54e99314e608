import { createHash } from 'node:crypto';
import type { EventType, HeaderField } from '../../../model/event-model.ts';
import type { TypeExpression } from '../../../model/type-expression.ts';
import { exactTime, placeholders } from './placeholders.ts';
import { own, valueAt } from './pointers.ts';

/** A message attribute; none is binary. */
export interface WireAttribute {
  readonly name: string;
  readonly dataType: 'String' | 'Number' | 'String.Array';
  readonly text: string;
}

/** The attributes that a publisher sends beside a payload, in its order: headers, then `type`, `id` and `time`. */
export function attributesOf(
  { name }: Pick<EventType, 'name'>,
  headers: readonly HeaderField[],
  payload: unknown,
): readonly WireAttribute[] {
  return [
    ...headers.flatMap((header) => headerAttribute(header, payload)),
    { name: 'type', dataType: 'String', text: name },
    { name: 'id', dataType: 'String', text: placeholders.eventId },
    { name: 'time', dataType: 'String', text: exactTime },
  ];
}

/** Filled from the payload; a header that the caller has to give has a placeholder, an optional one without a value is left out. */
function headerAttribute(header: HeaderField, payload: unknown): readonly WireAttribute[] {
  const { name, attributeType: dataType } = header;
  const found = own(payload, name);
  const isGiven = found !== undefined && found !== null && found !== '';
  if (!isGiven && !header.required) return [];
  const value = isGiven ? found : givenValue(header.type, dataType);
  return [{ name, dataType, text: typeof value === 'string' ? value : JSON.stringify(value) }];
}

function givenValue(type: TypeExpression, dataType: HeaderField['attributeType']): unknown {
  const literals = type.kind === 'union' ? type.members : [type];
  const literal = literals.find((one) => one.kind === 'literal' && one.value !== null && one.value !== '');
  if (literal?.kind === 'literal') return literal.value;
  return { String: 'given by the caller', Number: 1, 'String.Array': ['given by the caller'] }[dataType];
}

/** The message group of an event: what the pointer of `x-ordering` or `x-fairness` leads to; null without one. */
export function groupOf({ ordering, fairness }: EventType, payload: unknown): string | null {
  const pointer = ordering ?? fairness ?? null;
  const value = pointer === null ? undefined : valueAt(payload, pointer.key);
  return value === undefined || value === null || typeof value === 'object' || value === '' ? null : String(value);
}

/** The digest that SQS gives of attributes: length and bytes of name, type and value, in the order of names. */
export function digestOf(attributes: readonly WireAttribute[]): string {
  const hash = createHash('md5');
  const add = (text: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    hash.update(length).update(text);
  };
  for (const { name, dataType, text } of [...attributes].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    add(name);
    add(dataType);
    hash.update(Buffer.from([1]));
    add(text);
  }
  return hash.digest('hex');
}
