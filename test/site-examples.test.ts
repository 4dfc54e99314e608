import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../generator/src/load-model.ts';
import type { JsonSchema } from '../generator/src/model/event-model.ts';
import { findEndless } from '../generator/src/model/schema/endless.ts';
import { lookupIn } from '../generator/src/model/schema/in-place.ts';
import { eventExamples } from '../generator/src/site/examples/event-examples.ts';
import { largestPayload, smallestPayload } from '../generator/src/site/examples/sampled-payloads.ts';
import { repository } from './support/repository.ts';
import { payloadOf } from './support/schemas.ts';

const patterns = readdirSync(join(repository, 'examples/patterns'), { withFileTypes: true });
const specs = [
  'asyncapi.yaml',
  ...['bakery', 'clinic', 'hotel', 'library', 'museum'].map((name) => `test/${name}/asyncapi.yaml`),
  ...patterns.filter((entry) => entry.isDirectory()).map(({ name }) => `examples/patterns/${name}/asyncapi.yaml`),
];

function compile(schema: JsonSchema): (value: unknown) => boolean {
  const ajv = new Ajv({ strict: false, logger: false, meta: false, validateSchema: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

describe('examples of the specs of this repository', () => {
  it.each(specs)('are valid by Ajv, with a smallest and a largest for each message of %s', async (spec) => {
    const { model } = await loadModel({ spec: join(repository, spec) });
    const docs = new Map(model?.documentation.messages.map((entry) => [entry.message, entry]));
    for (const message of model?.catalog.messages ?? []) {
      const valid = compile(message.payload);
      const entry = docs.get(message.typeName);
      const examples = entry === undefined ? [] : eventExamples(message, entry);
      expect(examples.filter(({ payload }) => !valid(payload))).toEqual([]);
      expect(examples.length).toBeGreaterThan(0);
      expect(new Set(examples.map(({ json }) => json)).size).toBe(examples.length);
      for (const make of [smallestPayload, largestPayload]) {
        expect([message.name, make(message, lookupIn(message.payload))]).toEqual([
          message.name,
          { value: expect.anything() },
        ]);
      }
    }
  });
});

describe('made payloads of the JSON Schema Test Suite', () => {
  const folder = new URL('json-schema-test-suite/draft7/', import.meta.url);
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.json'))
    .sort();

  it('are valid by Ajv, and found for every schema for which the suite has a valid value', async () => {
    const missed: string[] = [];
    for (const file of files) {
      for (const { description, schema, tests } of casesOf(file)) {
        const { payload } = await payloadOf(schema);
        if (findEndless(payload).length > 0) continue;
        const valid = compile(payload);
        for (const make of [smallestPayload, largestPayload]) {
          const found = make({ payload, name: 'Thing' }, lookupIn(payload));
          if (found !== null) expect([file, description, found.value, valid(found.value)]).toContain(true);
          else if (tests.some(({ data }) => valid(data))) missed.push(`${file}: ${description}`);
        }
      }
    }
    expect([...new Set(missed)]).toEqual([]);
  });

  interface Case {
    readonly description: string;
    readonly schema: JsonSchema;
    readonly tests: readonly { readonly data: unknown }[];
  }

  function casesOf(file: string): readonly Case[] {
    return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly Case[];
  }
});
