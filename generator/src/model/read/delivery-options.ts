import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { DeliveryOption, DeliveryOptions } from '../declarations.ts';
import { didYouMean, listOf, quote } from '../wording.ts';
import { type DeliveryType, deliveryFields, deliveryTypes, typesWith } from './delivery-fields.ts';
import { choice, type FieldShape, isObject, wrongValue } from './fields.ts';
import { isSecretWord, secretInSpec } from './secrets.ts';

const typeShape = choice(deliveryTypes);

/**
 * Reads the options of one operation's `x-delivery`. Which of them belong together is decided when operations are merged:
 * the type may stand on another operation of the consumer.
 */
export function readDeliveryOptions(operation: SpecNode, problems: Diagnostic[]): DeliveryOptions {
  const node = operation.get('x-delivery');
  if (node === undefined) return new Map();
  if (!isObject(node.value)) {
    const help = `Its \`type\` is one of ${listOf(deliveryTypes)}.`;
    problems.push(report('extension-value', node.origin, '`x-delivery` must be an object.', help));
    return new Map();
  }
  const type = readType(node, problems);
  const entries = node.entries().filter(([field]) => field !== 'type');
  const options = entries.flatMap(([field, child]) => readOption({ node, field, child, type }, problems) ?? []);
  // What stands beside a type that is none would only be called wrong a second time.
  if (type === null) return new Map();
  return new Map(type === undefined ? options : [['type', placed(node, 'type', type)] as const, ...options]);
}

/** The type; undefined when none is given, null when it is none. */
function readType(node: SpecNode, problems: Diagnostic[]): DeliveryType | undefined | null {
  const child = node.get('type');
  if (child === undefined) return undefined;
  const type = typeShape.parse(child.value);
  if (type === undefined) problems.push(wrongValue(node.keyOrigin('type'), 'x-delivery.type', child.value, typeShape));
  return type ?? null;
}

interface Given {
  readonly node: SpecNode;
  readonly field: string;
  readonly child: SpecNode;
  readonly type: DeliveryType | undefined | null;
}

function readOption(
  { node, field, child, type }: Given,
  problems: Diagnostic[],
): readonly (readonly [string, DeliveryOption])[] | null {
  const owners = typesWith(field);
  if (owners.length === 0) {
    if (type !== null) problems.push(unknownOption(node, field, type));
    return null;
  }
  // That an option is one of another type is told once all operations of the consumer are known.
  if (type === null || (type !== undefined && !owners.includes(type))) {
    return [[field, placed(node, field, child.value)]];
  }
  const shapes = (type === undefined ? owners : [type]).map((owner) => shapeOf(owner, field));
  const value = shapes.map((shape) => shape?.parse(child.value)).find((parsed) => parsed !== undefined);
  if (value !== undefined) return [[field, placed(node, field, value)]];
  const [shape] = shapes;
  if (shape !== undefined) problems.push(wrongValue(node.keyOrigin(field), `x-delivery.${field}`, child.value, shape));
  return null;
}

/** What an option of a type may hold; undefined when the type has no such option. */
export function shapeOf(type: DeliveryType, field: string): FieldShape<unknown> | undefined {
  const fields = deliveryFields[type];
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

function unknownOption(node: SpecNode, field: string, type: DeliveryType | undefined): Diagnostic {
  if (isSecretWord(field)) return secretInSpec(`x-delivery.${field}`, node.keyOrigin(field));
  const types = type === undefined ? deliveryTypes : [type];
  const known = ['type', ...new Set(types.flatMap((one) => Object.keys(deliveryFields[one])))];
  const everywhere = [...new Set(deliveryTypes.flatMap((one) => Object.keys(deliveryFields[one])))];
  const message = `\`x-delivery\` has no field ${quote(field)}.`;
  const listed = type === undefined ? '' : `Options of \`${type}\` are ${listOf(known)}.`;
  const help = didYouMean(field, known) || didYouMean(field, everywhere) || listed;
  return report('extension-field', node.keyOrigin(field), message, help);
}

function placed(node: SpecNode, field: string, value: unknown): DeliveryOption {
  return { value, origin: node.keyOrigin(field), node: node.get(field) ?? node };
}
