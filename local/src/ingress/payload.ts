import type { HttpIngress, IngressAttribute, PathParameter } from '@eventloom/engine';

/** What is wrong with the values of a path, as the templates say it; null when all of them are allowed. */
export function pathFault({ parameters }: HttpIngress, values: Readonly<Record<string, string>>): string | null {
  const faults = parameters.flatMap((parameter) => {
    const words = faultOf(parameter, values[parameter.name] ?? '');
    return words === null ? [] : [`${parameter.name} must be ${words}`];
  });
  return faults.at(-1) ?? null;
}

function faultOf({ values, pattern, type }: PathParameter, value: string): string | null {
  if (values !== null) {
    if (values.includes(value)) return null;
    const isPlain = values.every((one) => /^[A-Za-z0-9 ._~:@,+-]+$/.test(one));
    return isPlain ? `one of ${values.join(', ')}` : 'one of the values that the API describes';
  }
  if (type === 'integer') return wholeNumber.test(value) ? null : 'a whole number';
  if (type === 'number') return decimal.test(value) ? null : 'a number';
  if (pattern === null || new RegExp(pattern).test(value)) return null;
  return 'in the form that the API describes';
}

const wholeNumber = /^-?(0|[1-9][0-9]{0,14})$/;
const decimal = /^-?(0|[1-9][0-9]{0,14})([.][0-9]{1,6})?$/;

/** The payload that a request becomes: the body with the fields of the path and the id of the request. */
export function payloadOf(
  { parameters, correlationField }: HttpIngress,
  {
    body,
    values,
    requestId,
  }: { readonly body: unknown; readonly values: Readonly<Record<string, string>>; readonly requestId: string },
): unknown {
  if (parameters.length === 0 && correlationField === null) return body;
  const written = body as Readonly<Record<string, unknown>>;
  const given = parameters.map(({ name, type }): [string, unknown] => {
    const value = values[name] ?? '';
    return [name, type === 'string' ? value : JSON.parse(value)];
  });
  const isCorrelated = correlationField === null || Object.hasOwn(written, correlationField);
  return {
    ...Object.fromEntries(given),
    ...(isCorrelated ? {} : { [correlationField]: requestId }),
    ...written,
  };
}

/** The attributes that a payload fills. */
export function attributesOf(
  attributes: readonly IngressAttribute[],
  payload: unknown,
): Readonly<Record<string, { readonly type: string; readonly text: string }>> {
  const fields = (typeof payload === 'object' && payload !== null ? payload : {}) as Readonly<Record<string, unknown>>;
  const filled = attributes.flatMap(({ name, type }) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined || value === null || value === '') return [];
    return [[name, { type, text: typeof value === 'string' ? value : JSON.stringify(value) }] as const];
  });
  return Object.fromEntries(filled);
}
