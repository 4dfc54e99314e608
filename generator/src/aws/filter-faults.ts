import {
  type CompiledPattern,
  compileFilterPolicy,
  compileMappingFilter,
  compilePattern,
  type EventPattern,
  type JsonValue,
  type Limit,
  limits,
  type PatternError,
  patternComplexity,
} from '@eventloom/engine';
import { numberFaults } from './number-faults.ts';

/** Something wrong with a filter, at a JSON pointer into the filter as the spec has it. */
export interface FilterFault {
  readonly pointer: string;
  /** Without a full stop. */
  readonly message: string;
  /** The number of AWS that is exceeded, or null. */
  readonly limit: Limit | null;
  /** True when a check of the whole model tells of it: a field without a header. */
  readonly isToldElsewhere?: boolean;
}

/** Judges a filter as a text of the event pattern language, whatever route it will take. */
export function languageFaults(filter: EventPattern): readonly FilterFault[] {
  const result = compilePattern(filter);
  if (!result.ok) return result.errors.map((error) => toFault(error, ''));
  if (!result.pattern.orIsField) return [];
  const message = '`$or` takes an array of at least two objects, none of whose fields has the name of an operator';
  return [{ pointer: '/$or', message, limit: null }];
}

/**
 * Judges the pattern of a rule beyond the language: its size, its fields and alternatives, its wildcards, and its numbers.
 * @param filter the filter as the spec has it, where numbers are shown; default: as the pattern has it
 */
export function ruleFaults(pattern: EventPattern, filter: JsonValue = pattern.detail ?? null): readonly FilterFault[] {
  const { eventPatternCharacters } = limits;
  const size = JSON.stringify(pattern).length;
  const tooLong = overflow('', 'the event pattern', size, eventPatternCharacters);
  const result = compilePattern(pattern);
  const tooMany = result.ok ? [] : result.errors.filter(({ limit }) => limit !== null);
  const tooComplex = result.ok ? complexityFaults(result.pattern) : [];
  // A number that was rewritten is not there any more.
  const written = new Set(numberFaults(pattern.detail ?? null, '').map(({ message }) => message));
  const numbers = numberFaults(filter, '').filter(({ message }) => written.has(message));
  return [...tooLong, ...tooMany.map((error) => toFault(error, '/detail')), ...tooComplex, ...numbers];
}

function complexityFaults(pattern: CompiledPattern): readonly FilterFault[] {
  const complexity = patternComplexity(pattern);
  const limit = limits.eventPatternWildcardComplexity;
  if (complexity <= limit.value) return [];
  const message =
    `the wildcards of one field are too complex for the service: a value can match ${complexity} of their parts at the ` +
    `same time, more than ${limit.value}; use fewer asterisks, or fewer repeated characters after one`;
  return [{ pointer: '', message, limit }];
}

/** Judges a subscription's filter policy. `root` is where the spec's filter stands in it: empty, or `/detail`. */
export function policyFaults(
  policy: EventPattern,
  scope: 'MessageBody' | 'MessageAttributes',
  root: '' | '/detail',
): readonly FilterFault[] {
  const result = compileFilterPolicy(policy, scope);
  return result.ok ? [] : result.errors.map((error) => toFault(error, root));
}

/** Judges the filter of a queue's event source mapping. */
export function mappingFaults(filter: EventPattern): readonly FilterFault[] {
  const result = compileMappingFilter(filter);
  const { mappingFilterCharacters } = limits;
  const tooLong = overflow('', 'the filter', JSON.stringify(filter).length, mappingFilterCharacters);
  return [...tooLong, ...(result.ok ? [] : result.errors.map((error) => toFault(error, '/body')))];
}

function toFault({ pointer, message, limit }: PatternError, root: string): FilterFault {
  const inside = root !== '' && (pointer === root || pointer.startsWith(`${root}/`));
  // An error about the whole policy, or about a part that we added ourselves, stands at the whole filter.
  const place = root === '' ? pointer : inside ? pointer.slice(root.length) : '';
  return { pointer: place, message, limit: limit === null ? null : limits[limit] };
}

function overflow(pointer: string, what: string, found: number, limit: Limit): readonly FilterFault[] {
  if (found <= limit.value) return [];
  return [{ pointer, message: `${what} has ${found} ${limit.unit}, more than ${limit.value}`, limit }];
}
