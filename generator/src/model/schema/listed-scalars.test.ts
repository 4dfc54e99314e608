import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../event-model.ts';
import { lookupIn } from './in-place.ts';
import { listedScalars } from './listed-scalars.ts';

function listed(schema: JsonSchema): unknown {
  return listedScalars(schema, lookupIn(schema));
}

describe('listedScalars', () => {
  it.each<[JsonSchema, unknown]>([
    [{ enum: ['eu', 'us', 'eu'] }, ['eu', 'us']],
    [{ const: null }, [null]],
    [{ type: 'boolean' }, [true, false]],
    [{ type: ['boolean', 'null'] }, [true, false, null]],
    [{ type: 'string', enum: ['eu', 3] }, ['eu']],
    [{ type: 'string', enum: ['eu', ['us']] }, ['eu']],
    [{ enum: ['eu', 'us', 'ru'], not: { const: 'ru' } }, ['eu', 'us']],
    [{ oneOf: [{ const: 1 }, { enum: [2, 3] }] }, [1, 2, 3]],
    [{ oneOf: [{ enum: [1, 2] }, { enum: [2, 3] }] }, [1, 3]],
    [{ allOf: [{ type: 'string' }, { enum: ['a', 'b'] }], minLength: 1 }, ['a', 'b']],
    [{ $ref: '#/definitions/m', definitions: { m: { enum: ['a', 'b'] } } }, ['a', 'b']],
    [false, []],
    [{ not: {} }, []],
  ])('lists all that %j accepts', (schema, values) => {
    expect(listed(schema)).toEqual(values);
  });

  it.each<[JsonSchema]>([
    [true],
    [{}],
    [{ type: 'string' }],
    [{ type: 'integer', minimum: 1, maximum: 2 }],
    [{ enum: ['a', ['b']] }],
    [{ enum: [{ a: 1 }] }],
    [{ anyOf: [{ const: 1 }, { type: 'string' }] }],
  ])('lists nothing of %j', (schema) => {
    expect(listed(schema)).toBeNull();
  });
});
