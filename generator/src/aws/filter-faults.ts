import {
  compileFilterPolicy,
  compileMappingFilter,
  compilePattern,
  type EventPattern,
  type JsonValue,
  type Limit,
  limits,
  type PatternError,
} from '@eventloom/engine';

/** Something wrong with a filter, at a JSON pointer into the filter as the spec has it. */
export interface FilterFault {
  readonly pointer: string;
  /** Without a full stop. */
  readonly message: string;
  /** The number of AWS that is exceeded, or null. */
  readonly limit: Limit | null;
}

/** Judges a filter as a text of the event pattern language, whatever route it will take. */
export function languageFaults(filter: EventPattern): readonly FilterFault[] {
  const result = compilePattern(filter);
  if (!result.ok) return result.errors.map((error) => toFault(error, ''));
  if (!result.pattern.orIsField) return [];
  const message = '`$or` takes an array of at least two objects, none of whose fields has the name of an operator';
  return [{ pointer: '/$or', message, limit: null }];
}

/** Judges the pattern of a rule beyond the language: its size, and its numbers. */
export function ruleFaults(pattern: EventPattern): readonly FilterFault[] {
  const { eventPatternCharacters } = limits;
  const size = JSON.stringify(pattern).length;
  const tooLong = overflow('', 'the event pattern', size, eventPatternCharacters);
  return [...tooLong, ...(pattern.detail === undefined ? [] : numberFaults(pattern.detail, ''))];
}

/** Judges a subscription's filter policy. `root` is where the spec's filter stands in it: empty, or `/detail`. */
export function policyFaults(
  policy: EventPattern,
  scope: 'MessageBody' | 'MessageAttributes',
  root: '' | '/detail',
): readonly FilterFault[] {
  const result = compileFilterPolicy(policy, scope);
  const nulls = scope === 'MessageAttributes' ? attributeFaults(policy, '') : [];
  return [...nulls, ...(result.ok ? [] : result.errors.map((error) => toFault(error, root)))];
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

/** An attribute that is null is not sent, so a filter for null never matches. */
function attributeFaults(value: JsonValue, pointer: string): readonly FilterFault[] {
  if (value === null) {
    return [{ pointer, message: 'a message attribute is never null', limit: null }];
  }
  return children(value).flatMap(([key, child]) => attributeFaults(child, `${pointer}/${key}`));
}

/** What AWS documents for numbers in event patterns; its engine takes more, but nothing promises that. */
function numberFaults(value: JsonValue, pointer: string): readonly FilterFault[] {
  if (typeof value !== 'number') {
    return children(value).flatMap(([key, child]) => numberFaults(child, `${pointer}/${key}`));
  }
  const { eventPatternNumberMinimum, eventPatternNumberMaximum, eventPatternNumberDecimals } = limits;
  const fault = (message: string, limit: Limit) => [{ pointer, message: `${value} ${message}`, limit }];
  if (value < eventPatternNumberMinimum.value)
    return fault(`is below ${eventPatternNumberMinimum.value}`, eventPatternNumberMinimum);
  if (value > eventPatternNumberMaximum.value)
    return fault(`is above ${eventPatternNumberMaximum.value}`, eventPatternNumberMaximum);
  const decimals = decimalsOf(value);
  if (decimals <= eventPatternNumberDecimals.value) return [];
  return fault(
    `has ${decimals} digits after the point, more than ${eventPatternNumberDecimals.value}`,
    eventPatternNumberDecimals,
  );
}

function decimalsOf(value: number): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}

function children(value: JsonValue): readonly (readonly [string, JsonValue])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, child]) => [
    key.replaceAll('~', '~0').replaceAll('/', '~1'),
    child as JsonValue,
  ]);
}
