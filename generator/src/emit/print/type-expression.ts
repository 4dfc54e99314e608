import type { PropertyType, TypeExpression } from '../../model/type-expression.ts';
import { docComment } from './doc-comment.ts';
import { identifier } from './identifier.ts';
import { literal, templateLiteral } from './literal.ts';
import { propertyKey } from './property-key.ts';
import { lineWidth } from './text.ts';

export interface TypeOptions {
  /** White space before the line that the type starts on. None by default. */
  readonly indent?: string;
  /** Columns already taken on that line, beyond the indentation. Room for a declaration's start by default. */
  readonly column?: number;
}

/**
 * Spells a type as TypeScript. Objects are readonly, and optional properties also take `undefined`, so that what is
 * absent may be written as such under `exactOptionalPropertyTypes`.
 *
 * A union too long for one line starts with a line break, one member a line.
 */
export function printType(type: TypeExpression, options: TypeOptions = {}): string {
  const { indent = '', column = 40 } = options;
  const flat = printFlat(type);
  if (flat !== null && indent.length + column + flat.length < lineWidth) return flat;
  return printTall(type, indent);
}

type ObjectType = Extract<TypeExpression, { kind: 'object' }>;
type TupleType = Extract<TypeExpression, { kind: 'tuple' }>;

/** Where a type stands decides which types need parentheses there. */
type Place = 'top' | 'member' | 'operand' | 'element';

const grouped: Readonly<Record<Place, readonly TypeExpression['kind'][]>> = {
  top: [],
  member: ['intersection'],
  operand: ['union'],
  element: ['union', 'intersection', 'array', 'tuple'],
};

/** On several lines, where the type has parts that can stand on lines of their own. */
function printTall(type: TypeExpression, indent: string): string {
  const group = (part: TypeExpression, place: Place): string =>
    parenthesise(part, place, printType(part, { indent, column: 0 }));
  switch (type.kind) {
    case 'object':
      return tallObject(type, indent);
    case 'union':
      return type.members.map((member) => `\n${indent}  | ${tallMember(member, `${indent}    `)}`).join('');
    case 'intersection':
      return type.members.map((member) => tallOperand(member, indent)).join(' & ');
    case 'array':
      return `readonly ${group(type.element, 'element')}[]`;
    case 'tuple':
      return `readonly [${tupleElements(type, group)}]`;
    default:
      return printAtom(type);
  }
}

function tallMember(member: TypeExpression, indent: string): string {
  return parenthesise(member, 'member', printType(member, { indent, column: 2 }).trimStart());
}

/** Parts of an intersection that stand on several lines do so however short each is. */
function tallOperand(part: TypeExpression, indent: string): string {
  const isUnion = part.kind === 'union' && part.members.length > 1;
  return isUnion ? `(${printTall(part, indent)}\n${indent})` : printTall(part, indent);
}

/** On one line; null when comments need lines of their own, or an object reads better on several. */
function printFlat(type: TypeExpression): string | null {
  const parts = partsOf(type).map(printFlat);
  if (parts.includes(null)) return null;
  const group = (part: TypeExpression, place: Place): string => parenthesise(part, place, printFlat(part) ?? '');
  switch (type.kind) {
    case 'object':
      return flatObject(type);
    case 'union':
      return type.members.map((member) => group(member, 'member')).join(' | ') || 'never';
    case 'intersection':
      return type.members.map((member) => group(member, 'operand')).join(' & ') || 'unknown';
    case 'array':
      return `readonly ${group(type.element, 'element')}[]`;
    case 'tuple':
      return `readonly [${tupleElements(type, group)}]`;
    default:
      return printAtom(type);
  }
}

function printAtom(
  type: Extract<TypeExpression, { kind: 'primitive' | 'literal' | 'template' | 'reference' }>,
): string {
  switch (type.kind) {
    case 'primitive':
      return type.name;
    case 'literal':
      return literal(type.value);
    case 'template':
      return templateLiteral(type.texts);
    case 'reference':
      return identifier(type.name);
    default:
      return type satisfies never;
  }
}

function partsOf(type: TypeExpression): readonly TypeExpression[] {
  switch (type.kind) {
    case 'union':
    case 'intersection':
      return type.members;
    case 'array':
      return [type.element];
    case 'tuple':
      return type.rest === null ? type.elements : [...type.elements, type.rest];
    default:
      return [];
  }
}

/** A union or an intersection of one part is that part, and needs no parentheses of its own. */
function parenthesise(part: TypeExpression, place: Place, text: string): string {
  const single = (part.kind === 'union' || part.kind === 'intersection') && part.members.length < 2;
  const [only] = single ? part.members : [part];
  if (only === undefined || !grouped[place].includes(only.kind)) return text;
  return `(${text})`;
}

function tupleElements(type: TupleType, group: (part: TypeExpression, place: Place) => string): string {
  const elements = type.elements.map((element, index) =>
    index < type.required ? group(element, 'top').trimStart() : `${group(element, 'element')}?`,
  );
  const rest = type.rest === null ? [] : [`...${group(type.rest, 'element')}[]`];
  return [...elements, ...rest].join(', ');
}

function flatObject({ properties, index }: ObjectType): string | null {
  const members = properties.map((property) => {
    const text = docComment(property.doc) === '' ? printFlat(valueType(property)) : null;
    return text === null ? null : `${propertyStart(property)} ${text}`;
  });
  const value = index === null ? undefined : printFlat(index);
  const all = value === undefined ? members : [...members, value === null ? null : `${indexStart} ${value}`];
  if (all.includes(null) || all.length > 2) return null;
  return all.length === 0 ? '{}' : `{ ${all.join('; ')} }`;
}

function tallObject({ properties, index }: ObjectType, indent: string): string {
  const inner = `${indent}  `;
  const members = properties.map((property) => {
    const comment = docComment(property.doc, { indent: inner });
    const member = memberLine(propertyStart(property), valueType(property), inner);
    return comment === '' ? member : `${comment}\n${member}`;
  });
  if (index !== null) members.push(memberLine(indexStart, index, inner));
  return `{\n${members.map((member) => `${member}\n`).join('')}${indent}}`;
}

function memberLine(start: string, type: TypeExpression, indent: string): string {
  const text = printType(type, { indent, column: start.length + 2 });
  return `${indent}${start}${text.startsWith('\n') ? '' : ' '}${text};`;
}

const indexStart = 'readonly [key: string]:';

function propertyStart({ name, required }: PropertyType): string {
  return `readonly ${propertyKey(name)}${required ? '' : '?'}:`;
}

function valueType({ type, required }: PropertyType): TypeExpression {
  if (required || (type.kind === 'primitive' && type.name === 'unknown')) return type;
  if (type.kind === 'primitive' && type.name === 'never') return absent;
  return { kind: 'union', members: type.kind === 'union' ? [...type.members, absent] : [type, absent] };
}

/** `undefined` is no type of JSON and has no expression; it stands only here, where a property may be missing. */
const absent: TypeExpression = { kind: 'reference', name: 'undefined' };
