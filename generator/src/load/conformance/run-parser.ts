import type { Skeleton } from './skeleton.ts';

/** What AsyncAPI's parser says about one place of the document it was given. */
export interface ParserResult {
  /** Name of the rule. */
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly severity: 'error' | 'warning';
}

/**
 * Runs `@asyncapi/parser` with its core rules. The parser is loaded here and nowhere else: it takes a third of a second.
 * It reads nothing but the given document.
 *
 * @param rules `structure`: which fields and values there may be; `references`: all others
 */
export async function runParser(
  skeleton: Skeleton,
  rules: 'all' | 'structure' | 'references',
): Promise<readonly ParserResult[]> {
  const { Parser } = await import('@asyncapi/parser');
  const parser = new Parser({
    ruleset: { core: true, recommended: false, rules: ruleChanges(skeleton, rules) },
    __unstable: { resolver: { cache: false, resolvers: ['file', 'http', 'https'].map(readNothing) } },
  });
  const diagnostics = await parser.validate(JSON.stringify(skeleton.json));
  return diagnostics.flatMap(({ code, message, path, severity }) =>
    severity > 1
      ? []
      : [{ code: String(code), message, path: path.map(String), severity: severity === 0 ? 'error' : 'warning' }],
  );
}

/**
 * The newest version is no requirement. Structure, and where references may stand, are checked against a copy of the
 * whole specification each; the latter is needed only when a reference stands in an unusual place.
 */
function ruleChanges(skeleton: Skeleton, rules: 'all' | 'structure' | 'references'): Readonly<Record<string, 'off'>> {
  const off = ['asyncapi-latest-version'];
  if (rules === 'references') off.push('asyncapi-document-resolved');
  if (rules === 'structure') off.push(...referenceRules);
  if (rules === 'structure' || !skeleton.hasOddReferences) off.push('asyncapi-document-unresolved');
  return Object.fromEntries(off.map((rule) => [rule, 'off']));
}

const referenceRules = [
  'asyncapi3-operation-messages-from-referred-channel',
  'asyncapi3-required-operation-channel-unambiguity',
  'asyncapi3-required-channel-servers-unambiguity',
  'asyncapi3-channel-servers',
  'asyncapi3-channel-no-query-nor-fragment',
  'asyncapi3-channel-parameters',
];

function readNothing(schema: string): { schema: string; order: number; canRead: true; read: () => string } {
  return { schema, order: 1, canRead: true, read: () => '{}' };
}
