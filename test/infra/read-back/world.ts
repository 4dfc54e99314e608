import type { JsonValue } from '@eventloom/engine';
import type { Templates } from '../template.ts';
import { type Deployed, deploy } from './resolve.ts';

/** What some templates deploy, to be looked up. */
export interface World {
  readonly all: readonly Deployed[];
  of(type: string): readonly Deployed[];
  /** The resource with that ARN; undefined when no template has it. */
  byArn(arn: string): Deployed | undefined;
}

/** Returns what some templates deploy. */
export function worldOf(templates: Templates): World {
  const all = deploy(templates);
  const byArn = new Map(all.flatMap((one) => (one.arn === null ? [] : [[one.arn, one] as const])));
  return { all, of: (type) => all.filter((one) => one.type === type), byArn: (arn) => byArn.get(arn) };
}

/** Returns a pattern or policy as a value, whichever way its property holds it. */
export function patternOf(property: unknown): JsonValue {
  return typeof property === 'string' ? JSON.parse(property) : (property as JsonValue);
}

/** One statement of a policy; what may be one or several is several. */
export interface PolicyStatement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Service principals; `*` for everybody. */
  readonly principals: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Returns the statements of a policy document. */
export function statementsOf(document: unknown): readonly PolicyStatement[] {
  const { Statement } = document as { readonly Statement: readonly Readonly<Record<string, unknown>>[] };
  return Statement.map((statement) => ({
    effect: String(statement.Effect),
    actions: listOf(statement.Action),
    resources: listOf(statement.Resource),
    principals: principalsOf(statement.Principal),
    conditions: Object.fromEntries(
      Object.entries((statement.Condition ?? {}) as Record<string, Record<string, unknown>>).map(([test, keys]) => [
        test,
        Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, listOf(value)])),
      ]),
    ),
  }));
}

function principalsOf(principal: unknown): readonly string[] {
  if (typeof principal !== 'object' || principal === null) return listOf(principal);
  return Object.values(principal).flatMap(listOf);
}

/** Returns one or several texts as a list; none when there is no value. */
export function listOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
