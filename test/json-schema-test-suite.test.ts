import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../generator/src/model/event-model.ts';
import { payloadOf } from './support/schemas.ts';
import { comparable, runAjv, runEmitted, type Validate } from './support/validators.ts';

interface Case {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

const folder = new URL('json-schema-test-suite/draft7/', import.meta.url);
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.json'))
  .sort();

const casesOf = (file: string): readonly Case[] =>
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly Case[];

/** Ajv with the schema as it is written; null when it refuses it. */
function ajvOf(schema: JsonSchema): Validate | null {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false });
  addFormats.default(ajv);
  try {
    return ajv.compile(schema) as Validate;
  } catch {
    return null;
  }
}

/** A spec reaches nothing in the network: schemas that need to are not for us. Ajv knows one of them, the metaschema. */
const isRemote = (schema: JsonSchema): boolean => /"\$ref":"http:\/\/json-schema\.org/.test(JSON.stringify(schema));

const named = (file: string, { description }: Case, test: Case['tests'][number]): string =>
  `${file}: ${description}: ${test.description}`;

describe('a generated validator on the JSON Schema Test Suite', () => {
  const left: string[] = [];
  const unlike: string[] = [];
  let compared = 0;

  it.each(files)('has the verdict of Ajv on every test of %s, and its errors', async (file) => {
    for (const one of casesOf(file)) {
      const ajv = isRemote(one.schema) ? null : ajvOf(one.schema);
      const { payload } = await payloadOf(one.schema);
      const emitted = runEmitted(payload);
      if (ajv === null) left.push(`${file}: ${one.description}`);
      const ajvOfPayload = runAjv(payload);
      for (const test of one.tests) {
        const verdict = emitted(test.data);
        expect([named(file, one, test), verdict]).toEqual([named(file, one, test), (ajv ?? ajvOfPayload)(test.data)]);
        ajvOfPayload(test.data);
        expect(comparable(emitted.errors)).toEqual(comparable(ajvOfPayload.errors));
        if (ajv === null) continue;
        compared += 1;
        if (verdict !== test.valid && !file.startsWith('optional')) unlike.push(named(file, one, test));
      }
    }
  });

  it('leaves no test out but those of schemas in the network, or that Ajv refuses', () => {
    expect(compared).toBe(1_689);
    expect(left.filter((name) => !name.startsWith('refRemote.json'))).toEqual([
      'definitions.json: validate definition against metaschema',
      'optional/cross-draft.json: refs to future drafts are processed as future drafts',
      'optional/unknownKeyword.json: $id inside an unknown keyword is not a real identifier',
      'ref.json: remote ref, containing refs itself',
    ]);
  });

  it('differs from the suite where Ajv does: names of every object, and what stands beside $ref', () => {
    expect(unlike).toEqual([
      'properties.json: properties whose names are Javascript object property names: none of the properties mentioned',
      'ref.json: ref overrides any sibling keywords: ref valid, maxItems ignored',
      'ref.json: $ref prevents a sibling $id from changing the base uri: $ref resolves to /definitions/base_foo, data does not validate',
      'ref.json: $ref prevents a sibling $id from changing the base uri: $ref resolves to /definitions/base_foo, data validates',
      'required.json: required properties whose names are Javascript object property names: none of the properties mentioned',
      'required.json: required properties whose names are Javascript object property names: __proto__ present',
      'required.json: required properties whose names are Javascript object property names: toString present',
      'required.json: required properties whose names are Javascript object property names: constructor present',
    ]);
  });
});
