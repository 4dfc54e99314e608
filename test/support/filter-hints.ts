import type { EventPattern, JsonValue, Topology } from '@eventloom/engine';

/** Values worth trying at the fields of payloads, by path with dots; positions in arrays are left out. */
export type FilterHints = ReadonlyMap<string, readonly JsonValue[]>;

/** Collects what the filters of a system compare with, and what is just beside it. */
export function filterHints({ consumers, subscribers = [] }: Topology): FilterHints {
  const hints = new Map<string, JsonValue[]>();
  const collect = (pattern: JsonValue | undefined, path: readonly string[]): void => {
    if (typeof pattern !== 'object' || pattern === null) return;
    if (Array.isArray(pattern)) {
      const key = path.join('.');
      if (key !== '') hints.set(key, [...(hints.get(key) ?? []), ...pattern.flatMap(near)]);
      return;
    }
    for (const [field, inner] of Object.entries(pattern)) {
      if (field === '$or' && Array.isArray(inner)) for (const branch of inner) collect(branch, path);
      else collect(inner, [...path, field]);
    }
  };
  for (const route of [...consumers, ...subscribers].flatMap(({ routes }) => routes)) {
    if ('handlerFilter' in route) collect(route.handlerFilter, []);
    if ('eventPattern' in route) collect(route.eventPattern.detail, []);
    if ('filterPolicy' in route) collect(payloadPart(route), []);
    if ('mappingFilter' in route) collect(route.mappingFilter?.body, []);
  }
  return hints;
}

function payloadPart(route: {
  readonly kind: string;
  readonly filterPolicy: EventPattern | null;
}): JsonValue | undefined {
  return route.kind === 'eventbridge-sns' ? route.filterPolicy?.detail : (route.filterPolicy ?? undefined);
}

/** An alternative that a filter names: values that match it, and values that just miss it. */
function near(alternative: JsonValue): readonly JsonValue[] {
  if (typeof alternative !== 'object' || alternative === null) return aside(alternative);
  const [[operator, operand] = ['', null]] = Object.entries(alternative);
  switch (operator) {
    case 'numeric':
      return (operand as readonly JsonValue[]).flatMap((bound) => (typeof bound === 'number' ? aside(bound) : []));
    case 'prefix':
    case 'suffix':
    case 'wildcard':
    case 'exactly':
    case 'equals-ignore-case':
    case 'anything-but':
      return texts(operand).flatMap((text) => around(operator, text));
    case 'cidr':
      return [String(operand).replace(/\/.*/, '')];
    default:
      return [];
  }
}

/** Also of the inner operator of `{ anything-but: { prefix: … } }`. */
function texts(operand: JsonValue | undefined): readonly JsonValue[] {
  if (Array.isArray(operand)) return operand;
  if (typeof operand === 'object' && operand !== null) return Object.values(operand).flatMap(texts);
  return operand === undefined ? [] : [operand];
}

function around(operator: string, value: JsonValue): readonly JsonValue[] {
  if (typeof value !== 'string') return aside(value);
  const filled = value.replaceAll('*', 'x').replaceAll('\\', '');
  if (operator === 'prefix') return [value, `${value}x`, `x${value}`];
  if (operator === 'suffix') return [value, `x${value}`, `${value}x`];
  return [filled, filled.toUpperCase(), `${filled}x`, `x${filled}`];
}

function aside(value: JsonValue): readonly JsonValue[] {
  if (typeof value !== 'number') return [value];
  return [value - 1, value, value + 1, Math.round(value * 100 - 1) / 100, Math.round(value * 100 + 1) / 100];
}
