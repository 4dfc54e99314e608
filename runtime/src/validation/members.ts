import { type Broken, both } from './found.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `required`: the first `count` of `names` */
export const missing = (object: Fields, names: readonly string[], count?: number): Broken =>
  each(
    names.slice(0, count).filter((name) => object[name] === undefined),
    (missingProperty) => ['required', { missingProperty }],
  );

/** `additionalProperties: false` beside properties of these names and patterns */
export const surplus = (object: Fields, names: readonly string[], patterns: readonly RegExp[] = []): Broken =>
  each(
    Object.keys(object).filter((name) => isAdditional(name, names, patterns)),
    (additionalProperty) => ['additionalProperties', { additionalProperty }],
  );

/** Tells whether a property is none that a schema names. */
export const isAdditional = (name: string, names: readonly string[], patterns: readonly RegExp[]): boolean =>
  !names.includes(name) && !patterns.some((pattern) => pattern.test(name));

const each = (names: readonly string[], tell: (name: string) => readonly unknown[]): Broken =>
  names.length > 0 && names.flatMap(tell);

/** `required` and `additionalProperties: false`, where the first `count` of the names of all properties are required */
export function unfit(object: Fields, names: readonly string[], count: number): Broken {
  let seen = 0;
  let isOpen = false;
  for (const name in object) {
    const at = names.indexOf(name);
    if (at < 0) isOpen = true;
    else if (at < count && object[name] !== undefined) seen++;
  }
  return (isOpen || seen < count) && both(missing(object, names, count), surplus(object, names));
}

/** `dependencies` of one property on others */
export function dependent(object: Fields, property: string, names: readonly string[]): Broken {
  const more = { depsCount: names.length, deps: names.join(', ') };
  return (
    object[property] !== undefined &&
    each(
      names.filter((name) => object[name] === undefined),
      (missingProperty) => ['dependencies', { property, missingProperty, ...more }],
    )
  );
}
