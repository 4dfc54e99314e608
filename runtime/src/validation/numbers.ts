/** A format of numbers; it says nothing of other values. */
export interface NumberFormat {
  readonly type: 'number';
  readonly validate: (value: number) => boolean;
}

/** `int32`: a whole number that fits in 32 bits. */
export const int32: NumberFormat = { type: 'number', validate: (value) => value === (value | 0) };

/** `int64`: a whole number. JavaScript has none that does not fit in 64 bits and is exact. */
export const int64: NumberFormat = { type: 'number', validate: Number.isInteger };

/** `float`: any number. */
export const float: NumberFormat = { type: 'number', validate: () => true };

/** `double`: any number. */
export const double: NumberFormat = { type: 'number', validate: () => true };
