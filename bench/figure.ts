/** One measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit:
    | 's CPU'
    | 's'
    | 'ms'
    | 'µs'
    | 'ns'
    | 'MiB'
    | 'bytes'
    | 'files'
    | 'x'
    | 'events/s'
    | 'rules'
    | 'requests'
    | 'resources';
  /** Highest value allowed, where CI holds one: only ratios, bytes and counts, since machines differ. */
  readonly budget: number | null;
}

/** Three significant digits, or a whole number of bytes and files. */
export function show(figure: Figure): string {
  const { value, unit } = figure;
  const number = unit === 'bytes' || unit === 'files' ? Math.round(value * 100) / 100 : Number(value.toPrecision(3));
  return `${number.toLocaleString('en-GB')} ${unit}`;
}

export function isOverBudget(figure: Figure): boolean {
  return figure.budget !== null && figure.value > figure.budget;
}
