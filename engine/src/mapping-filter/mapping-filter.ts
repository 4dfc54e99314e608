import { type CompiledPattern, compileFor, matchesPattern } from '../pattern/compile-pattern.ts';
import { mappingFilterDialect } from '../pattern/dialect.ts';
import { isArray, isObject, type JsonObject } from '../pattern/json.ts';
import { parseJson } from '../pattern/parse-json.ts';
import { below, collectErrors, type PatternError, type ReportError } from '../pattern/pattern-error.ts';

/** A filter of an event source mapping of an SQS queue, ready to be matched. */
export interface CompiledMappingFilter {
  /** True when the filter compares the body as plain text (`{ "body": ["a"] }`) rather than as JSON. */
  readonly comparesText: boolean;
  readonly pattern: CompiledPattern;
}

/** A compiled filter, or every reason why it is refused. */
export type MappingFilterResult =
  | { readonly ok: true; readonly filter: CompiledMappingFilter }
  | { readonly ok: false; readonly errors: readonly PatternError[] };

/**
 * Validates and compiles a filter of a Lambda event source mapping of an SQS queue. Its root is the record, of which it
 * looks at `body`: `{ "body": { "total": [{ "numeric": [">", 5] }] } }`. Messages that no filter of a mapping matches are
 * deleted.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function compileMappingFilter(filter: unknown): MappingFilterResult {
  const result = compileFor(filter, mappingFilterDialect, checkRoot);
  if (!result.ok) return result;
  const { pattern } = result;
  const comparesText = pattern.branches.some((branch) => branch.some(({ path }) => path === 'body'));
  return { ok: true, filter: { comparesText, pattern } };
}

/**
 * Tells whether Lambda passes a message on. A body that is JSON never matches a filter for plain text, and one that is
 * not JSON never matches a filter for JSON, not even `exists: false`.
 */
export function matchesMappingFilter(filter: CompiledMappingFilter, { body }: { readonly body: string }): boolean {
  const json = parseJson(body);
  if (filter.comparesText) return json === undefined && matchesPattern(filter.pattern, { body });
  return json !== undefined && matchesPattern(filter.pattern, { body: json });
}

function checkRoot(filter: JsonObject): readonly PatternError[] {
  const { errors, report } = collectErrors();
  checkFields(filter, '', report);
  return errors;
}

function checkFields(object: JsonObject, pointer: string, report: ReportError): void {
  for (const [key, value] of Object.entries(object)) {
    const at = below(pointer, key);
    if (key === '$or' && isArray(value)) {
      value.forEach((alternative, index) => {
        if (isObject(alternative)) checkFields(alternative, below(at, index), report);
      });
    } else if (key !== 'body') {
      report(at, `a filter of a queue's mapping looks at "body", not at "${key}"`);
    }
  }
}
