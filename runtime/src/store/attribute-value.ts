/** What an attribute of an item can hold here: JSON. Sets and binary values are not used. */
export type AttributeJson =
  | string
  | number
  | boolean
  | null
  | readonly AttributeJson[]
  | { readonly [name: string]: AttributeJson | undefined };

/** An item of a table, by attribute. An undefined attribute is left out. */
export type Item = { readonly [attribute: string]: AttributeJson | undefined };

/** An attribute value as DynamoDB takes it: one key, the letters of its type. Mutable only because the SDK's type is. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: AttributeValue[] }
  | { M: Record<string, AttributeValue> };

/** Writes an item as DynamoDB takes it. */
export function marshalItem(item: Item): Record<string, AttributeValue> {
  const known = Object.entries(item).flatMap(([name, value]): [string, AttributeValue][] =>
    value === undefined ? [] : [[name, marshal(value)]],
  );
  return Object.fromEntries(known);
}

/** Writes one value as DynamoDB takes it. A number keeps all its digits: DynamoDB has 38. */
export function marshal(value: AttributeJson): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  return isList(value) ? { L: value.map(marshal) } : { M: marshalItem(value) };
}

const isList = (value: object): value is readonly AttributeJson[] => Array.isArray(value);

/** Reads an item as DynamoDB gives it. */
export function unmarshalItem(item: Readonly<Record<string, unknown>>): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, unmarshal(value)]));
}

/** Reads one value as DynamoDB gives it; null for a type that is not used here. */
export function unmarshal(value: unknown): AttributeJson {
  const { S, N, BOOL, L, M } = Object(value) as Readonly<Record<string, unknown>>;
  if (S !== undefined) return String(S);
  if (N !== undefined) return Number(N);
  if (BOOL !== undefined) return BOOL === true;
  if (Array.isArray(L)) return L.map(unmarshal);
  return M === undefined ? null : unmarshalItem(Object(M));
}
