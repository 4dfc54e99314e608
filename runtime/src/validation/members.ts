import { type Broken, both } from './found.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `required`: the first `count` of `names` */
export function missing(object: Fields, names: readonly string[], count: number = names.length): Broken {
  const broken: unknown[] = [];
  for (let at = 0; at < count; at++) {
    const missingProperty = names[at] as string;
    if (object[missingProperty] === undefined) broken.push('required', { missingProperty });
  }
  return broken.length > 0 && broken;
}

/** `additionalProperties: false` beside properties of these names and patterns */
export function surplus(object: Fields, names: readonly string[], patterns: readonly RegExp[] = []): Broken {
  const broken: unknown[] = [];
  for (const additionalProperty in object) {
    if (isAdditional(additionalProperty, names, patterns)) broken.push('additionalProperties', { additionalProperty });
  }
  return broken.length > 0 && broken;
}

/** Tells whether a property is none that a schema names. */
export const isAdditional = (name: string, names: readonly string[], patterns: readonly RegExp[]): boolean =>
  !names.includes(name) && !patterns.some((pattern) => pattern.test(name));

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
  const others = object[property] === undefined ? [] : names.filter((name) => object[name] === undefined);
  const more = { depsCount: names.length, deps: names.join(', ') };
  return (
    others.length > 0 && others.flatMap((missingProperty) => ['dependencies', { property, missingProperty, ...more }])
  );
}
