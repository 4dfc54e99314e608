import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEndless } from '../../../../generator/src/model/schema/endless.ts';
import { instancesOf } from '../../../../test/support/instances.ts';
import { bundles, values } from '../../../../test/support/schemas.ts';
import { runAjv } from '../../../../test/support/validators.ts';
import { schemaCheck } from './check.ts';

test('the check says of every value what Ajv says', () => {
  let valid = 0;
  fc.assert(
    fc.property(bundles, values, fc.integer(), (schema, value, seed) => {
      const validate = compiled(schema);
      if (validate === undefined) return;
      const check = schemaCheck(schema);
      for (const one of [value, ...instancesOf(schema, seed, 12)]) {
        const broken = check(one);
        expect(broken.length === 0, JSON.stringify({ schema, one, broken })).toBe(validate(one));
        if (broken.length === 0) valid++;
        const told = new Set((validate.errors ?? []).map((error) => where(error as AjvError)));
        for (const { path, keyword } of broken) expect(told).toContain(`${path} ${keyword}`);
      }
    }),
    { numRuns: 1500 },
  );
  expect(valid).toBeGreaterThan(1000);
});

interface AjvError {
  readonly instancePath: string;
  readonly keyword: string;
}

const where = ({ instancePath, keyword }: AjvError): string => `${instancePath} ${keyword}`;

/** Some random schemas refer to each other without end, or are none that Ajv compiles. */
function compiled(schema: Readonly<Record<string, unknown>>): ReturnType<typeof runAjv> | undefined {
  try {
    return findEndless(schema).length > 0 ? undefined : runAjv(schema);
  } catch {
    return undefined;
  }
}
