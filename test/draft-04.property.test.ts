import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDraft04 } from '../generator/src/aws/draft-04/to-draft-04.ts';
import type { JsonSchema } from '../generator/src/model/event-model.ts';
import { bodyModel } from '../generator/src/model/ingress/body.ts';
import { findEndless } from '../generator/src/model/schema/endless.ts';
import { runDraft04 } from './support/draft-04.ts';
import { bundles, payloadOf, values } from './support/schemas.ts';
import { runAjv } from './support/validators.ts';

const folder = new URL('json-schema-test-suite/draft7/', import.meta.url);
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.json'))
  .sort();

interface Case {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly tests: readonly { readonly description: string; readonly data: unknown }[];
}

describe('a schema in draft-04', () => {
  it('accepts every value of the JSON Schema Test Suite that the schema accepts, and only those when nothing is lost, but in how many days a month has', async () => {
    let accepted = 0;
    let refused = 0;
    const wrong: string[] = [];
    const more: string[] = [];
    for (const file of files) {
      for (const one of JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly Case[]) {
        const { payload } = await payloadOf(one.schema);
        const { schema, lost } = toDraft04(payload, 'validator');
        const in07 = runAjv(payload);
        const in04 = runDraft04(schema);
        for (const { description, data } of one.tests) {
          const name = `${file}: ${one.description}: ${description}`;
          if (in07(data)) {
            accepted += 1;
            wrong.push(...(in04(data) ? [] : [name]));
          } else if (lost.length === 0) {
            refused += 1;
            more.push(...(in04(data) ? [name] : []));
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect({ accepted: accepted > 800, refused: refused > 500 }).toEqual({ accepted: true, refused: true });
    const other = more.filter((name) => !/^optional\/format\/(?:date|time|date-time)\.json/.test(name));
    expect(other).toEqual([
      'optional/float-overflow.json: all integers are multiples of 0.5, if overflow is handled: valid if optional overflow handling is implemented',
      'properties.json: properties whose names are Javascript object property names: none of the properties mentioned',
      'properties.json: properties whose names are Javascript object property names: __proto__ not valid',
    ]);
  });

  it('accepts what a random schema accepts, and no more when nothing is lost', () => {
    const counts = { accepted: 0, refused: 0, whole: 0 };
    fc.assert(
      fc.property(bundles, fc.array(values, { minLength: 30, maxLength: 30 }), (bundle, samples) => {
        const payload = bundle as JsonSchema;
        fc.pre(findEndless(payload).length === 0);
        const { schema, lost } = toDraft04(payload, 'validator');
        const in07 = runAjv(payload);
        const in04 = runDraft04(schema);
        if (lost.length === 0) counts.whole += 1;
        for (const value of samples) {
          const isAccepted = in07(value);
          counts[isAccepted ? 'accepted' : 'refused'] += 1;
          if (isAccepted || lost.length === 0) expect([value, in04(value)]).toEqual([value, isAccepted]);
        }
      }),
      { numRuns: 600 },
    );
    expect(counts.whole).toBeGreaterThan(300);
    expect(counts.accepted).toBeGreaterThan(3_000);
    expect(counts.refused).toBeGreaterThan(3_000);
  });

  it('of a body accepts every valid payload without the fields that come from elsewhere', () => {
    let stripped = 0;
    const fields = { given: ['kind'], optional: ['a'] };
    fc.assert(
      fc.property(bundles, fc.array(values, { minLength: 30, maxLength: 30 }), (bundle, samples) => {
        const payload = bundle as JsonSchema;
        fc.pre(findEndless(payload).length === 0);
        const body = runDraft04(bodyModel(payload, fields, true).schema);
        const in07 = runAjv(payload);
        for (const value of samples) {
          if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
          const { kind, a, ...rest } = { kind: 'x', ...value } as Readonly<Record<string, unknown>>;
          const written = in07({ kind, a, ...rest }) && a !== undefined;
          const filled = in07({ kind, a: 'request', ...rest });
          if (written || filled) stripped += 1;
          if (written) expect([value, body({ a, ...rest }), body({ a, kind, ...rest })]).toEqual([value, true, false]);
          if (filled) expect([rest, body(rest)]).toEqual([rest, true]);
        }
      }),
      { numRuns: 600 },
    );
    expect(stripped).toBeGreaterThan(500);
  });
});
