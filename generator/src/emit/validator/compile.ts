import { createRequire } from 'node:module';
import type { Ajv, Format } from 'ajv';
import type { JsonSchema } from '../../model/event-model.ts';

const require = createRequire(import.meta.url);

/** Standalone code, and the formats that are regular expressions. */
export interface StandaloneCode {
  readonly code: string;
  readonly expressions: ReadonlySet<string>;
}

/** Compiles a self-contained schema. */
export type StandaloneCompiler = (schema: JsonSchema) => StandaloneCode;

/**
 * Starts a compiler of schemas with Ajv, which is loaded now.
 *
 * One Ajv serves many schemas, since making one costs more than compiling a small schema. Each schema gets a scope of
 * its own, so that names in its code depend on nothing but itself.
 */
export function standaloneCompiler(): StandaloneCompiler {
  const { Ajv, _ } = require('ajv') as typeof import('ajv');
  const { ValueScope } =
    require('ajv/dist/compile/codegen/scope') as typeof import('ajv/dist/compile/codegen/scope.js');
  const addFormats = require('ajv-formats') as typeof import('ajv-formats');
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
      // What this would leave out, `tidyLines` does in a fraction of the time.
      optimize: false,
      formats: _`formats`,
      process: () => 'return () => true',
    },
  });
  // The keywords that compare formats, and of the formats only those that are used.
  addFormats.default(ajv, { formats: [], keywords: true });
  const scopeOptions = ajv.scope.opts;
  return (schema) => {
    const expressions = addUsedFormats(ajv, schema);
    Object.assign(ajv, { scope: new ValueScope({ ...scopeOptions, scope: {} }) });
    const code = standaloneCode(ajv, ajv.compile(schema));
    ajv.removeSchema();
    return { code, expressions };
  };
}

/** Adds the formats that a schema names, and returns those that are regular expressions. */
function addUsedFormats(ajv: Ajv, schema: JsonSchema): ReadonlySet<string> {
  const { fullFormats } = require('ajv-formats/dist/formats') as typeof import('ajv-formats/dist/formats.js');
  const expressions = new Set<string>();
  for (const name of formatsIn(schema)) {
    const format = Object.hasOwn(fullFormats, name) ? fullFormats[name as keyof typeof fullFormats] : undefined;
    if (format instanceof RegExp) expressions.add(name);
    if (format !== undefined) ajv.addFormat(name, format instanceof RegExp ? byReference(format) : format);
  }
  return expressions;
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
