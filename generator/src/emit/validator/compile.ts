import { createRequire } from 'node:module';
import type { Format } from 'ajv';
import type { JsonSchema } from '../../model/event-model.ts';

const require = createRequire(import.meta.url);

/** Standalone code, and the formats that are regular expressions. */
export interface StandaloneCode {
  readonly code: string;
  readonly expressions: ReadonlySet<string>;
}

/**
 * Compiles a self-contained schema with Ajv.
 *
 * One Ajv a schema: making it takes a fifth of a millisecond, and names in the code then depend on nothing but the
 * schema. Ajv is loaded by the first call.
 */
export function compileStandalone(schema: JsonSchema): StandaloneCode {
  const { Ajv, _ } = require('ajv') as typeof import('ajv');
  const addFormats = require('ajv-formats') as typeof import('ajv-formats');
  const { fullFormats } = require('ajv-formats/dist/formats') as typeof import('ajv-formats/dist/formats.js');
  const { default: standaloneCode } = require('ajv/dist/standalone') as typeof import('ajv/dist/standalone/index.js');
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    messages: false,
    meta: false,
    validateSchema: false,
    logger: false,
    inlineRefs: inlineLimit,
    loopRequired: 20,
    code: {
      source: true,
      esm: true,
      lines: true,
      optimize: 1,
      formats: _`formats`,
      process: () => 'return () => true',
    },
  });
  // The keywords that compare formats, and of the formats only those that are used.
  addFormats.default(ajv, { formats: [], keywords: true });
  const expressions = new Set<string>();
  for (const name of formatsIn(schema)) {
    const format = Object.hasOwn(fullFormats, name) ? fullFormats[name as keyof typeof fullFormats] : undefined;
    if (format instanceof RegExp) expressions.add(name);
    if (format !== undefined) ajv.addFormat(name, format instanceof RegExp ? byReference(format) : format);
  }
  return { code: standaloneCode(ajv, ajv.compile(schema)), expressions };
}

/** Every text that stands as a `format` somewhere in a schema; more than are formats does no harm. */
function formatsIn(schema: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'format' && typeof value === 'string') found.add(value);
    else formatsIn(value, found);
  }
  return found;
}

/** Keywords up to which a definition is repeated where it is used, since calling it is longer. */
const inlineLimit = 4;

/** Ajv writes a regular expression out, but leaves a function a reference, which can become an import. */
function byReference(expression: RegExp): Format {
  return (text: string) => expression.test(text);
}
