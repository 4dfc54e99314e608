import type { JsonValue } from '@eventloom/engine';

/** Spells JSON for a reader: on one line where it fits in `width` columns, else one entry a line. */
export function jsonText(value: JsonValue, width: number, indent = ''): string {
  const flat = onOneLine(value, width - indent.length);
  if (flat !== null) return flat;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const entries = Object.entries(value).map(([key, item]) => {
    const start = Array.isArray(value) ? inner : `${inner}${JSON.stringify(key)}: `;
    return `${start}${jsonText(item, width - (start.length - inner.length), inner)}`;
  });
  return entries.length === 0 ? `${open}${close}` : `${open}\n${entries.join(',\n')}\n${indent}${close}`;
}

/** Null as soon as it is clear that the text takes more columns than `room`. */
function onOneLine(value: JsonValue, room: number): string | null {
  if (room < 1) return null;
  if (typeof value !== 'object' || value === null) return within(JSON.stringify(value), room);
  return Array.isArray(value) ? listOnOneLine(value, room) : mapOnOneLine(Object.entries(value), room);
}

function listOnOneLine(list: readonly JsonValue[], room: number): string | null {
  let text = '[';
  for (const item of list) {
    const flat = onOneLine(item, room - text.length);
    if (flat === null) return null;
    text += text.length === 1 ? flat : `, ${flat}`;
  }
  return within(`${text}]`, room);
}

function mapOnOneLine(entries: readonly (readonly [string, JsonValue])[], room: number): string | null {
  let text = '{ ';
  for (const [key, item] of entries) {
    const start = `${text.length === 2 ? '' : ', '}${JSON.stringify(key)}: `;
    const flat = onOneLine(item, room - text.length - start.length);
    if (flat === null) return null;
    text += `${start}${flat}`;
  }
  return within(text.length === 2 ? '{}' : `${text} }`, room);
}

function within(text: string, room: number): string | null {
  return text.length <= room ? text : null;
}
