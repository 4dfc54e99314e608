/**
 * Spells JSON as a JavaScript expression on one line.
 * A key `__proto__` is computed, since any other spelling sets the prototype instead.
 */
export function jsonLiteral(value: unknown): string {
  if (typeof value !== 'object' || value === null) return scalarLiteral(value);
  const text = JSON.stringify(value);
  return special.test(text) ? spelled(value) : escapeForScript(text);
}

/** What JSON itself spells in another way, or may: keys `__proto__`, and numbers that are not finite, as `null`. */
const special = /__proto__|null/;

function spelled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spelled).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${keyLiteral(key)}:${spelled(item)}`);
    return `{${entries.join(',')}}`;
  }
  return scalarLiteral(value);
}

function scalarLiteral(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return value > 0 ? '1e999' : '-1e999';
  return escapeForScript(JSON.stringify(value));
}

/**
 * Makes a double-quoted string literal safe wherever the file may be put: line separators are escaped, and what could
 * end or hide an inline script is broken up. Its value stays the same.
 */
export function escapeForScript(literal: string): string {
  if (!/[<\u2028\u2029]/.test(literal)) return literal;
  return literal
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replace(/<(?=[/!])/g, '\\x3c');
}

function keyLiteral(key: string): string {
  return key === '__proto__' ? '["__proto__"]' : escapeForScript(JSON.stringify(key));
}
