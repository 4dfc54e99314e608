import type { Broken } from './found.ts';

type Fields = Readonly<Record<string, unknown>>;

const type = (name: string): Broken => ['type', { type: name }];

/** Tells whether a value is an object: no array, not null. */
export const isObject = (value: unknown): value is Fields =>
  !!value && typeof value === 'object' && !Array.isArray(value);

/** Tells whether a value is a whole number; an infinite one is, too. */
export const isInteger = (value: unknown): boolean => typeof value === 'number' && !(value % 1) && !Number.isNaN(value);

/** `type: string` */
export const notString = (value: unknown): Broken => typeof value !== 'string' && type('string');

/** `type: number` */
export const notNumber = (value: unknown): Broken => typeof value !== 'number' && type('number');

/** `type: integer` */
export const notInteger = (value: unknown): Broken => !isInteger(value) && type('integer');

/** `type: boolean` */
export const notBoolean = (value: unknown): Broken => typeof value !== 'boolean' && type('boolean');

/** `type: "null"` */
export const notNull = (value: unknown): Broken => value !== null && type('null');

/** `type: object` */
export const notObject = (value: unknown): Broken => !isObject(value) && type('object');

/** `type: array` */
export const notArray = (value: unknown): Broken => !Array.isArray(value) && type('array');
