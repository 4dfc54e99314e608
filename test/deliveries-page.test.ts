import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deliveryFields, deliveryTypes } from '../generator/src/model/read/delivery-fields.ts';
import { repository } from './support/repository.ts';

const page = readFileSync(join(repository, 'docs/deliveries.md'), 'utf8');
interface OptionSchema {
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
}

interface DeliverySchema {
  readonly properties: Readonly<Record<string, OptionSchema>>;
  readonly allOf: readonly {
    readonly if: { readonly properties: { readonly type: { readonly const: string } } };
    readonly then: { readonly properties?: Readonly<Record<string, OptionSchema>> };
  }[];
}

const schema: DeliverySchema = JSON.parse(
  readFileSync(join(repository, 'schemas/extensions/x-delivery.schema.json'), 'utf8'),
);

/** What the schema says of an option, where it is one of a type. */
function schemaOf(type: string, option: string): OptionSchema {
  const { then } = schema.allOf.find((one) => one.if.properties.type.const === type) ?? {};
  return { ...schema.properties[option], ...then?.properties?.[option] };
}

describe('the page about deliveries', () => {
  test.each(deliveryTypes)('lists the options of %s with the defaults and ranges of the schema', (type) => {
    const rows = optionsOf(type);
    expect(rows.map(({ option }) => option).sort()).toEqual(Object.keys(deliveryFields[type]).sort());
    for (const { option, byDefault, range } of rows) {
      const { default: value, minimum, maximum, enum: values = [] } = schemaOf(type, option);
      const isPlain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
      if (isPlain) expect([option, byDefault.replaceAll('`', '')]).toEqual([option, String(value)]);
      else expect([option, byDefault]).not.toEqual([option, expect.stringMatching(/^\d|^`[a-z]+`$/)]);
      if (maximum !== undefined) expect([option, range]).toEqual([option, `${minimum} to ${maximum}`]);
      for (const word of wordsIn(range)) expect(values).toContain(word);
    }
  });

  test('leads to each type from its table', () => {
    const [, table = ''] = /\| type \|([\s\S]*?)\n\n/.exec(page) ?? [];
    const linked = [...table.matchAll(/\(#(\w+)\)/g)].map(([, anchor]) => anchor);
    expect([...new Set(linked)].sort()).toEqual([...deliveryTypes].sort());
  });
});

interface OptionRow {
  readonly option: string;
  readonly byDefault: string;
  readonly range: string;
}

function optionsOf(type: string): readonly OptionRow[] {
  const [, section = ''] = new RegExp(`\\n## ${type}\\n([\\s\\S]*?)(?=\\n## |$(?![\\s\\S]))`).exec(page) ?? [];
  const tables = section.split('| option | default | range |\n| --- | --- | --- |\n').slice(1);
  return tables.flatMap((table) =>
    [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `(\w+)` \| (.*?) \| (.*?) \|$/gm)].map(
      ([, option = '', byDefault = '', range = '']) => ({ option, byDefault, range }),
    ),
  );
}

/** Words that a range lists; an address in it is none. */
function wordsIn(range: string): readonly string[] {
  return [...range.matchAll(/`(\w+)`/g)].flatMap(([, word]) => word ?? []);
}
