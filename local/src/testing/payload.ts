import type { PayloadSchema } from '@eventloom/runtime';
import { drawOf, exampleKit } from './make/example-kit.ts';
import { Unmakeable } from './make/kit.ts';
import { make } from './make/make.ts';
import { refusedOverride } from './make/refused-override.ts';
import { schemaCheck } from './schema/check.ts';
import { isObject, listAt, type Schema } from './schema/schema.ts';

/** Some fields of a payload, at any depth; a list is given whole, and `undefined` leaves a field out. */
export type Overrides<Payload> = Payload extends readonly unknown[]
  ? Payload
  : Payload extends object
    ? { readonly [Key in AnyKey<Payload>]?: Overrides<FieldOf<Payload, Key>> | undefined }
    : Payload;

/** The fields of any member of a union. */
type AnyKey<Payload> = Payload extends unknown ? keyof Payload : never;

type FieldOf<Payload, Key> = Payload extends unknown ? (Key extends keyof Payload ? Payload[Key] : never) : never;

/** What was asked, with `never` in place of each field, at any depth, that the payload does not declare. */
export type DeclaredIn<Payload, Asked> = unknown extends Payload
  ? Asked
  : Asked extends Scalar
    ? Asked
    : Asked extends readonly unknown[]
      ? { readonly [Index in keyof Asked]: DeclaredIn<ItemOf<Payload>, Asked[Index]> }
      : {
          readonly [Key in keyof Asked]: Key extends AnyKey<Exclude<Payload, Scalar>>
            ? DeclaredIn<FieldOf<Payload, Key>, Asked[Key]>
            : never;
        };

type Scalar = string | number | boolean | null | undefined;

type ItemOf<Payload> = Payload extends readonly unknown[] ? Payload[number] : never;

/** A payload with what was asked of it: `{ status: 'declined' }` of a union leaves its members with that status. */
export type Overridden<Payload, Asked> = Payload & Defined<Asked>;

/** Without the fields that are left out. */
type Defined<Asked> = Asked extends readonly unknown[]
  ? Asked
  : Asked extends object
    ? { readonly [Key in keyof Asked as undefined extends Asked[Key] ? never : Key]: Defined<Asked[Key]> }
    : Asked;

/** How an example is chosen. */
export interface PayloadOptions {
  /**
   * The same seed gives the same payload. 0 takes the first of the schema's `examples`, else the least valid payload;
   * others take other examples and optional fields. Default: 0.
   */
  readonly seed?: number | undefined;
}

/**
 * A valid payload of a generated schema with some fields of one's own. Where the fields do not go with an example, the
 * payload is made anew around them.
 *
 * Throws an `Unmakeable` when there is no valid payload with those fields. For an invalid one, spread a valid one:
 * `{ ...payloadOf(orderPlacedSchema), total: -1 }`.
 */
export function payloadOf<Payload, const Asked extends Overrides<Payload>>(
  schema: PayloadSchema<Payload>,
  overrides?: Asked & DeclaredIn<Payload, Asked>,
  { seed = 0 }: PayloadOptions = {},
): Overridden<Payload, Asked> {
  return payloadAround(schema, overrides, seed) as Overridden<Payload, Asked>;
}

/** As {@link payloadOf}, for a caller that has the types. */
export function payloadAround(schema: Schema, overrides: unknown, seed = 0): unknown {
  const check = schemaCheck(schema);
  const { examples = [], default: _, ...root } = isObject(schema) ? schema : {};
  const draw = drawOf(seed);
  const making = (asked: unknown): unknown => {
    const merged = (examples as readonly unknown[])
      .map((example) => override(example, asked))
      .filter((value) => check(value).length === 0);
    if (merged.length > 0) return merged[draw.pick(merged.length)];
    const plan = { ...root, allOf: [...listAt(root, 'allOf'), asked === undefined ? true : shapeOf(asked)] };
    return make(exampleKit, plan, { depth: seed === 0 ? 0 : 3, examples: true })(draw);
  };
  try {
    return copyOf(making(overrides));
  } catch (error) {
    throw error instanceof Unmakeable ? (refusedOverride(schema, overrides, making) ?? error) : error;
  }
}

/** `asked` on top of `value`, field by field. */
function override(value: unknown, asked: unknown): unknown {
  if (asked === undefined) return value;
  if (!isObject(asked) || !isObject(value)) return asked;
  const kept = Object.entries(value).filter(([key]) => !(Object.hasOwn(asked, key) && asked[key] === undefined));
  const result = new Map(kept);
  for (const [key, item] of Object.entries(asked)) {
    if (item !== undefined) result.set(key, override(result.get(key), item));
  }
  return Object.fromEntries(result);
}

/** The schema of values that have what was asked. */
function shapeOf(asked: unknown): Schema {
  if (!isObject(asked)) return { const: asked };
  const entries = Object.entries(asked);
  return {
    type: 'object',
    required: entries.filter(([, item]) => item !== undefined).map(([key]) => key),
    properties: Object.fromEntries(entries.map(([key, item]) => [key, item === undefined ? false : shapeOf(item)])),
  };
}

/** Examples are the schema's own, and nobody may change those. */
function copyOf(value: unknown): unknown {
  return structuredClone(value);
}
