/**
 * What the JSON at a place is, as far as `$ref` goes: an `object` of AsyncAPI or JSON Schema, a map whose keys are
 * `names` the author chose, or plain `data` in which `$ref` is a key like any other.
 */
export type Area = 'object' | 'names' | 'data';

/** The area of the child at `key` of a place in `area`. */
export function areaBelow(area: Area, key: string, child: unknown): Area {
  if (area === 'data') return 'data';
  if (area === 'names') return 'object';
  if (dataFields.has(key)) return 'data';
  if (key.startsWith('x-') && !extensionsWithReferences.has(key)) return 'data';
  return namedMaps.has(key) && !Array.isArray(child) ? 'names' : 'object';
}

/** Values in the sense of JSON Schema, and example messages. */
const dataFields: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'example', 'examples']);

/** Our extensions that may refer to other places. Filters may ask for a field called `$ref`; foreign ones are left alone. */
const extensionsWithReferences: ReadonlySet<string> = new Set([
  'x-claim-check',
  'x-delivery',
  'x-downstreams',
  'x-emits',
  'x-eventbridge',
  'x-fairness',
  'x-gather',
  'x-idempotency',
  'x-ordering',
]);

const namedMaps: ReadonlySet<string> = new Set([
  // JSON Schema
  ...['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'],
  // Eventloom
  'x-downstreams',
  // AsyncAPI
  ...['channelBindings', 'channels', 'correlationIds', 'externalDocs', 'messageBindings', 'messageTraits', 'messages'],
  ...['operationBindings', 'operationTraits', 'operations', 'parameters', 'replies', 'replyAddresses', 'schemas'],
  ...['securitySchemes', 'serverBindings', 'serverVariables', 'servers', 'tags', 'variables'],
]);
