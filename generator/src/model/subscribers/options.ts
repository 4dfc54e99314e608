import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { DeliveryOption, DeliveryOptions, ReceiveDeclaration } from '../declarations.ts';
import { listOf, quote } from '../wording.ts';

/** What the delivery of a subscriber is made of. */
export interface DeliverySource {
  /** Those of its type, each with a value of its shape. */
  readonly options: DeliveryOptions;
  /** At least one. */
  readonly operations: readonly ReceiveDeclaration[];
  /** Where its type is written. */
  readonly origin: Origin;
  readonly problems: Diagnostic[];
}

/** The value of an option; null when it is not given, or was reported. The table of options has judged its shape. */
export function given<T>({ options }: DeliverySource, field: string): T | null {
  return (options.get(field)?.value as T | undefined) ?? null;
}

/** The value of an option that must be there; where it is not, that is reported and `fallback` stands in. */
export function required<T>(source: DeliverySource, field: string, fallback: T, help: string): T {
  const value = given<T>(source, field);
  if (value === null && !isWritten(source, field)) {
    const type = source.options.get('type')?.value;
    const message = `\`x-delivery\` of type \`${String(type)}\` has no ${quote(field)}.`;
    source.problems.push(report('delivery-option-missing', source.origin, message, help));
  }
  return value ?? fallback;
}

/** Reports options that have no meaning beside another one. */
export function refuseBeside(
  { options, problems }: DeliverySource,
  fields: readonly string[],
  why: string,
  help: string,
): void {
  for (const [field, { origin }] of pick(options, fields)) {
    problems.push(report('delivery-option', origin, `${quote(field)} has no meaning ${why}.`, help));
  }
}

/** As messages list what belongs to a choice. */
export function optionsOf(what: string, fields: readonly string[]): string {
  return `Options of ${what} are ${listOf(fields)}.`;
}

function pick(options: DeliveryOptions, fields: readonly string[]): readonly (readonly [string, DeliveryOption])[] {
  return [...options].filter(([field]) => fields.includes(field));
}

/** Tells whether an option stands in the spec: one with a wrong value was reported where it was read. */
export function isWritten({ operations }: DeliverySource, field: string): boolean {
  return operations.some(({ node }) => node.get('x-delivery')?.get(field) !== undefined);
}
