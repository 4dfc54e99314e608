import type { JsonSchema } from '../../model/event-model.ts';

/** Spells the path of a filter with `[]` behind what the schema says is a list: `items[].sku` for `items.sku`. */
export function listsOnTheWay(schema: JsonSchema, path: string): string {
  let here: readonly unknown[] = [schema];
  const spelled: string[] = [];
  for (const name of path.split('.')) {
    here = here.flatMap((one) => placesOf(schema, one).flatMap((place) => own(own(place, 'properties'), name) ?? []));
    const items = here.flatMap((one) => placesOf(schema, one).flatMap((place) => itemsOf(place)));
    spelled.push(items.length > 0 ? `${name}[]` : name);
    here = [...here, ...items];
  }
  return spelled.join('.');
}

/** A schema with those that it refers to and combines, each once. */
function placesOf(root: JsonSchema, schema: unknown): readonly unknown[] {
  const found = new Set<unknown>();
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null || found.has(one)) return;
    found.add(one);
    const reference = own(one, '$ref');
    if (typeof reference === 'string') visit(referred(root, reference));
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const branches = own(one, keyword);
      if (Array.isArray(branches)) branches.forEach(visit);
    }
  };
  visit(schema);
  return [...found];
}

/** In the payload of a message a reference is `#` or `#/definitions/<key>`. */
function referred(root: JsonSchema, reference: string): unknown {
  if (reference === '#') return root;
  const key = /^#\/definitions\/(.+)$/s.exec(reference)?.[1];
  if (key === undefined) return undefined;
  const decoded = decode(key).replaceAll('~1', '/').replaceAll('~0', '~');
  const definitions = own(root, 'definitions');
  return own(definitions, decoded) ?? own(definitions, key);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Schemas of the elements; a list whose elements nothing is said of has one that allows all. */
function itemsOf(place: unknown): readonly unknown[] {
  const items = own(place, 'items');
  if (items !== undefined) return Array.isArray(items) ? items : [items];
  const type = own(place, 'type');
  return type === 'array' || (Array.isArray(type) && type.includes('array')) ? [true] : [];
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
