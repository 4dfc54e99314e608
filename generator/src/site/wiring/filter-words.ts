import {
  compilePattern,
  type EventPattern,
  eventBridgeDialect,
  type PatternPart,
  parsePattern,
} from '@eventloom/engine';
import type { JsonSchema, OperationModel } from '../../model/event-model.ts';
import type { Words } from '../site-model.ts';
import { conditionWords } from './condition-words.ts';
import { listsOnTheWay } from './lists-on-the-way.ts';
import { code } from './words.ts';

/** What an `x-filter` reads, and how its fields are called. */
export interface FilterReading {
  readonly filter: EventPattern | null;
  readonly scope: OperationModel['filterScope'];
  /** Of the payload, to tell lists from single values. */
  readonly schema: JsonSchema;
}

/**
 * Says what a filter wants, one line for each condition that must hold; none when there is no filter. The alternatives of
 * a `$or` are one line.
 */
export function filterWords({ filter, scope, schema }: FilterReading): readonly Words[] {
  if (filter === null) return [];
  const parsed = parsePattern(filter, eventBridgeDialect);
  if (!parsed.ok) return [];
  const spelling: Spelling = { scope, schema };
  if (!namesTwice(parsed.parts, new Set())) return parsed.parts.map((part) => partWords(part, spelling));
  // One field in a `$or` and outside of it: EventBridge takes the last of them, as its ways through the pattern say.
  const compiled = compilePattern(filter);
  const ways = compiled.ok ? compiled.pattern.branches : [];
  return [alternatives(ways.map((way) => way.map((leaf) => leafWords(leaf, spelling))))];
}

type Spelling = Pick<FilterReading, 'scope' | 'schema'>;

function partWords(part: PatternPart, spelling: Spelling): Words {
  if (part.kind === 'leaf') return leafWords(part, spelling);
  return alternatives(part.alternatives.map((one) => one.map((inner) => partWords(inner, spelling))));
}

function alternatives(ways: readonly (readonly Words[])[]): Words {
  return `either ${ways.map(oneOf).join(' or ')}`;
}

/** In brackets, where its own "and" and "or" would run into those around it. */
function oneOf(conditions: readonly Words[]): Words {
  const [only = '', ...others] = conditions;
  const isSimple = others.length === 0 && !/(^either | or )/.test(only.replace(/`[^`]*`/g, ''));
  return isSimple ? only : `(${conditions.join(' and ')})`;
}

type Leaf = Pick<Extract<PatternPart, { readonly kind: 'leaf' }>, 'path' | 'conditions'>;

function leafWords({ path, conditions }: Leaf, { scope, schema }: Spelling): Words {
  const wanted = conditionWords(conditions);
  if (scope === 'attributes') return `the message attribute ${code(path)} ${wanted}`;
  const spelled = listsOnTheWay(schema, path);
  return spelled === path ? `${code(path)} ${wanted}` : `some ${code(spelled)} ${wanted}`;
}

/** Tells whether a way through the alternatives names a field twice. */
function namesTwice(parts: readonly PatternPart[], seen: ReadonlySet<string>): boolean {
  const own = new Set(seen);
  for (const part of parts) {
    if (part.kind === 'leaf') {
      if (own.has(part.path)) return true;
      own.add(part.path);
      continue;
    }
    if (part.alternatives.some((one) => namesTwice(one, own))) return true;
    for (const path of part.alternatives.flatMap(pathsOf)) own.add(path);
  }
  return false;
}

function pathsOf(parts: readonly PatternPart[]): readonly string[] {
  return parts.flatMap((part) => (part.kind === 'leaf' ? [part.path] : part.alternatives.flatMap(pathsOf)));
}
