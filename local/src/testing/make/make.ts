import { type Check, schemaCheck } from '../schema/check.ts';
import {
  canonicalText,
  isObject,
  type Keywords,
  listAt,
  own,
  type Schema,
  type TypeName,
  typesOf,
} from '../schema/schema.ts';
import { type Branch, branchesOf } from './branches.ts';
import { type Kit, Unmakeable } from './kit.ts';
import { makeList } from './make-list.ts';
import { makeNumber } from './make-number.ts';
import { makeObject } from './make-object.ts';
import { makeText } from './make-text.ts';

/** What making the value of one branch takes. */
export interface Making<Maker> {
  readonly kit: Kit<Maker>;
  readonly check: Check;
  readonly branch: Branch;
  /** Room for what need not be there: optional properties, more items than the least. */
  readonly roomy: boolean;
  /** Makes what stands one level further down. */
  readonly child: (schema: Schema) => Maker;
}

/** How to make the values of a schema. */
export interface MakeOptions {
  /** Levels down to which values have more than they must. 0 makes the least. */
  readonly depth: number;
  /** True to take the schema's own `examples` and `default` where it has valid ones. */
  readonly examples: boolean;
}

/** How far down a value may have to go before a schema counts as endless. */
const mostLevels = 24;

/** Makes valid values of a schema. Throws {@link Unmakeable} when there seem to be none. */
export function make<Maker>(kit: Kit<Maker>, root: Schema, { depth, examples }: MakeOptions): Maker {
  const check = schemaCheck(root);
  const known = new Map<string, Maker | Unmakeable>();
  const remembered = (key: string, work: () => Maker): Maker => {
    const made = known.get(key) ?? attempt(work);
    known.set(key, made);
    if (made instanceof Unmakeable) throw made;
    return made;
  };
  const place = (schema: Schema, room: Pick<Making<Maker>, 'roomy' | 'child'>): Maker => {
    const shown = examplesOf(schema).filter((value) => check(value, schema).length === 0);
    if (examples && shown.length > 0) return kit.values(shown);
    const passing = branchesOf(root, schema).flatMap((branch) => {
      const made = attempt(() =>
        kit.sieve(
          ofBranch({ kit, check, branch, ...room }),
          (value) => check(value, schema).length === 0,
          textOf(schema),
        ),
      );
      return made instanceof Unmakeable || !kit.works(made) ? [] : [made];
    });
    if (passing.length > 0) return kit.either(passing);
    if (shown.length > 0) return kit.values(shown);
    throw new Unmakeable(textOf(schema));
  };
  const roomy = (schema: Schema, levels: number): Maker =>
    levels <= 0
      ? least(schema)
      : remembered(`${levels} ${textOf(schema)}`, () =>
          place(schema, { roomy: true, child: (part) => roomy(part, levels - 1) }),
        );
  const within = (schema: Schema, budget: number): Maker => {
    if (budget < 0) throw new Unmakeable(textOf(schema), 'it goes down without end');
    return remembered(`least ${budget} ${textOf(schema)}`, () =>
      place(schema, { roomy: false, child: (part) => within(part, budget - 1) }),
    );
  };
  /** With the fewest levels that do, so that recursion ends. */
  const least = (schema: Schema): Maker =>
    remembered(`least ${textOf(schema)}`, () => {
      let problem: Unmakeable | undefined;
      for (let budget = 0; budget <= mostLevels; budget++) {
        const made = attempt(() => within(schema, budget));
        if (!(made instanceof Unmakeable)) return made;
        problem = made;
      }
      throw problem ?? new Unmakeable(textOf(schema));
    });
  return roomy(root, depth);
}

function attempt<Maker>(work: () => Maker): Maker | Unmakeable {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unmakeable) return error;
    throw error;
  }
}

function textOf(schema: Schema): string {
  return canonicalText(schema);
}

function examplesOf(schema: Schema): readonly unknown[] {
  if (!isObject(schema)) return [];
  return [...listAt(schema, 'examples'), ...(Object.hasOwn(schema, 'default') ? [schema.default] : [])];
}

function ofBranch<Maker>(making: Making<Maker>): Maker {
  const { kit, check, branch } = making;
  const listed = branch.flatMap((one) => valuesOf(one));
  if (branch.some((one) => valuesOf(one).length > 0 || Object.hasOwn(one, 'enum'))) {
    const allowed = listed.filter((value) => branch.every((one) => check(value, withoutOthers(one)).length === 0));
    if (allowed.length === 0) throw new Unmakeable(JSON.stringify(branch), 'none of its values is allowed');
    return kit.values(allowed);
  }
  const makers = typesOfBranch(making).flatMap((type) => {
    const made = attempt(() => ofType(making, type));
    return made instanceof Unmakeable ? [] : [made];
  });
  if (makers.length === 0) throw new Unmakeable(JSON.stringify(branch), 'none of its types can be made');
  return kit.either(makers);
}

function valuesOf(schema: Keywords): readonly unknown[] {
  return Object.hasOwn(schema, 'const') ? [schema.const] : listAt(schema, 'enum');
}

/** What is left is decided where the whole schema is checked. */
function withoutOthers({ anyOf: _, oneOf: __, $ref: ___, ...schema }: Keywords): Keywords {
  return schema;
}

function ofType<Maker>(making: Making<Maker>, type: TypeName): Maker {
  switch (type) {
    case 'null':
      return making.kit.values([null]);
    case 'boolean':
      return making.kit.values([false, true]);
    case 'integer':
    case 'number':
      return makeNumber(making, type === 'integer');
    case 'string':
      return makeText(making);
    case 'array':
      return makeList(making);
    case 'object':
      return makeObject(making);
    default:
      return type satisfies never;
  }
}

const allTypes: readonly TypeName[] = ['object', 'string', 'integer', 'array', 'boolean', 'null', 'number'];

/** The types that a branch leaves, those that its keywords speak of first; of the least there is one more than those. */
function typesOfBranch({ branch, roomy }: Making<unknown>): readonly TypeName[] {
  const declared = branch.flatMap((one) => (typesOf(one)?.length === undefined ? [] : [typesOf(one) ?? []]));
  const refused = branch.flatMap((one) => {
    const not = own(one, 'not');
    return isObject(not) && Object.keys(not).length === 1 ? (typesOf(not) ?? []) : [];
  });
  const allows = (types: readonly TypeName[], type: TypeName): boolean =>
    types.includes(type) || (type === 'integer' && types.includes('number'));
  const left = allTypes.filter((type) => declared.every((types) => allows(types, type)) && !allows(refused, type));
  const types = left.includes('number') ? left.filter((type) => type !== 'integer') : left;
  const spoken = types.filter((type) =>
    branch.some((one) => keywordsOf[type].some((keyword) => Object.hasOwn(one, keyword))),
  );
  const others = types.filter((type) => !spoken.includes(type));
  return roomy || declared.length > 0 || spoken.length === 0
    ? [...spoken, ...others]
    : [...spoken, ...others].slice(0, spoken.length + 2);
}

const numeric = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

const keywordsOf: Readonly<Record<TypeName, readonly string[]>> = {
  null: [],
  boolean: [],
  integer: numeric,
  number: numeric,
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  array: ['items', 'minItems', 'maxItems', 'contains', 'uniqueItems'],
  object: ['properties', 'required', 'minProperties', 'maxProperties', 'patternProperties', 'propertyNames'],
};
