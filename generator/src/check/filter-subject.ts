import { type Branch, type CompiledPattern, compilePattern, type Leaf } from '@eventloom/engine';
import type { JsonSchema, MessageType } from '../model/event-model.ts';
import { type FilterPart, filterParts, leafPartsOf, replacedLeaves } from './filter-parts.ts';
import { neverMatches } from './proofs/proofs.ts';
import { type Space, spaceOf } from './proofs/space.ts';
import type { FilteredSelection } from './selections.ts';
import { undeclaredIn } from './undeclared-field.ts';

/** A message as a filter sees it. */
export interface Received {
  readonly name: string;
  /** What the filter reads: payloads, or attributes. */
  readonly space: Space;
  /** The same were its schemas closed: for what is declared, not for proofs. Null when the schema has no variants. */
  readonly closed: Space | null;
  /** True when another rule tells that the message lacks a field of the filter. */
  readonly isToldToMiss: boolean;
}

/** A filter with what is known about it before anything is proven. */
export interface FilterSubject {
  readonly selection: FilteredSelection;
  readonly pattern: CompiledPattern;
  readonly parts: readonly FilterPart[];
  /** Leaves that have an effect and whose field some message declares. */
  readonly leaves: readonly Leaf[];
  readonly messages: readonly Received[];
  /** Those of the messages that may match. */
  readonly reached: readonly Received[];
  /** True when no message declares some field: another rule tells that. */
  readonly readsUndeclared: boolean;
  /** True when some conditions take the place of others. */
  readonly replaces: boolean;
}

/** Finds the valid payloads of a message. */
export type SpacesOf = (message: MessageType) => Spaces;

type Spaces = Pick<Received, 'space' | 'closed'>;

/** The spaces of messages, each made once. */
export function spacesOfMessages(): SpacesOf {
  const spaces = new Map<MessageType, Spaces>();
  return (message) => {
    const own = spaces.get(message) ?? spacesOf(message.payload);
    spaces.set(message, own);
    return own;
  };
}

function spacesOf(schema: JsonSchema): Spaces {
  return { space: spaceOf(schema), closed: hasVariants(schema) ? spaceOf(schema, true) : null };
}

/** Tells whether a schema leaves a choice anywhere. */
function hasVariants(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  const keywords = ['anyOf', 'oneOf', 'if', 'dependencies'];
  return keywords.some((keyword) => Object.hasOwn(schema, keyword)) || Object.values(schema).some(hasVariants);
}

/** Looks at the filter of a selection; null when it is not well-formed or receives nothing. */
export function filterSubject(selection: FilteredSelection, spacesFor: SpacesOf): FilterSubject | null {
  const compiled = compilePattern(selection.filter);
  if (!compiled.ok || selection.messages.length === 0) return null;
  const { pattern } = compiled;
  const parts = filterParts(selection.filter, pattern);
  const undeclared = undeclaredIn(selection);
  const everywhere = undeclared.filter(({ without }) => without.length === selection.messages.length);
  const lost = new Set(undeclared.flatMap(({ without, isOptional }) => (isOptional ? [] : without)));
  const fields = everywhere.map(({ field }) => field.pointer);
  const messages = selection.messages.map((message) => ({
    name: message.name,
    ...(readsAttributes(selection) ? spacesOf(attributesOf(message)) : spacesFor(message)),
    isToldToMiss: lost.has(message),
  }));
  return {
    selection,
    pattern,
    parts,
    leaves: leafPartsOf(parts).flatMap(({ leaf }) => (leaf === null || isBelow(leaf.pointer, fields) ? [] : [leaf])),
    messages,
    reached: messages.filter(({ space }) => !isNever(space, pattern.branches)),
    readsUndeclared: everywhere.length > 0,
    replaces: replacedLeaves(parts).size > 0,
  };
}

/** Proves that no valid payload matches any of the branches. */
export function isNever(space: Space, branches: readonly Branch[]): boolean {
  return branches.every((branch) => neverMatches(space, branch));
}

/** Tells whether a filter reads message attributes in place of the payload. */
export function readsAttributes({ route }: FilteredSelection): boolean {
  return route.kind === 'sns' && route.filterPolicyScope === 'MessageAttributes';
}

function isBelow(pointer: string, fields: readonly string[]): boolean {
  return fields.some((field) => pointer === field || pointer.startsWith(`${field}/`));
}

/** Attributes may differ from the payload: only listed texts are known about them. */
function attributesOf({ headers }: MessageType): JsonSchema {
  const listed = headers.flatMap(({ name, type }): [string, JsonSchema][] => {
    const members = type.kind === 'union' ? type.members : [type];
    const values = members.map((member) => (member.kind === 'literal' ? member.value : null));
    return values.every((value) => typeof value === 'string') ? [[name, { enum: values }]] : [];
  });
  return { type: 'object', properties: Object.fromEntries(listed) };
}
