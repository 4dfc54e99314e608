import { compilePattern, matchesPattern } from '@eventloom/engine';
import { expect, it } from 'vitest';
import { printType } from '../../generator/src/emit/print/type-expression.ts';
import { narrow } from '../../generator/src/model/schema/narrow/narrow.ts';
import { findViolation } from '../../generator/src/model/schema/violation.ts';
import { makeProject } from '../support/project.ts';
import { payloadOf } from '../support/schemas.ts';
import { narrowCases, narrowSchema } from './narrow-cases.ts';

it('cases are what the schema and the engine say', async () => {
  const { payload } = await payloadOf(narrowSchema);
  for (const { name, filter, fits, fails } of narrowCases) {
    const compiled = compilePattern(filter);
    const matches = (value: unknown): boolean => compiled.ok && matchesPattern(compiled.pattern, value);
    const values = [...fits, ...fails];
    expect([name, values.map((value) => findViolation(payload, payload, value))]).toEqual([
      name,
      values.map(() => null),
    ]);
    expect([name, values.map(matches)]).toEqual([name, [...fits.map(() => true), ...fails.map(() => false)]]);
  }
});

it.each(['typescript', 'typescript-5.9'] as const)(
  'a narrowed payload takes what passes the filter and refuses what does not, by the compiler of %s',
  async (version) => {
    const { payload, types } = await payloadOf(narrowSchema, {}, 'Payload');
    const cases = narrowCases.flatMap(({ name, filter, fits, fails }, index) => {
      const type = narrow({ types, payload }, [filter]);
      const values = [
        ...fits.map((value) => ['', value] as const),
        ...fails.map((value) => ['// @ts-expect-error\n', value] as const),
      ].map(
        ([start, value], at) => `${start}export const value${index}x${at}: Case${index} = ${JSON.stringify(value)};`,
      );
      return [`// ${name}`, `type Case${index} = ${type === null ? 'Payload' : printType(type)};`, ...values];
    });
    const source = [...types.map(({ name, type }) => `export type ${name} = ${printType(type)};`), ...cases];
    const project = makeProject();
    project.write({ 'narrow.ts': `${source.join('\n')}\n` });
    expect(project.tsc(version, ['narrow.ts']).stdout).toBe('');
  },
);
