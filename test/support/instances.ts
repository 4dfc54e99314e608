/** Draws from a list. */
type Draw = <T>(items: readonly T[]) => T | undefined;

const texts = ['x', 'y', 'xy', 'X', 'eu', '', 'a-1', '10.1.2.3', 'XY', 'exu', '2026-11-20', 'a@b.cd'];
const numbers = [-1, 0, 1, 1.5, 2, 3, 10];
const byType: Readonly<Record<string, readonly unknown[]>> = {
  string: texts,
  number: numbers,
  integer: [-1, 0, 1, 2, 3, 10],
  boolean: [true, false],
  null: [null],
};

/**
 * JSON values made to the measure of a schema of a bundle, of which many are valid: the rest is for the caller to sort
 * out. The same seed gives the same values.
 */
export function instancesOf(bundle: unknown, seed: number, count: number): readonly unknown[] {
  let state = seed >>> 0;
  const draw: Draw = (items) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return items[Math.floor((state / 2 ** 32) * items.length)];
  };
  return Array.from(
    { length: count },
    () => JSON.parse(JSON.stringify(make(bundle, bundle, 5, draw) ?? null)) as unknown,
  );
}

function make(bundle: unknown, schema: unknown, depth: number, draw: Draw): unknown {
  const flat = flatten(bundle, schema, draw, 8);
  const listed = flat.flatMap((one) => ('const' in one ? [one.const] : Array.isArray(one.enum) ? one.enum : []));
  if (listed.length > 0 && draw([1, 1, 1, 0]) === 1) return draw(listed);
  const types = flat.flatMap(({ type }) => (type === undefined ? [] : [Array.isArray(type) ? draw(type) : type]));
  const hinted = flat.some(({ properties, required }) => properties !== undefined || required !== undefined);
  const type = draw(types) ?? (hinted ? 'object' : draw(['object', 'array', 'string', 'number', 'boolean', 'null']));
  if (type === 'object') return makeObject(bundle, flat, depth, draw);
  if (type === 'array') return makeArray(bundle, flat, depth, draw);
  return draw(byType[String(type)] ?? [null]);
}

type Keywords = Readonly<Record<string, unknown>>;

function makeObject(bundle: unknown, flat: readonly Keywords[], depth: number, draw: Draw): unknown {
  const declared = flat.flatMap(({ properties }) => Object.entries((properties ?? {}) as Keywords));
  const required = flat.flatMap((one) => (Array.isArray(one.required) ? (one.required as readonly string[]) : []));
  const names = new Set([
    ...required,
    ...declared.map(([name]) => name),
    ...(draw([0, 0, 1]) === 1 ? ['a', 'b', 'kind'] : []),
  ]);
  const entries = [...names].flatMap((name): [string, unknown][] => {
    if (depth === 0 || (!required.includes(name) && draw([0, 1, 1]) === 0)) return [];
    const schemas = declared.filter(([key]) => key === name).map(([, schema]) => schema);
    const others = flat.flatMap((one) => (one.additionalProperties === undefined ? [] : [one.additionalProperties]));
    return [[name, make(bundle, { allOf: schemas.length > 0 ? schemas : others }, depth - 1, draw)]];
  });
  return Object.fromEntries(entries);
}

function makeArray(bundle: unknown, flat: readonly Keywords[], depth: number, draw: Draw): unknown {
  const items = flat.flatMap((one) => (one.items === undefined ? [] : [one.items]));
  const least = flat.reduce(
    (most, { minItems }) => (typeof minItems === 'number' ? Math.max(most, minItems) : most),
    0,
  );
  const length = depth === 0 ? 0 : least + (draw([0, 0, 1, 2]) ?? 0);
  return Array.from({ length }, (_, index) => {
    const parts = items.flatMap((one) => (Array.isArray(one) ? [one[index] ?? true] : [one]));
    const contained =
      draw([0, 1]) === 1 ? flat.flatMap((one) => (one.contains === undefined ? [] : [one.contains])) : [];
    return make(bundle, { allOf: [...parts, ...contained] }, depth - 1, draw);
  });
}

/** The schema with all that applies beside it, an alternative drawn from each union. */
function flatten(bundle: unknown, schema: unknown, draw: Draw, fuel: number): readonly Keywords[] {
  if (typeof schema !== 'object' || schema === null || fuel === 0) return [];
  const own = schema as Keywords;
  const key = typeof own.$ref === 'string' ? own.$ref.slice('#/definitions/'.length) : null;
  const definitions = ((bundle as Keywords).definitions ?? {}) as Keywords;
  const parts = [
    ...(key === null ? [] : [own.$ref === '#' ? bundle : definitions[key]]),
    ...((own.allOf ?? []) as unknown[]),
    ...[own.anyOf, own.oneOf].flatMap((union) => (Array.isArray(union) ? [draw(union)] : [])),
    ...(own.if === undefined ? [] : (draw([[own.if, own.then], [own.else]]) ?? [])),
  ];
  return [own, ...parts.flatMap((part) => flatten(bundle, part, draw, fuel - 1))];
}
