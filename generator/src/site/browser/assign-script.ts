import { jsonLiteral } from '../../emit/validator/json-literal.ts';

/** Spells a classic script that sets a global to a JSON value. */
export function assignScript(name: `eventloom${Capitalize<string>}`, value: unknown): string {
  return `globalThis.${name} = ${jsonLiteral(value)};\n`;
}
