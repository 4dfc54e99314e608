import { isObject, type JsonObject, own, ownList, ownObject } from '../../model/schema/json.ts';
import { alternativePlaces } from './alternative-places.ts';
import { fieldTrail, stepTrail } from './anchors.ts';
import type { Place } from './build-row.ts';
import { type Book, fieldNames, fieldSchemas, requiredNames, type View } from './view.ts';

/** The places below a place: fields, other keys, elements, alternatives. */
export function childPlaces(place: Place, view: View, book: Book): readonly Place[] {
  const { parts } = view;
  if (!parts.some(hasPlaces)) return [];
  return [
    ...fields(place, parts),
    ...otherKeys(place, parts),
    ...elements(place, parts),
    ...alternativePlaces(place, view, book),
  ];
}

const holding: ReadonlySet<string> = new Set([
  ...['properties', 'patternProperties', 'additionalProperties', 'items', 'additionalItems', 'contains'],
  ...['oneOf', 'anyOf', 'if', 'dependencies'],
]);

function hasPlaces(part: JsonObject): boolean {
  return Object.keys(part).some((keyword) => holding.has(keyword));
}

function fields({ path, trail }: Place, parts: readonly JsonObject[]): readonly Place[] {
  const required = requiredNames(parts);
  return fieldNames(parts).map((name) => ({
    path: path === '' ? name : `${path}.${name}`,
    name,
    kind: 'field',
    required: required.has(name),
    condition: null,
    trail: fieldTrail(trail, name),
    schemas: fieldSchemas(parts, name),
  }));
}

function otherKeys({ path, trail }: Place, parts: readonly JsonObject[]): readonly Place[] {
  const place = (name: string, trailOfKey: string, schemas: readonly unknown[]): Place => ({
    path: path === '' ? name : `${path}.${name}`,
    name,
    kind: 'key',
    required: false,
    condition: null,
    trail: trailOfKey,
    schemas,
    isIdle: fieldNames(parts).length === 0,
  });
  const patterns = new Map<string, unknown[]>();
  for (const [pattern, schema] of parts.flatMap((part) => Object.entries(ownObject(part, 'patternProperties')))) {
    patterns.set(pattern, [...(patterns.get(pattern) ?? []), schema]);
  }
  const others = parts.map((part) => own(part, 'additionalProperties')).filter(isObject);
  return [
    ...[...patterns].map(([pattern, schemas]) => ({
      ...place(`{${pattern}}`, stepTrail(trail, 'pattern', pattern), schemas),
      isIdle: false,
    })),
    ...(others.length === 0 ? [] : [place('{key}', stepTrail(trail, 'key'), others)]),
  ];
}

const ofElements = ['items', 'additionalItems', 'contains'];

function elements({ path, trail }: Place, parts: readonly JsonObject[]): readonly Place[] {
  if (!parts.some((part) => ofElements.some((keyword) => Object.hasOwn(part, keyword)))) return [];
  const element = { path: `${path}[]`, name: '[]', kind: 'element', required: false, condition: null } as const;
  const every = parts.map((part) => own(part, 'items')).filter(isObject);
  const tuples = parts.filter((part) => Array.isArray(own(part, 'items')));
  const length = Math.max(0, ...tuples.map((part) => ownList(part, 'items').length));
  const least = Math.max(0, ...parts.map((part) => Number(own(part, 'minItems') ?? 0)));
  const rest = tuples.map((part) => own(part, 'additionalItems')).filter(isObject);
  const contained = parts.map((part) => own(part, 'contains')).filter(isObject);
  return [
    ...Array.from(
      { length },
      (_, index): Place => ({
        ...element,
        path: `${path}[${index}]`,
        name: `[${index}]`,
        required: index < least,
        trail: stepTrail(trail, 'item', String(index)),
        schemas: tuples.flatMap((part) => ownList(part, 'items').slice(index, index + 1)),
      }),
    ),
    ...[...every, ...rest].slice(0, 1).map(
      (): Place => ({
        ...element,
        trail: stepTrail(trail, 'element'),
        schemas: [...every, ...rest],
        isIdle: rest.length === 0,
      }),
    ),
    ...contained.map(
      (schema, index): Place => ({
        ...element,
        kind: 'alternative',
        name: 'at least one element',
        trail: stepTrail(trail, 'contains', index === 0 ? '' : String(index)),
        schemas: [schema],
      }),
    ),
  ];
}
