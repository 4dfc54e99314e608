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
    for (const { schemaPath } of emitted.errors ?? []) expect(namesRule(schema, schemaPath)).toBe(true);
  }
}

/** Tells whether a `schemaPath` leads to a rule of the schema, wherever references have led in between. */
function namesRule(schema: JsonSchema, path: string): boolean {
  let place: unknown = schema;
  for (const token of path.split('/').slice(1)) {
    if (token === 'false schema') return place === false;
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return false;
    place = (place as Readonly<Record<string, unknown>>)[key];
  }
  return true;
}
