import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { validatorEmitter } from '../../generator/src/emit/validator/emit-validator.ts';
import type { JsonSchema } from '../../generator/src/model/event-model.ts';
import * as shared from '../../runtime/src/validation/index.ts';
import type { ValidationError } from '../../runtime/src/validator.ts';

const emitValidator = validatorEmitter();

/** A validator as Ajv makes them. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}

/** Runs the code of the validator of a schema, with the shared parts from the runtime. */
export function runEmitted(payload: JsonSchema, emit = emitValidator): Validate {
  const code = emit({ typeName: 'Thing', payload });
  const [, names = ''] = /^import \{ (.*) \} from '@eventloom\/runtime\/validation';/.exec(code) ?? [];
  const body = code.replace(/^import .*\n/, '').replace('export const', 'const');
  return new Function(
    'shared',
    `'use strict';${names === '' ? '' : `const { ${names} } = shared;`}\n${body}\nreturn validateThing;`,
  )(shared);
}

/** Ajv at run time, with all formats, as the contract names it. */
export function runAjv(payload: JsonSchema): Validate {
  const ajv = new Ajv({
    strict: false,
    logger: false,
    meta: false,
    validateSchema: false,
    allErrors: true,
    inlineRefs: false,
    messages: false,
  });
  addFormats.default(ajv);
  return ajv.compile(payload) as Validate;
}

/** Errors as Ajv and we both tell them. Ajv tells more: paths in the schema, and names in what is below `propertyNames`. */
export function comparable(errors: Validate['errors']): readonly ValidationError[] | null {
  if (errors === null || errors === undefined) return null;
  return errors.map(({ instancePath, keyword, params }) => ({
    instancePath,
    keyword,
    params,
  }));
}
