import { InternalError } from '../../internal-error.ts';
import type { JsonSchema } from '../../model/event-model.ts';
import { isObject, own, ownObject } from '../../model/schema/json.ts';
import { inlinedReferences } from './inlined-references.ts';
import { jsonLiteral } from './json-literal.ts';
import type { Part } from './step.ts';

/** A value that a schema is applied to. */
export interface Site {
  readonly scope: Scope;
  /** The variable that holds it. */
  readonly value: string;
  /** How far below the function's argument it is; parts of it are one further down. */
  readonly depth: number;
  /** Where it is, as seen from the function's argument. */
  readonly place: string;
}

/** What the code of one validator is made of, while it is being written. */
export interface Scope {
  /** Names a function of the runtime. */
  use(name: string): string;
  /** Names a constant that holds a JSON value. */
  json(prefix: string, value: unknown): string;
  /** Names a constant of an expression. */
  constant(prefix: string, expression: string): string;
  /** Names the function that applies a schema. */
  check(schema: unknown): string;
  /** What applying a schema to a value comes to. */
  parts(schema: unknown, site: Site): readonly Part[];
  definition(reference: string): Definition;
}

/** What a reference leads to. */
export interface Definition {
  readonly key: string;
  readonly schema: unknown;
  /** It is written out where it is used. */
  readonly isInlined: boolean;
}

/** What has been collected of a validator's code. */
export interface Collected {
  readonly imports: ReadonlySet<string>;
  /** From an expression to its name. */
  readonly constants: ReadonlyMap<string, string>;
  /** Schemas with functions of their own, in order; grows while functions are written. */
  readonly checks: ReadonlyMap<unknown, string>;
}

/** Opens the scope of a validator. */
export function openScope(root: JsonSchema, parts: Scope['parts']): { scope: Scope; collected: Collected } {
  const imports = new Set<string>();
  const constants = new Map<string, string>();
  const checks = new Map<unknown, string>();
  const counts = new Map<string, number>();
  const inlined = inlinedReferences(root);
  const next = (prefix: string): string => {
    const count = counts.get(prefix) ?? 0;
    counts.set(prefix, count + 1);
    return `${prefix}${count}`;
  };
  const named = <K>(names: Map<K, string>, key: K, prefix: string): string => {
    const name = names.get(key) ?? next(prefix);
    names.set(key, name);
    return name;
  };
  const scope: Scope = {
    use: (name) => {
      imports.add(name);
      return name;
    },
    json: (prefix, value) => named(constants, jsonLiteral(value), prefix),
    constant: (prefix, expression) => named(constants, expression, prefix),
    check: (schema) => named(checks, schema, 'check'),
    parts,
    definition: (reference) => ({ ...find(root, reference), isInlined: inlined.has(reference) }),
  };
  return { scope, collected: { imports, constants, checks } };
}

function find(root: JsonSchema, reference: string): Omit<Definition, 'isInlined'> {
  if (reference === '#') return { key: '', schema: root };
  const key = reference.slice('#/definitions/'.length);
  const definitions = isObject(root) ? ownObject(root, 'definitions') : {};
  if (!reference.startsWith('#/definitions/') || !Object.hasOwn(definitions, key)) {
    throw new InternalError(`A bundle refers to ${reference}, which it does not hold`);
  }
  return { key, schema: own(definitions, key) };
}
