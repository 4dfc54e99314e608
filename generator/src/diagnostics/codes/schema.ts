/** Diagnostics of payload schemas. */
export const schemaCodes = {
  'schema-invalid': {
    severity: 'error',
    title: 'Keyword of a schema has a wrong value',
    why: 'JSON Schema draft-07 prescribes what each keyword may hold; a schema that breaks this has no meaning, and no validator can be made from it.',
    fix: 'Correct the value.',
  },
  'schema-pattern': {
    severity: 'error',
    title: 'Pattern is no regular expression',
    why: 'Patterns are ECMAScript regular expressions with the flag `u`; others cannot be compiled into the validator.',
    fix: 'Correct the expression. With the flag `u` only syntax characters may be escaped: write `-` instead of `\\-` outside of a class.',
  },
  'schema-dialect': {
    severity: 'error',
    title: 'Schema of another draft',
    why: 'Payloads are read as JSON Schema draft-07, the default of AsyncAPI 3. Keywords of other drafts would be ignored or mean something else.',
    fix: 'Rewrite the schema for draft-07 and set `$schema` to `http://json-schema.org/draft-07/schema#`, or leave it out.',
  },
  'schema-format': {
    severity: 'error',
    title: 'Schema format not supported',
    why: 'Types and validators are made from JSON Schema draft-07; Avro, Protobuf, OpenAPI or RAML schemas describe payloads in other ways.',
    fix: 'Write the payload as JSON Schema, with `schemaFormat: application/schema+json;version=draft-07` or none.',
  },
  'schema-endless': {
    severity: 'error',
    title: 'Schema applies itself to the same value',
    why: 'A schema that refers to itself without going down to a property or an element never ends: validating a value would run for ever.',
    fix: 'Let the reference stand below `properties`, `items` or another keyword that goes down, or remove it.',
  },
  'schema-keyword': {
    severity: 'warning',
    title: 'Keyword without effect',
    why: 'Draft-07 ignores keywords that it does not know, so a misspelt one, or one of a later draft, restricts nothing.',
    fix: 'Correct the name, or give it the prefix `x-` if it is meant as an annotation.',
  },
  'schema-unknown-format': {
    severity: 'warning',
    title: 'Unknown format',
    why: 'Validators ignore a format that they do not know, so it restricts nothing.',
    fix: 'Use a format of JSON Schema, or a `pattern`.',
  },
  'schema-example': {
    severity: 'warning',
    title: 'Example violates its schema',
    why: 'Readers trust examples; one that is no valid value misleads them, or shows that the schema is wrong.',
    fix: 'Correct the example or the schema.',
  },
  'schema-default': {
    severity: 'warning',
    title: 'Default violates its schema',
    why: 'A default is documented as a valid value; nothing fills it in, so it misleads only readers.',
    fix: 'Correct the default or the schema.',
  },
  'schema-required': {
    severity: 'warning',
    title: 'Required property is not declared',
    why: 'A name in `required` that no `properties` describes accepts any value, and is most likely misspelt.',
    fix: 'Correct the name, or describe the property.',
  },
  'schema-object-type': {
    severity: 'warning',
    title: 'Properties without `type: object`',
    why: '`properties` and its like say nothing about values that are no objects: texts, numbers and null are accepted too, and the generated type says so.',
    fix: 'Add `type: object`.',
  },
  'type-name-collision': {
    severity: 'error',
    title: 'Two schemas meet in one type name',
    why: 'Types are named after definitions and paths, so that a name never changes because of something elsewhere; two that meet cannot both have it.',
    fix: 'Rename the definition or the property, or move the schema to a definition of another name.',
  },
} as const;
