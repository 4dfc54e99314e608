import { jsonLiteral } from '../json-literal.ts';
import type { Scope } from '../scope.ts';

/**
 * Names the regular expression of a pattern. It is spelled as a literal, in which `source` has already escaped slashes
 * and line breaks; it is made of a text where a literal could end or hide an inline script, or has half of a surrogate
 * pair, which no file can hold.
 */
export function expression(pattern: string, scope: Scope): string {
  const { source } = new RegExp(pattern, 'u');
  const isPlain = !/<[!/]|\p{Surrogate}/u.test(source);
  const code = isPlain ? `/${source}/u` : `/* @__PURE__ */ new RegExp(${jsonLiteral(pattern)}, "u")`;
  return scope.constant('pattern', code);
}
