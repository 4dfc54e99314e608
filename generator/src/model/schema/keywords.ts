/** What the value of a keyword holds, as far as walking a schema is concerned. */
export type KeywordContent =
  /** Decides what is valid, and holds no schema. */
  | 'assertion'
  | 'schema'
  | 'schemas'
  | 'schema or schemas'
  | 'schema map'
  | 'dependencies'
  /** Definitions apply only where they are referred to. */
  | 'definitions'
  /** JSON data and texts, which decide nothing. */
  | 'annotation'
  /** Means something while references are resolved and nothing afterwards. */
  | 'identity';

const words: Readonly<Record<KeywordContent, string>> = {
  assertion:
    '$ref type nullable enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength ' +
    'pattern format formatMinimum formatMaximum formatExclusiveMinimum formatExclusiveMaximum maxItems minItems ' +
    'uniqueItems maxProperties minProperties required',
  schema: 'additionalItems contains additionalProperties propertyNames if then else not',
  schemas: 'allOf anyOf oneOf',
  'schema or schemas': 'items',
  'schema map': 'properties patternProperties',
  dependencies: 'dependencies',
  definitions: 'definitions $defs',
  annotation:
    'title description default examples readOnly writeOnly deprecated contentMediaType contentEncoding $comment ' +
    'discriminator externalDocs unit example xml',
  identity: '$id $schema $anchor $dynamicAnchor $recursiveAnchor $async $vocabulary id',
};

/**
 * Every keyword that Ajv 8 knows in draft-07, the comparisons of ajv-formats, `nullable`, which Ajv takes from OpenAPI,
 * and the annotations of AsyncAPI.
 */
export const keywords: ReadonlyMap<string, KeywordContent> = new Map(
  (Object.keys(words) as KeywordContent[]).flatMap((content) =>
    words[content].split(' ').map((keyword) => [keyword, content] as const),
  ),
);
