import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { pointerTokens } from '../pointer.ts';
import { didYouMean, listOf, quote } from '../wording.ts';

/** What a field may hold: in words, and as a function that returns undefined for anything else. */
export interface FieldShape<T> {
  /** Completes the sentence "It must be …". */
  readonly expected: string;
  /** The values allowed, when they can be listed: they are suggested. */
  readonly values?: readonly string[];
  parse(value: unknown): T | undefined;
}

/** The fields of an extension's object. */
export type Shapes = { readonly [field: string]: FieldShape<unknown> };

/** What was read: only fields that are given and right. */
export type FieldsOf<S extends Shapes> = { readonly [K in keyof S]?: S[K] extends FieldShape<infer T> ? T : never };

/** A whole number in a range. */
export function integerBetween(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): FieldShape<number> {
  const bounded = maximum < Number.MAX_SAFE_INTEGER;
  return {
    expected: bounded ? `a whole number from ${minimum} to ${maximum}` : `a whole number of at least ${minimum}`,
    parse: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum ? value : undefined,
  };
}

/** One of some words. */
export function choice<const V extends string>(values: readonly V[]): FieldShape<V> {
  return {
    expected: values.length === 1 ? quote(values[0] ?? '') : `one of ${listOf(values)}`,
    values,
    parse: (value) => values.find((allowed) => allowed === value),
  };
}

/** A text that passes a test. */
export function textThat(expected: string, accepts: (text: string) => boolean): FieldShape<string> {
  return { expected, parse: (value) => (typeof value === 'string' && accepts(value) ? value : undefined) };
}

/** A JSON pointer to a value inside the payload. */
export const payloadPointer: FieldShape<string> = textThat(
  'a JSON pointer into the payload, such as `/orderId`',
  (text) => text !== '' && pointerTokens(text) !== null,
);

/** True or false. */
export const flag: FieldShape<boolean> = {
  expected: 'true or false',
  parse: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** Any JSON object, whose fields another call reads. */
export const anyObject: FieldShape<object> = {
  expected: 'an object',
  parse: (value) => (isObject(value) ? value : undefined),
};

/** Any list, whose elements another call reads. */
export const anyList: FieldShape<readonly unknown[]> = {
  expected: 'a list',
  parse: (value) => (Array.isArray(value) ? value : undefined),
};

/** A list whose elements all have one shape. */
export function listOfShape<T>(element: FieldShape<T>): FieldShape<readonly T[]> {
  return {
    expected: `a list, each element ${element.expected}`,
    parse: (value) => {
      if (!Array.isArray(value)) return undefined;
      const parsed = value.flatMap((item) => element.parse(item) ?? []);
      return parsed.length === value.length ? (parsed as T[]) : undefined;
    },
  };
}

/**
 * Reads the fields of an object of ours. An unknown field or a wrong value is an error at its key, and is left out.
 * @param subject how messages call the object: `x-delivery`.
 */
export function readFields<S extends Shapes>(
  node: SpecNode,
  subject: string,
  shapes: S,
  problems: Diagnostic[],
): FieldsOf<S> {
  const found: Record<string, unknown> = {};
  if (!isObject(node.value)) {
    problems.push(report('extension-value', node.origin, `${quote(subject)} must be an object.`, fieldsOf(shapes)));
    return found as FieldsOf<S>;
  }
  for (const [field, child] of node.entries()) {
    const shape = Object.hasOwn(shapes, field) ? shapes[field] : undefined;
    if (shape === undefined) problems.push(unknownField(node, subject, field, shapes));
    else {
      const value = shape.parse(child.value);
      if (value === undefined)
        problems.push(wrongValue(node.keyOrigin(field), `${subject}.${field}`, child.value, shape));
      else found[field] = value;
    }
  }
  return found as FieldsOf<S>;
}

/** Reads one extension of ours that holds a plain value; null when it is absent or wrong. */
export function readValue<T>(
  node: SpecNode,
  extension: string,
  shape: FieldShape<T>,
  problems: Diagnostic[],
): T | null {
  const child = node.get(extension);
  if (child === undefined) return null;
  const value = shape.parse(child.value);
  if (value !== undefined) return value;
  problems.push(wrongValue(node.keyOrigin(extension), extension, child.value, shape));
  return null;
}

/** Reads one field of an official binding; null when it is absent or wrong. Fields that are not asked for are left alone. */
export function readBindingField<T>(
  binding: { readonly node: SpecNode; readonly subject: string },
  field: string,
  shape: FieldShape<T>,
  problems: Diagnostic[],
): T | null {
  const child = binding.node.get(field);
  if (child === undefined) return null;
  const value = shape.parse(child.value);
  if (value !== undefined) return value;
  const origin = binding.node.keyOrigin(field);
  problems.push(wrongValue(origin, `${binding.subject}.${field}`, child.value, shape, 'binding-value'));
  return null;
}

/** Tells whether a JSON value is an object. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The diagnostic of a field that an object of ours does not have. */
export function unknownField(node: SpecNode, subject: string, field: string, shapes: Shapes): Diagnostic {
  const hint = didYouMean(field, Object.keys(shapes));
  const message = `${quote(subject)} has no field ${quote(field)}.`;
  return report('extension-field', node.keyOrigin(field), message, hint || fieldsOf(shapes));
}

/** The diagnostic of a value that its field cannot hold. */
export function wrongValue(
  origin: Origin,
  subject: string,
  value: unknown,
  shape: FieldShape<unknown>,
  code: 'extension-value' | 'binding-value' = 'extension-value',
): Diagnostic {
  const message = `${quote(subject)} is ${shown(value)}; it must be ${shape.expected}.`;
  const hint = typeof value === 'string' && shape.values !== undefined ? didYouMean(value, shape.values) : '';
  return report(code, origin, message, hint);
}

function fieldsOf(shapes: Shapes): string {
  return `Its fields are ${listOf(Object.keys(shapes))}.`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
