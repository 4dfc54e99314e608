/** Copies of parts of the spec without what conformance to AsyncAPI does not depend on. */

/** Fields of messages, channels and operations that hold any text. */
const freeTexts: ReadonlySet<string> = new Set(['description', 'name', 'summary', 'title']);

/** Whether a key is an extension, whose value AsyncAPI leaves alone. */
export function isExtension(key: string): boolean {
  return /^x-[\w.-]+$/.test(key);
}

/** One and the same text in the place of any other; an address with parameters stays. */
export function maskText(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return freeTexts.has(key) || (key === 'address' && !/[{}]/.test(value)) ? 'text' : value;
}

/**
 * What stands for a schema: schemas are held against JSON Schema where payloads are read. Something that is no schema
 * at all stays, and so do the other fields of a schema with a format.
 */
export function maskSchema(value: unknown): unknown {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return value;
  const plain = { type: 'object' };
  if (!Object.hasOwn(value, 'schemaFormat') || !Object.hasOwn(value, 'schema')) return plain;
  const { schemaFormat, schema } = value;
  if (typeof schemaFormat === 'string' && !/aai\.asyncapi|schema\+(json|yaml)/.test(schemaFormat)) return plain;
  return { ...value, schema: maskSchema(schema) };
}

/** What stands for the examples of a message: their payloads are held against the schema where payloads are read. */
export function maskExamples(value: unknown): unknown {
  return Array.isArray(value) ? value.map(maskExample) : value;
}

function maskExample(example: unknown): unknown {
  if (!isJsonObject(example)) return example;
  const fields = Object.entries(example).map(([key, field]): [string, unknown] => {
    if (key === 'payload' || (key === 'headers' && isJsonObject(field))) return [key, {}];
    return [key, maskText(key, field)];
  });
  return Object.fromEntries(fields);
}

/** Whether a value is an object in the sense of JSON. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Stands for the key `__proto__`, which the parser takes for the prototype. */
const standIn = 'proto-stand-in';

/** The key that the parser gets to see. */
export function maskKey(key: string): string {
  return key === '__proto__' ? standIn : key;
}

/** The key that `maskKey` has masked. */
export function unmaskKey(key: string): string {
  return key === standIn ? '__proto__' : key;
}
