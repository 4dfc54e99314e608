import { type Keywords, listAt, numberAt, objectAt, own, type Schema } from '../schema/schema.ts';
import { type Entry, Unmakeable } from './kit.ts';
import type { Making } from './make.ts';

/** Makes the objects of a branch: what it declares and requires, and where it speaks of them, properties of other names. */
export function makeObject<Maker>(making: Making<Maker>): Maker {
  const { kit, branch, roomy } = making;
  const numbers = (keyword: string): readonly number[] => branch.flatMap((one) => numberAt(one, keyword) ?? []);
  const least = Math.max(0, ...numbers('minProperties'));
  const most = Math.min(Infinity, ...numbers('maxProperties'));
  const required = new Set(branch.flatMap((one) => listAt(one, 'required').map(String)));
  const declared = declaredKeys(branch);
  const entries: Entry<Maker>[] = [];
  for (const key of new Set([...required, ...declared])) {
    const needed = required.has(key) || entries.length < least;
    if (!needed && (!roomy || entries.length >= most)) continue;
    const maker = propertyOf(making, key);
    if (maker !== null) entries.push({ key, maker, required: needed });
    else if (required.has(key))
      throw new Unmakeable(JSON.stringify(branch), `its property ${JSON.stringify(key)} cannot be made`);
  }
  const fixed = kit.entries(entries);
  const missing = Math.max(0, least - entries.length);
  const spare = roomy && isOpen(branch) ? Math.min(2, most - entries.length) : 0;
  const extra = missing + spare > 0 ? otherEntries(making, missing, Math.max(missing, spare)) : null;
  if (extra === null) return kit.map(fixed, Object.fromEntries);
  return kit.map(kit.all([extra, fixed]), ([others, own]: readonly (readonly [string, unknown][])[]) =>
    Object.fromEntries([...(others ?? []), ...(own ?? [])]),
  );
}

function declaredKeys(branch: readonly Keywords[]): readonly string[] {
  return branch.flatMap((one) => Object.keys(objectAt(one, 'properties')));
}

/** What a branch says of a property; null when there cannot be one. */
function propertyOf<Maker>({ branch, check, child }: Making<Maker>, key: string): Maker | null {
  const named = branch.every(
    (one) => own(one, 'propertyNames') === undefined || check(key, own(one, 'propertyNames') as Schema).length === 0,
  );
  if (!named) return null;
  try {
    return child({ allOf: branch.flatMap((one) => schemasAt(one, key)) });
  } catch (error) {
    if (error instanceof Unmakeable) return null;
    throw error;
  }
}

function schemasAt(schema: Keywords, key: string): readonly Schema[] {
  const properties = objectAt(schema, 'properties');
  const patterns = Object.entries(objectAt(schema, 'patternProperties')).filter(([pattern]) =>
    new RegExp(pattern, 'u').test(key),
  );
  const declared = [...(Object.hasOwn(properties, key) ? [properties[key]] : []), ...patterns.map(([, part]) => part)];
  const additional = own(schema, 'additionalProperties');
  return (declared.length > 0 || additional === undefined ? declared : [additional]) as readonly Schema[];
}

/** Tells whether a branch speaks of properties that it does not name. */
function isOpen(branch: readonly Keywords[]): boolean {
  return branch.some(
    (one) => Object.hasOwn(one, 'patternProperties') || typeof own(one, 'additionalProperties') === 'object',
  );
}

/** A list of entries with names of their own; null when there can be none. */
function otherEntries<Maker>(making: Making<Maker>, least: number, most: number): Maker | null {
  const { kit, branch, child } = making;
  const names = branch.flatMap((one) => (Object.hasOwn(one, 'propertyNames') ? [one.propertyNames as Schema] : []));
  const patterns = branch.flatMap((one) => Object.keys(objectAt(one, 'patternProperties')));
  const found = [...patterns, '^[a-z][a-z0-9]{0,6}$'].flatMap((pattern) => {
    try {
      const key = child({ type: 'string', pattern, allOf: names });
      const example = branch.flatMap((one) => {
        const part = objectAt(one, 'patternProperties')[pattern] ?? own(one, 'additionalProperties');
        return part === undefined ? [] : [part as Schema];
      });
      return [kit.all([key, child({ allOf: example })])];
    } catch (error) {
      if (error instanceof Unmakeable) return [];
      throw error;
    }
  });
  if (found.length === 0) return null;
  return kit.list({ positions: [], rest: kit.either(found), least, most, unique: true });
}
