import { escapeUnprintable } from './text.ts';

/** Spells a value as a TypeScript literal. Strings are single-quoted unless double quotes need fewer escapes. */
export function literal(value: string | number | boolean | null): string {
  if (typeof value === 'string') return stringLiteral(value);
  if (typeof value === 'number') return numberLiteral(value);
  return String(value);
}

/** Spells a string as a TypeScript string literal: what it holds is data, whatever it holds. */
export function stringLiteral(text: string): string {
  if (plain.test(text)) return `'${text}'`;
  const quote = count(text, "'") > count(text, '"') ? '"' : "'";
  const escaped = text.replace(/[\\\n\r\t'"]/g, (character) => escapeCharacter(character, quote));
  return `${quote}${escapeUnprintable(escaped)}${quote}`;
}

/** Texts of which nothing has to be escaped: most of them. */
const plain = /^[ !#-&(-[\]-~]*$/;

/** Spells a template literal type with `string` between each two texts: what they hold is data, whatever they hold. */
export function templateLiteral(texts: readonly string[]): string {
  return `\`${texts.map(templateText).join('${string}')}\``;
}

function templateText(text: string): string {
  const escaped = text.replace(/[\\\n\r\t`]|\$(?=\{)/g, (character) =>
    character === '$' ? '\\$' : escapeCharacter(character, '`'),
  );
  return escapeUnprintable(escaped);
}

function escapeCharacter(character: string, quote: string): string {
  switch (character) {
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    case '\\':
      return '\\\\';
    default:
      return character === quote ? `\\${character}` : character;
  }
}

/** Numbers too large for a double are infinite once parsed; `1e999` is how source code says that. */
function numberLiteral(value: number): string {
  if (Number.isNaN(value)) throw new TypeError('NaN has no literal');
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '1e999' : '-1e999';
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
