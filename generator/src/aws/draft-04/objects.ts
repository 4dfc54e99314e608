import { isObject, type JsonObject, own, ownList, ownObject } from '../json.ts';
import { type Converted, isInherited, kept, lose, type Rewriter, type Site } from './conversion.ts';
import { portablePattern } from './portable-pattern.ts';

/** Keywords on objects. */
export const objects: Rewriter = (site) => [
  ...properties(site),
  ...required(site),
  ...kept(site.schema, ['minProperties', 'maxProperties']),
  ...dependencies(site),
  ...propertyNames(site),
];

/** The three keywords that share out the properties of an object. Ajv asks nothing of a property `__proto__`. */
function properties(site: Site): readonly Converted[] {
  const { schema, below } = site;
  const named = Object.entries(ownObject(schema, 'properties'))
    .filter(([name]) => name !== '__proto__')
    .map(([name, value]) => [name, below(value, 'properties', name)] as const);
  const patterns = Object.entries(ownObject(schema, 'patternProperties')).filter(([name]) => name !== '__proto__');
  const portable = patterns.flatMap(([pattern, value]) => {
    const spelled = portablePattern(pattern);
    return spelled?.exact ? [[spelled.pattern, below(value, 'patternProperties', pattern)] as const] : [];
  });
  const isWhole =
    portable.length === patterns.length && new Set(portable.map(([name]) => name)).size === portable.length;
  const others = own(schema, 'additionalProperties');
  const rest = others === undefined || !isWhole ? undefined : below(others, 'additionalProperties');
  const lost = isWhole ? [] : [lose(site, 'patternProperties')];
  if (!isWhole && others !== undefined) lost.push(lose(site, 'additionalProperties'));
  const keywords: JsonObject = {
    ...(named.length > 0 && { properties: schemasOf(named) }),
    ...(portable.length > 0 && isWhole && { patternProperties: schemasOf(portable) }),
    ...(rest !== undefined && { additionalProperties: typeof others === 'boolean' ? others : rest.schema }),
  };
  const used = [...named, ...portable].map(([, part]) => part).concat(rest ?? []);
  const exact = used.every((part) => part.exact) && !named.some(([name]) => isInherited(name));
  return [{ schema: keywords, exact }, ...lost];
}

function schemasOf(parts: readonly (readonly [string, Converted])[]): JsonObject {
  return Object.fromEntries(parts.map(([name, { schema }]) => [name, schema]));
}

function required(site: Site): readonly Converted[] {
  const names = ownList(site.schema, 'required').map(String);
  const present = names.filter((name) => !isInherited(name));
  const lost = present.length < names.length ? [lose(site, 'required')] : [];
  return present.length === 0 ? lost : [{ schema: { required: present }, exact: true }, ...lost];
}

function dependencies({ schema, below }: Site): readonly Converted[] {
  const all = Object.entries(ownObject(schema, 'dependencies'));
  const usable = all.filter(([name]) => !isInherited(name));
  const parts = usable.flatMap(([name, value]): (readonly [string, unknown, boolean])[] => {
    if (!Array.isArray(value)) {
      const part = below(value, 'dependencies', name);
      return [[name, part.schema, part.exact]];
    }
    const names = value.filter((other) => !isInherited(String(other)));
    return names.length === 0 ? [] : [[name, names, names.length === value.length]];
  });
  const exact = usable.length === all.length && parts.every(([, , isExact]) => isExact);
  const lost = usable.some(([, value]) => Array.isArray(value) && value.some((other) => isInherited(String(other))));
  if (parts.length === 0) return [{ schema: {}, exact: exact && !lost }];
  const map = Object.fromEntries(parts.map(([name, value]) => [name, value]));
  return [{ schema: { dependencies: map }, exact: exact && !lost }];
}

/** Names that are listed, or have a pattern: then there are no others. */
function propertyNames(site: Site): readonly Converted[] {
  const names = own(site.schema, 'propertyNames');
  if (names === undefined || names === true) return [];
  if (names === false) return [{ schema: { maxProperties: 0 }, exact: true }];
  const closed = isObject(names) ? closedTo(names) : undefined;
  if (closed === undefined) return [lose(site, 'propertyNames')];
  return [{ schema: { allOf: [closed] }, exact: true }];
}

function closedTo(names: JsonObject): JsonObject | undefined {
  const { type, title: _title, description: _description, ...rest } = names;
  const [keyword, ...others] = Object.keys(rest);
  if ((type !== undefined && type !== 'string') || others.length > 0) return undefined;
  switch (keyword) {
    case undefined:
      return {};
    case 'const':
    case 'enum': {
      const listed = (keyword === 'const' ? [rest.const] : ownList(rest, 'enum')).filter(
        (name) => typeof name === 'string',
      );
      return listed.length === 0
        ? { maxProperties: 0 }
        : { properties: Object.fromEntries(listed.map((name) => [name, {}])), additionalProperties: false };
    }
    case 'pattern': {
      const spelled = portablePattern(String(rest.pattern));
      return spelled?.exact ? { patternProperties: { [spelled.pattern]: {} }, additionalProperties: false } : undefined;
    }
    default:
      return undefined;
  }
}
