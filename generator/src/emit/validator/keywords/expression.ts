import { jsonLiteral } from '../json-literal.ts';
import type { Scope } from '../scope.ts';

/**
 * Names the regular expression of a pattern. It is spelled as a literal, in which `source` has already escaped slashes
 * and line breaks; where that could end or hide an inline script, it is made of a text.
 */
export function expression(pattern: string, scope: Scope): string {
  const { source } = new RegExp(pattern, 'u');
  const literal = /<[!/]|[^ -~]/.test(source)
    ? `/* @__PURE__ */ new RegExp(${jsonLiteral(pattern)}, "u")`
    : `/${source}/u`;
  return scope.constant('pattern', literal);
}
