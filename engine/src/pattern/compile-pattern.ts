import { type Branch, toBranches } from './branches.ts';
import { type Dialect, eventBridgeDialect } from './dialect.ts';
import { isObject, type JsonObject } from './json.ts';
import { matchBranch } from './match-branch.ts';
import { parsePattern } from './parse-pattern.ts';
import { type PathNode, pathTree } from './path-tree.ts';
import type { PatternError } from './pattern-error.ts';

/** A pattern ready to be matched: what `$or` multiplies out to. Data of this package; read it, do not build it. */
export interface CompiledPattern {
  /** Alternatives, any of which suffices; all leaves of one must match. */
  readonly branches: readonly Branch[];
  /** The branches by the keys of their paths, in the same order. */
  readonly trees: readonly PathNode[];
  /** True when a malformed `$or` was taken for an ordinary field name, as event-ruler does. */
  readonly orIsField: boolean;
}

/** A compiled pattern, or every reason why it is refused. */
export type PatternResult =
  | { readonly ok: true; readonly pattern: CompiledPattern }
  | { readonly ok: false; readonly errors: readonly PatternError[] };

/**
 * Validates and compiles an EventBridge event pattern.
 *
 * Semantics are those of aws/event-ruler 2, the engine of EventBridge, on parsed JSON. The size of the pattern's text is
 * not checked here (`limits.eventPatternCharacters` is an adjustable quota).
 *
 * @example
 * const compiled = compilePattern({ source: ['shop.orders'], detail: { total: [{ numeric: ['>=', 500] }] } });
 * if (compiled.ok) matchesPattern(compiled.pattern, { source: 'shop.orders', detail: { total: 720 } }); // true
 */
export function compilePattern(pattern: unknown): PatternResult {
  return compileFor(pattern, eventBridgeDialect);
}

/** Compiles for the dialect given. Errors that `check` adds are told together with those of the form. */
export function compileFor(pattern: unknown, dialect: Dialect, check?: PatternCheck): PatternResult {
  const parsed = parsePattern(pattern, dialect);
  const formErrors = parsed.ok ? [] : parsed.errors;
  const isCheckable = isObject(pattern) && !formErrors.some(({ limit }) => limit === 'eventDetailDepth');
  const errors = [...formErrors, ...(isCheckable ? (check?.(pattern) ?? []) : [])];
  if (!parsed.ok || errors.length > 0) return { ok: false, errors };
  const branches = toBranches(parsed.parts);
  if ('message' in branches) return { ok: false, errors: [branches] };
  return { ok: true, pattern: { branches, trees: branches.map(pathTree), orIsField: parsed.orIsField } };
}

/** Looks at a whole pattern for what its conditions cannot tell. Not asked about patterns nested too deep. */
export type PatternCheck = (pattern: JsonObject) => readonly PatternError[];

/**
 * Tells whether an event matches. The event is the whole EventBridge envelope as parsed JSON; one that is not an object
 * never matches. Levels of nesting beyond `limits.eventDetailDepth` count as absent.
 */
export function matchesPattern(compiled: CompiledPattern, event: unknown): boolean {
  return isObject(event) && compiled.trees.some((tree) => matchBranch(event, tree));
}
