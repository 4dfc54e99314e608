import { suggest } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { didYouMean, listOf, quote } from '../wording.ts';
import { knownFormat, knownFormats } from './formats.ts';
import { isObject, type JsonObject, own, ownObject } from './json.ts';
import { isBroken, patternProblem, shapeOf } from './keyword-shapes.ts';
import { keywords } from './keywords.ts';

/** Reports what is wrong with the keywords of one schema, those of the schemas below it aside. */
export function checkKeywords(node: SpecNode): Diagnostic[] {
  const { value } = node;
  if (typeof value === 'boolean') return [];
  if (!isObject(value)) {
    return [
      report('schema-invalid', node.origin, `A schema is an object, true or false; here stands ${shown(value)}.`),
    ];
  }
  return Object.keys(value)
    .sort()
    .flatMap((keyword) => checkKeyword(node, value, keyword));
}

function checkKeyword(node: SpecNode, schema: JsonObject, keyword: string): Diagnostic[] {
  const value = own(schema, keyword);
  const shape = shapeOf(keyword);
  if (shape !== undefined && !isSingleSchema(keyword, value) && !shape.accepts(value, schema)) {
    const words = shape.values ?? [];
    const hint =
      typeof value === 'string' && words.length > 0 ? didYouMean(value, words) || `Types are ${listOf(words)}.` : '';
    const message = `${quote(keyword)} is ${shown(value)}; it must be ${shape.expected}.`;
    return [report('schema-invalid', node.keyOrigin(keyword), message, hint)];
  }
  const broken = keywords.get(keyword) === 'annotation' ? [] : Object.keys(ownObject(schema, keyword)).filter(isBroken);
  if (broken.length > 0) {
    const message = `A name under ${quote(keyword)} is no valid Unicode text: ${shown(broken[0])}.`;
    return [report('schema-invalid', node.keyOrigin(keyword), message, 'Write surrogates in pairs.')];
  }
  switch (keyword) {
    case 'pattern':
      return checkPattern(node, keyword, String(value));
    case 'patternProperties':
      return Object.keys(ownObject(schema, keyword)).flatMap((pattern) => {
        const child = node.raw(keyword);
        return child === undefined || pattern === '__proto__' ? [] : checkPattern(child, pattern, pattern);
      });
    case 'format':
      return checkFormat(node, String(value));
    case 'dependencies':
      return checkDependencies(node, ownObject(schema, keyword));
    case '$schema':
      return checkDialect(node, String(value));
    case 'id':
      return [
        report(
          'schema-dialect',
          node.keyOrigin(keyword),
          '`id` names a schema in draft-04 only.',
          'Write `$id`, or remove it.',
        ),
      ];
    default:
      return shape === undefined && !keywords.has(keyword) ? checkName(node, keyword) : [];
  }
}

/** What should be one schema is a place of its own, and looked at there. */
function isSingleSchema(keyword: string, value: unknown): boolean {
  const content = keywords.get(keyword);
  return content === 'schema' || (content === 'schema or schemas' && !Array.isArray(value));
}

function checkPattern(node: SpecNode, key: string, pattern: string): Diagnostic[] {
  const problem = patternProblem(pattern);
  return problem === null
    ? []
    : [
        report(
          'schema-pattern',
          node.keyOrigin(key),
          `The pattern ${quote(pattern)} is no regular expression: ${problem}.`,
        ),
      ];
}

function checkFormat(node: SpecNode, format: string): Diagnostic[] {
  if (knownFormat(format) !== undefined) return [];
  const known = Object.keys(knownFormats());
  const help = didYouMean(format, known) || `Known formats are ${listOf(known)}.`;
  return [
    report(
      'schema-unknown-format',
      node.keyOrigin('format'),
      `The format ${quote(format)} is not known; it restricts nothing.`,
      help,
    ),
  ];
}

function checkDependencies(node: SpecNode, dependencies: JsonObject): Diagnostic[] {
  return Object.entries(dependencies).flatMap(([name, value]) => {
    if (!Array.isArray(value) || shapeOf('required')?.accepts(value, dependencies) !== false) return [];
    const message = `The dependency of ${quote(name)} is ${shown(value)}; it must be a list of different texts, or a schema.`;
    return [
      report('schema-invalid', node.raw('dependencies')?.keyOrigin(name) ?? node.keyOrigin('dependencies'), message),
    ];
  });
}

/** What Ajv reads as draft-07: that, and the ids under which AsyncAPI publishes its own superset of it. */
const dialects = /^https?:\/\/(json-schema\.org\/(draft-0[67]\/)?schema|(www\.)?asyncapi\.com\/definitions\/3[^#]*)#?$/;

function checkDialect(node: SpecNode, dialect: string): Diagnostic[] {
  return dialects.test(dialect)
    ? []
    : [
        report(
          'schema-dialect',
          node.keyOrigin('$schema'),
          `The schema is written for ${quote(dialect)}; Eventloom reads draft-07.`,
        ),
      ];
}

/** Keywords of later drafts and of other dialects, and what draft-07 has instead. */
const foreign: ReadonlyMap<string, string> = new Map([
  ['prefixItems', 'Draft-07 writes tuples as a list under `items`.'],
  ['dependentRequired', 'Draft-07 has `dependencies`.'],
  ['dependentSchemas', 'Draft-07 has `dependencies`.'],
  ['unevaluatedProperties', 'Draft-07 has only `additionalProperties`, which does not see through `allOf`.'],
  ['unevaluatedItems', 'Draft-07 has only `additionalItems`.'],
  ['minContains', 'Draft-07 has only `contains`.'],
  ['maxContains', 'Draft-07 has only `contains`.'],
  ['$dynamicRef', 'Draft-07 has only `$ref`.'],
  ['$recursiveRef', 'Draft-07 has only `$ref`.'],
]);

/** Unknown keywords are allowed; those that look misspelt are not what the author meant. */
function checkName(node: SpecNode, keyword: string): Diagnostic[] {
  const instead = foreign.get(keyword);
  const nearest = keyword.startsWith('x-') || keyword.length < 4 ? undefined : suggest(keyword, keywords.keys());
  if (instead === undefined && nearest === undefined) return [];
  const help = instead ?? `Did you mean ${quote(nearest ?? '')}?`;
  return [
    report(
      'schema-keyword',
      node.keyOrigin(keyword),
      `Draft-07 has no keyword ${quote(keyword)}; it restricts nothing.`,
      help,
    ),
  ];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return quote(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}
