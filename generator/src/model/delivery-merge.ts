import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { DeliveryOption, DeliveryOptions, ReceiveDeclaration } from './declarations.ts';
import { deliveryDefaults } from './delivery-defaults.ts';
import { type DeliveryType, deliveryFields, deliveryTypes, typesWith } from './read/delivery-fields.ts';
import { shapeOf } from './read/delivery-options.ts';
import { wrongValue } from './read/fields.ts';
import { listOf, quote } from './wording.ts';

/** Returns the type of delivery that any of a consumer's operations names, else the default. */
export function deliveryTypeOf(operations: readonly ReceiveDeclaration[]): DeliveryType {
  const [named] = operations.flatMap(({ delivery }) => delivery.get('type') ?? []);
  return deliveryTypes.find((type) => type === named?.value) ?? deliveryDefaults.type;
}

/**
 * Puts together the options of all operations of a consumer. Two values of one option, and options of another type, are
 * reported; what is returned belongs to the type and has values that it can have.
 */
export function mergeOptions(
  operations: readonly ReceiveDeclaration[],
  type: DeliveryType,
  problems: Diagnostic[],
): DeliveryOptions {
  const merged = mergeAll(operations, problems);
  return new Map([...merged].filter(([field, option]) => field === 'type' || belongs(field, option, type, problems)));
}

/** Options may stand on any of a consumer's operations, each on one; the same value twice does no harm. */
function mergeAll(operations: readonly ReceiveDeclaration[], problems: Diagnostic[]): DeliveryOptions {
  const merged = new Map<string, DeliveryOption>();
  for (const { delivery, consumer } of operations) {
    for (const [field, option] of delivery) {
      const first = merged.get(field);
      if (first === undefined) merged.set(field, option);
      else if (shown(first) !== shown(option)) {
        const message = `Consumer ${quote(consumer)} has two values of \`x-delivery.${field}\`: ${shown(first)} and ${shown(option)}.`;
        const related = [{ message: 'the other value', origin: first.origin }];
        problems.push(
          report('two-values', option.origin, message, 'Keep one: it holds for the whole consumer.', related),
        );
      }
    }
  }
  return merged;
}

function belongs(field: string, option: DeliveryOption, type: DeliveryType, problems: Diagnostic[]): boolean {
  const shape = shapeOf(type, field);
  if (shape === undefined) {
    const message = `${quote(field)} is an option of delivery type ${listOf(typesWith(field))}; this consumer's is \`${type}\`.`;
    const help = `Options of \`${type}\` are ${listOf(Object.keys(deliveryFields[type]))}.`;
    problems.push(report('delivery-option', option.origin, message, help));
    return false;
  }
  // Where the type stands on another operation, an option was read as one of any type.
  const isRight = shape.parse(option.value) !== undefined;
  if (!isRight) problems.push(wrongValue(option.origin, `x-delivery.${field}`, option.value, shape));
  return isRight;
}

function shown({ value }: DeliveryOption): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
