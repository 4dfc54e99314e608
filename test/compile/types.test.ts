import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printType } from '../../generator/src/emit/print/type-expression.ts';
import type { JsonSchema } from '../../generator/src/model/event-model.ts';
import { findEndless } from '../../generator/src/model/schema/endless.ts';
import { canonical } from '../../generator/src/model/schema/json.ts';
import { buildTypes } from '../../generator/src/model/schema/types/build-types.ts';
import { findViolation } from '../../generator/src/model/schema/violation.ts';
import { makeProject } from '../support/project.ts';
import { bundles, payloadOf } from '../support/schemas.ts';
import { typeCases } from './type-cases.ts';

const prefix = (index: number): string => `Case${index}`;

/** Every case as a module of its own kind: its types, then one constant a value. */
async function sourceOf(): Promise<string> {
  const parts = await Promise.all(
    typeCases.map(async ({ schema, fits, fails }, index) => {
      const { types } = await payloadOf(schema, {}, prefix(index));
      const aliases = types.map(({ name, type }) => `export type ${name} = ${printType(type)};`);
      const constants = [
        ...fits.map((value) => ['', value] as const),
        ...fails.map((value) => ['// @ts-expect-error\n', value] as const),
      ].map(
        ([start, value], at) =>
          `${start}export const value${index}x${at}: ${prefix(index)} = ${JSON.stringify(value)};`,
      );
      return [`// case ${index}`, ...aliases, ...constants].join('\n');
    }),
  );
  return `${parts.join('\n\n')}\n`;
}

describe('types of schemas', () => {
  it('agree with Ajv on every value of the table', async () => {
    const wrong = await Promise.all(
      typeCases.map(async ({ name, schema, fits, fails }) => {
        const { payload } = await payloadOf(schema);
        const accepted = [...fits, ...fails].map((value) => findViolation(payload, payload, value) === null);
        return JSON.stringify(accepted) === JSON.stringify([...fits.map(() => true), ...fails.map(() => false)])
          ? []
          : [name];
      }),
    );
    expect(wrong.flat()).toEqual([]);
  });

  it.each(['typescript', 'typescript-5.9'] as const)(
    'take what is valid and refuse what is not, by the compiler of %s',
    async (version) => {
      const source = await sourceOf();
      const project = makeProject();
      project.write({ 'cases.ts': source });
      const { stdout } = project.tsc(version, ['cases.ts']);
      const lines = source.split('\n');
      const failures = stdout.split('\n').flatMap((message) => {
        const [, line] = /cases\.ts\((\d+),/.exec(message) ?? [];
        if (line === undefined) return message === '' || message.startsWith(' ') ? [] : [message];
        const index = /Case(\d+)/.exec(lines.slice(Number(line) - 1).join('\n'))?.[1];
        return [`${typeCases[Number(index)]?.name}: ${message} ${lines[Number(line)] ?? ''}`];
      });
      expect(failures).toEqual([]);
    },
  );
});

describe('types of any schema', () => {
  // That they take every valid value is tested beside `buildTypes`.
  it('compile', () => {
    const source = fc.sample(bundles, { seed: 17, numRuns: 800 }).flatMap(({ definitions, ...inner }, index) => {
      const schema = canonical({
        type: 'object',
        properties: { p: inner },
        required: ['p'],
        definitions,
      }) as JsonSchema;
      if (findEndless(schema).length > 0) return [];
      const { types, collisions } = buildTypes({ schema, labels: new Map() }, prefix(index));
      return collisions.length > 0 ? [] : types.map(({ name, type }) => `export type ${name} = ${printType(type)};`);
    });
    expect(source.length).toBeGreaterThan(700);
    const project = makeProject();
    project.write({ 'any.ts': `${source.join('\n')}\n` });
    expect(project.tsc('typescript', ['any.ts']).stdout).toBe('');
  });
});
