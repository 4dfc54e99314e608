import { decimalsOf, type JsonValue, type Limit, limits } from '@eventloom/engine';
import type { FilterFault } from './filter-faults.ts';

/** What AWS documents for numbers in event patterns; its engine takes more, but nothing promises that. */
export function numberFaults(value: JsonValue, pointer: string): readonly FilterFault[] {
  if (typeof value === 'number') return faultsOf(value, pointer);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    numberFaults(child as JsonValue, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

/** Tells whether a number is beyond what AWS documents for event patterns. */
export function isUndocumentedNumber(value: number): boolean {
  return faultsOf(value, '').length > 0;
}

function faultsOf(value: number, pointer: string): readonly FilterFault[] {
  const { eventPatternNumberMinimum: minimum, eventPatternNumberMaximum: maximum } = limits;
  const { eventPatternNumberDigits: digits, eventPatternNumberDecimals: decimals } = limits;
  const fault = (message: string, limit: Limit) => [{ pointer, message: `${value} ${message}`, limit }];
  if (value < minimum.value) return fault(`is below ${minimum.value}`, minimum);
  if (value > maximum.value) return fault(`is above ${maximum.value}`, maximum);
  const behind = decimalsOf(value);
  if (behind > decimals.value)
    return fault(`has ${behind} digits after the point, more than ${decimals.value}`, decimals);
  const significant = digitsOf(value);
  if (significant > digits.value)
    return fault(`has ${significant} significant digits, more than ${digits.value}`, digits);
  return [];
}

/** Counts the significant digits that a number needs: 3 for `0.0125`, 1 for `5000`. */
function digitsOf(value: number): number {
  const [mantissa = ''] = String(value).split('e');
  return mantissa.replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length;
}
