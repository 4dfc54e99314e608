import { expect } from 'vitest';
import { validatorEmitter } from '../../generator/src/emit/validator/emit-validator.ts';
import type { JsonSchema } from '../../generator/src/model/event-model.ts';
import { comparable, runAjv, runEmitted } from './validators.ts';

const emitValidator = validatorEmitter();

/** Holds emitted code against Ajv at run time: verdict and errors. */
export function expectSame(schema: JsonSchema, samples: readonly unknown[]): void {
  const emitted = runEmitted(schema);
  const code = emitValidator({ typeName: 'Thing', payload: schema });
  expect(Buffer.from(code).toString()).toBe(code);
  const ajv = runAjv(schema);
  for (const value of samples) {
    expect([value, emitted(value), comparable(emitted.errors)]).toEqual([value, ajv(value), comparable(ajv.errors)]);
  }
}
