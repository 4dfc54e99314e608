import { limits } from '@eventloom/engine';

/** An exact decimal number, `digits` times ten to the power of `exponent`, without zeros at the end of its digits. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

// Powers of ten of the largest and the smallest number that DynamoDB keeps.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const largestMagnitude = 125;
const smallestMagnitude = -130;

/** Reads a number as DynamoDB does; null when it is none, or one that DynamoDB cannot keep. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text.trim());
  const [, sign = '', whole = '', fraction = '', power = '0'] = match ?? [];
  if (match === null || whole + fraction === '') return null;
  const significant = (whole + fraction).replace(/^0+/, '');
  const number = decimal(BigInt(`${sign === '-' ? '-' : ''}${significant || '0'}`), Number(power) - fraction.length);
  return isKept(number) ? number : null;
}

function isKept({ digits, exponent }: Decimal): boolean {
  const length = String(digits < 0n ? -digits : digits).length;
  const magnitude = exponent + length - 1;
  return length <= limits.tableNumberDigits.value && magnitude <= largestMagnitude && magnitude >= smallestMagnitude;
}

/** A whole number. */
export function wholeNumber(value: number): Decimal {
  return decimal(BigInt(value), 0);
}

/** The sum, or null when DynamoDB cannot keep it. */
export function add(left: Decimal, right: Decimal): Decimal | null {
  const exponent = Math.min(left.exponent, right.exponent);
  const sum = decimal(digitsAt(left, exponent) + digitsAt(right, exponent), exponent);
  return isKept(sum) ? sum : null;
}

/** The same number with the other sign. */
export function negate({ digits, exponent }: Decimal): Decimal {
  return { digits: -digits, exponent };
}

/** Below, equal to or above zero, as `left` is to `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const exponent = Math.min(left.exponent, right.exponent);
  const difference = digitsAt(left, exponent) - digitsAt(right, exponent);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The number as text, without an exponent. */
export function formatDecimal({ digits, exponent }: Decimal): string {
  if (exponent >= 0) return String(digits) + '0'.repeat(exponent);
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(1 - exponent, '0');
  return `${sign}${text.slice(0, exponent)}.${text.slice(exponent)}`;
}

function digitsAt(number: Decimal, exponent: number): bigint {
  return number.digits * 10n ** BigInt(number.exponent - exponent);
}

function decimal(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return { digits, exponent: 0 };
  let [shorter, raised] = [digits, exponent];
  while (shorter % 10n === 0n) [shorter, raised] = [shorter / 10n, raised + 1];
  return { digits: shorter, exponent: raised };
}
