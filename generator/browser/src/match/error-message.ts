import type { ValidationError } from '../../../../runtime/src/validator.ts';
import { errorDetail } from '../../../src/route/error-detail.ts';

/** Says what `eventloom route` says of a broken rule: the sentence of Ajv, and what that leaves out. */
export function errorMessage({ keyword, params }: Pick<ValidationError, 'keyword' | 'params'>): string {
  return `${sentence(keyword, params)}${errorDetail(params)}`;
}

function sentence(keyword: string, params: ValidationError['params']): string {
  const say = Object.hasOwn(sentences, keyword) ? sentences[keyword] : undefined;
  return say === undefined ? `must pass "${keyword}" keyword validation` : say(params);
}

type Params = ValidationError['params'];

const fewer = (things: string) => (params: Params) => `must NOT have fewer than ${params.limit} ${things}`;
const more = (things: string) => (params: Params) => `must NOT have more than ${params.limit} ${things}`;
const compared = (params: Params): string => `must be ${params.comparison} ${params.limit}`;

const sentences: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ type }) => `must be ${Array.isArray(type) ? type.join(',') : type}`,
  required: ({ missingProperty }) => `must have required property '${missingProperty}'`,
  additionalProperties: () => 'must NOT have additional properties',
  propertyNames: () => 'property name must be valid',
  dependencies: ({ property, depsCount, deps }) =>
    `must have ${depsCount === 1 ? 'property' : 'properties'} ${deps} when property ${property} is present`,
  minProperties: fewer('properties'),
  maxProperties: more('properties'),
  minItems: fewer('items'),
  maxItems: more('items'),
  additionalItems: more('items'),
  contains: ({ minContains, maxContains }) =>
    maxContains === undefined
      ? `must contain at least ${minContains} valid item(s)`
      : `must contain at least ${minContains} and no more than ${maxContains} valid item(s)`,
  uniqueItems: ({ i, j }) => `must NOT have duplicate items (items ## ${j} and ${i} are identical)`,
  minLength: fewer('characters'),
  maxLength: more('characters'),
  pattern: ({ pattern }) => `must match pattern "${pattern}"`,
  format: ({ format }) => `must match format "${format}"`,
  minimum: compared,
  maximum: compared,
  exclusiveMinimum: compared,
  exclusiveMaximum: compared,
  multipleOf: ({ multipleOf }) => `must be multiple of ${multipleOf}`,
  const: () => 'must be equal to constant',
  enum: () => 'must be equal to one of the allowed values',
  not: () => 'must NOT be valid',
  anyOf: () => 'must match a schema in anyOf',
  oneOf: () => 'must match exactly one schema in oneOf',
  if: ({ failingKeyword }) => `must match "${failingKeyword}" schema`,
  'false schema': () => 'boolean schema is false',
};
