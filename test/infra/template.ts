/** A CloudFormation template, as far as these tests read it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: unknown;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly DependsOn?: unknown;
  readonly DeletionPolicy?: unknown;
}

export type Properties = Readonly<Record<string, unknown>>;

/** Templates by stack name. */
export type Templates = ReadonlyMap<string, Template>;

/** A resource with its logical id. */
export interface Found {
  readonly id: string;
  readonly properties: Properties;
}

/** Returns the resources of one type that `where` accepts. */
export function resources(
  template: Template,
  type: string,
  where: (properties: Properties, id: string) => boolean = () => true,
): readonly Found[] {
  return Object.entries(template.Resources ?? {}).flatMap(([id, { Type, Properties: properties = {} }]) =>
    Type === type && where(properties, id) ? [{ id, properties }] : [],
  );
}

/** Returns the only resource of a type that `where` accepts. */
export function resource(
  template: Template,
  type: string,
  where: (properties: Properties, id: string) => boolean = () => true,
): Found {
  const found = resources(template, type, where);
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`Expected one ${type}, found ${found.length}: ${found.map(({ id }) => id).join(', ')}`);
  }
  return only;
}

/**
 * Returns a value with its intrinsic functions spelt as text: `${Queue.Arn}`, `arn:${AWS::Partition}:sns:…`.
 * A reference to a thing by `Ref` is `${Queue}`.
 */
export function spell(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spell);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value);
  const [field, inner] = fields[0] ?? [];
  if (fields.length === 1 && field === 'Ref') return `\${${inner}}`;
  if (fields.length === 1 && field === 'Fn::GetAtt' && Array.isArray(inner)) return `\${${inner.join('.')}}`;
  if (fields.length === 1 && field === 'Fn::Join' && Array.isArray(inner)) return spellJoin(inner);
  return Object.fromEntries(fields.map(([name, part]) => [name, spell(part)]));
}

function spellJoin([separator, parts]: unknown[]): string {
  if (!Array.isArray(parts)) throw new Error('Fn::Join of no list');
  return parts.map((part) => String(spell(part))).join(String(separator));
}

/** Returns a pattern or policy as JSON, whichever way the template holds it. */
export function parsePattern(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}

/** A policy statement with its intrinsic functions spelt, its lists as lists. */
export interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** Returns the statements of a policy document. */
export function statements(document: unknown): readonly Statement[] {
  const spelt = spell(document) as { readonly Statement: readonly Record<string, unknown>[] };
  return spelt.Statement.map(({ Effect, Action, Resource, Principal, Condition }) => ({
    Effect: String(Effect),
    Action: list(Action),
    Resource: list(Resource),
    ...(Principal === undefined ? {} : { Principal }),
    ...(Condition === undefined ? {} : { Condition }),
  }));
}

function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Returns every policy statement anywhere in a template: of roles, queues and topics. */
export function allStatements(template: Template): readonly Statement[] {
  const documents: unknown[] = [];
  visit(template, (field, value) => {
    if (field.endsWith('PolicyDocument')) documents.push(value);
  });
  return documents.flatMap(statements);
}

/** Calls `see` with every field of a JSON tree. */
export function visit(tree: unknown, see: (field: string, value: unknown) => void): void {
  if (typeof tree !== 'object' || tree === null) return;
  for (const [field, value] of Object.entries(tree)) {
    see(field, value);
    visit(value, see);
  }
}

/** Returns the rights a policy gives, each as `action on resource`, with the source and names of events where given. */
export function rightsOf(document: unknown): readonly string[] {
  return statements(document).flatMap(({ Effect, Action, Resource, Condition }) => {
    if (Effect !== 'Allow') throw new Error(`unexpected ${Effect}`);
    const condition = Condition === undefined ? '' : spellPutEventsCondition(Condition);
    return Action.flatMap((action) => Resource.map((target) => `${action} on ${target}${condition}`));
  });
}

function spellPutEventsCondition(condition: unknown): string {
  const { StringEquals, ...others } = condition as Record<string, Record<string, unknown>>;
  const { 'events:source': source, 'events:detail-type': names, ...rest } = StringEquals ?? {};
  if (Object.keys(others).length + Object.keys(rest).length > 0) throw new Error(JSON.stringify(condition));
  return ` from ${source} as ${list(names).join(', ')}`;
}
