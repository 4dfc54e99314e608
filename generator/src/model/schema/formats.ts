import { createRequire } from 'node:module';
import type { Format } from 'ajv';

const require = createRequire(import.meta.url);

/** All formats of ajv-formats in its full mode, by name. Loaded by the first call. */
export function knownFormats(): Readonly<Record<string, Format>> {
  const { fullFormats } = require('ajv-formats/dist/formats') as typeof import('ajv-formats/dist/formats.js');
  return fullFormats;
}

/** The format of a name, or undefined: Ajv ignores those it does not know. */
export function knownFormat(name: string): Format | undefined {
  const formats = knownFormats();
  return Object.hasOwn(formats, name) ? formats[name] : undefined;
}

/** Tells whether a value satisfies a format, which says nothing about values of another type. */
export function satisfiesFormat(format: Format, value: unknown): boolean {
  if (typeof format === 'boolean' || typeof format === 'string') return true;
  if (format instanceof RegExp) return typeof value !== 'string' || format.test(value);
  if (typeof format === 'function') return typeof value !== 'string' || format(value) === true;
  const { validate } = format;
  if (typeof value !== (format.type ?? 'string')) return true;
  if (typeof validate === 'function') return (validate as (value: unknown) => unknown)(value) === true;
  return validate instanceof RegExp ? validate.test(value as string) : true;
}

/** Compares two texts of a format that has an order: negative, zero, positive, or undefined when either is none of it. */
export function compareByFormat(
  format: Format | undefined,
): ((left: string, right: string) => number | undefined) | null {
  if (typeof format !== 'object' || format instanceof RegExp || !('compare' in format)) return null;
  const { compare } = format;
  return typeof compare === 'function' ? (compare as (left: string, right: string) => number | undefined) : null;
}
