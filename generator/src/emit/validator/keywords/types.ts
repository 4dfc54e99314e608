import { type JsonObject, own } from '../../../model/schema/json.ts';
import { jsonLiteral } from '../json-literal.ts';
import type { Site } from '../scope.ts';
import { type Group, type Rule, rule } from '../step.ts';

/** The types that a schema allows; none when it says nothing of them. */
export function typesOf(schema: JsonObject): readonly string[] {
  const type = own(schema, 'type');
  const types = Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : [];
  const isNullable = own(schema, 'nullable') === true && types.length > 0 && !types.includes('null');
  return isNullable ? [...types, 'null'] : types;
}

/** Tells whether keywords speak of a type. */
export function isGroup(type: string): type is Group {
  return type === 'number' || type === 'string' || type === 'array' || type === 'object';
}

const names: Readonly<Record<string, string>> = {
  string: 'notString',
  number: 'notNumber',
  integer: 'notInteger',
  boolean: 'notBoolean',
  null: 'notNull',
  object: 'notObject',
  array: 'notArray',
};

/** That a value is not of a type, which the schema spells as a text. */
function brokenType(type: string, { scope, value }: Site): Rule {
  return rule(`${scope.use(names[type] ?? '')}(${value})`);
}

/** That a value is of none of the types that a schema allows. */
export function brokenTypes(schema: JsonObject, site: Site): Rule {
  const types = typesOf(schema);
  const spelled = own(schema, 'type');
  const allows = types.filter(isGroup);
  const [only = ''] = types;
  if (types.length === 1 && typeof spelled === 'string') return { ...brokenType(only, site), allows };
  const broken = `["type", ${jsonLiteral({ type: spelled })}]`;
  const noneOf = (some: readonly string[]): string => [...notOf(some, site), broken].join(' && ');
  const elseOf = (group: Group): string => noneOf(types.filter((type) => type !== group && !isPart(type, group)));
  return { kind: 'rule', code: noneOf(types), binding: 'and', allows, elseOf };
}

function isPart(type: string, group: Group): boolean {
  return type === 'integer' && group === 'number';
}

/** Conditions that hold together when a value is of none of some types. */
function notOf(types: readonly string[], { scope, value }: Site): readonly string[] {
  const asked = new Set(types);
  if (asked.has('number')) asked.delete('integer');
  return [...asked].map((type) => {
    if (type === 'null') return `${value} !== null`;
    if (type === 'array') return `!Array.isArray(${value})`;
    if (type === 'object') return `!${scope.use('isObject')}(${value})`;
    return type === 'integer' ? `!${scope.use('isInteger')}(${value})` : `typeof ${value} !== "${type}"`;
  });
}

/** A function that tells whether a value is of one of some types. */
export function isOfTypes(types: readonly string[], { scope }: Site): string {
  const site = { scope, value: 'd' } as Site;
  return scope.constant('is', `(d) => !(${notOf(types, site).join(' && ')})`);
}
