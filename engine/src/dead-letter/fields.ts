/** A JSON object of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object that a text holds as JSON; null when it holds something else. */
export function parseFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** A value as an object; empty when it is none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** The text at an object's own property. */
export function textIn(fields: Fields | null, name: string): string | undefined {
  const value = fields !== null && Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
