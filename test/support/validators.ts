import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { validatorEmitter } from '../../generator/src/emit/validator/emit-validator.ts';
import type { JsonSchema } from '../../generator/src/model/event-model.ts';
import * as shared from '../../runtime/src/validation/index.ts';

const emitValidator = validatorEmitter();

/** A validator as Ajv makes them. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly unknown[] | null;
}

/** Runs the code of the validator of a schema, with the shared parts from the runtime. */
export function runEmitted(payload: JsonSchema): Validate {
  const code = emitValidator({ typeName: 'Thing', payload });
  const [, names = ''] = /^import \{ (.*) \} from '@eventloom\/runtime\/validation';/.exec(code) ?? [];
  const body = code.replace(/^import .*\n/, '').replace('export function', 'function');
  return new Function(
    'shared',
    `${names === '' ? '' : `const { ${names} } = shared;`}\n${body}\nreturn validateThing;`,
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
    inlineRefs: 4,
    messages: false,
  });
  addFormats.default(ajv);
  return ajv.compile(payload) as Validate;
}
