import type { Format } from 'ajv';
import { compareByFormat, knownFormat } from '../../../model/schema/formats.ts';
import { own } from '../../../model/schema/json.ts';
import { jsonLiteral } from '../json-literal.ts';
import type { Keyword } from '../keyword.ts';
import type { Scope } from '../scope.ts';
import { type Rule, rule } from '../step.ts';

/** `format` as far as it speaks of texts, or of numbers. Formats that ajv-formats does not know say nothing. */
export function format(group: 'string' | 'number'): Keyword {
  return {
    names: ['format'],
    parts: (schema, { scope, value }) => {
      const name = String(own(schema, 'format'));
      const known = knownFormat(name);
      if (known === undefined || groupOf(known) !== group) return [];
      const isFormed = verdict(known, name, value, scope);
      return isFormed === null ? [] : [rule(`${scope.use('malformed')}(${isFormed}, ${jsonLiteral(name)})`)];
    },
  };
}

function groupOf(known: Format): unknown {
  return typeof known === 'object' && !(known instanceof RegExp) ? (known.type ?? 'string') : 'string';
}

/** The runtime has each format in the kind that it has in ajv-formats. */
function verdict(known: Format, name: string, value: string, scope: Scope): string | null {
  if (typeof known === 'boolean' || name === 'float' || name === 'double') return null;
  const shared = scope.use(camelCase(name));
  if (known instanceof RegExp) return `${shared}.test(${value})`;
  return typeof known === 'function' ? `${shared}(${value})` : `${shared}.validate(${value})`;
}

const comparisons = {
  formatMaximum: ['>', '<='],
  formatMinimum: ['<', '>='],
  formatExclusiveMaximum: ['>=', '<'],
  formatExclusiveMinimum: ['<=', '>'],
} as const;

/** The keywords of ajv-formats that compare texts of a format. */
export const formatLimits: readonly Keyword[] = Object.entries(comparisons).map(([keyword, [fails, comparison]]) => ({
  names: [keyword],
  parts: (schema, { scope, value }): readonly Rule[] => {
    const name = String(own(schema, 'format'));
    const limit = own(schema, keyword);
    if (compareByFormat(knownFormat(name)) === null) return [];
    const compare = scope.use(camelCase(`compare-${name}`));
    const params = jsonLiteral({ comparison, limit });
    const code = `${compare}(${value}, ${jsonLiteral(limit)}) ${fails} 0 && ["${keyword}", ${params}]`;
    return [{ kind: 'rule', code, binding: 'and' }];
  },
}));

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
