import type { JsonValue } from '@eventloom/engine';

/** Spells JSON for a reader: on one line where it fits in `width` columns, else one entry a line. */
export function jsonText(value: JsonValue, width: number, indent = ''): string {
  const flat = onOneLine(value);
  if (indent.length + flat.length <= width || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const entries = Object.entries(value).map(([key, item]) => {
    const start = Array.isArray(value) ? inner : `${inner}${JSON.stringify(key)}: `;
    return `${start}${jsonText(item, width - (start.length - inner.length), inner)}`;
  });
  return entries.length === 0 ? flat : `${open}\n${entries.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
