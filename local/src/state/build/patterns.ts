import {
  type CompiledFilterPolicy,
  type CompiledPattern,
  compileFilterPolicy,
  compileMappingFilter,
  compilePattern,
  type EventPattern,
  type PatternError,
} from '@eventloom/engine';
import type { MappingFilter } from '../world.ts';

/** Compiles an event pattern of the topology. Throws when it is not valid: the generator would have refused it. */
export function patternOf(owner: string, eventPattern: EventPattern): CompiledPattern {
  const result = compilePattern(eventPattern);
  if (result.ok) return result.pattern;
  throw broken(owner, 'event pattern', result.errors);
}

/** Compiles a filter policy of the topology; null stays null. Throws when it is not valid. */
export function policyOf(
  owner: string,
  policy: EventPattern | null,
  scope: 'MessageBody' | 'MessageAttributes',
): CompiledFilterPolicy | null {
  if (policy === null) return null;
  const result = compileFilterPolicy(policy, scope);
  if (result.ok) return result.policy;
  throw broken(owner, 'filter policy', result.errors);
}

/** Compiles a mapping filter of the topology; null stays null. Throws when it is not valid. */
export function mappingFilterOf(owner: string, filter: EventPattern | null): MappingFilter {
  if (filter === null) return null;
  const result = compileMappingFilter(filter);
  if (result.ok) return result.filter;
  throw broken(owner, 'mapping filter', result.errors);
}

function broken(owner: string, what: string, errors: readonly PatternError[]): Error {
  const list = errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ');
  return new Error(`The topology's ${what} of ${owner} is not valid: ${list}`);
}
