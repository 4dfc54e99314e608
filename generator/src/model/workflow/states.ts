import type { SpecNode } from '../../load/spec-document.ts';
import { isObject } from '../schema/json.ts';

/*
 * Reading of the Amazon States Language. A definition is no AsyncAPI: a `$ref` in it is data, so children are taken as
 * they are written.
 */

/** How states write paths and expressions. */
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** A machine, or one inside of a `Map` or `Parallel` state, whose states go to each other only. */
export interface Machine {
  readonly node: SpecNode;
  /** As messages call it: "The state machine", "The branch". */
  readonly subject: string;
  /** What its states use unless they say otherwise. */
  readonly language: QueryLanguage;
}

/** One state, under its name. */
export interface State {
  readonly name: string;
  readonly node: SpecNode;
  /** The holder of states that it stands in, for where its name is written. */
  readonly states: SpecNode;
  readonly language: QueryLanguage;
}

/** The children of an object or a list as they are written. */
export function children(node: SpecNode | undefined): readonly (readonly [string, SpecNode])[] {
  const value = node?.value;
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const child = node?.raw(key);
    return child === undefined ? [] : [[key, child] as const];
  });
}

/** The text of a field; null when it has none. */
export function textOf(node: SpecNode, field: string): string | null {
  const value = node.raw(field)?.value;
  return typeof value === 'string' ? value : null;
}

/** What a machine or a state says it uses, else what it stands in. */
export function languageOf(node: SpecNode, inherited: QueryLanguage): QueryLanguage {
  const text = textOf(node, 'QueryLanguage');
  return text === 'JSONata' || text === 'JSONPath' ? text : inherited;
}

/** The states of a machine that are objects. */
export function statesOf({ node, language }: Machine): readonly State[] {
  const states = node.raw('States');
  if (states === undefined) return [];
  return children(states).flatMap(([name, state]) =>
    isObject(state.value) ? [{ name, node: state, states, language: languageOf(state, language) }] : [],
  );
}

/** The machines inside of a state. */
export function machinesIn({ node, language }: State): readonly Machine[] {
  const type = textOf(node, 'Type');
  if (type === 'Parallel') {
    return children(node.raw('Branches')).map(([, branch]) => machine(branch, 'The branch', language));
  }
  const processor = type === 'Map' ? (node.raw('ItemProcessor') ?? node.raw('Iterator')) : undefined;
  return processor === undefined ? [] : [machine(processor, 'The item processor', language)];
}

/** All states of a machine, those of machines inside of states too. */
export function allStates(machine: Machine): readonly State[] {
  return statesOf(machine).flatMap((state) => [state, ...machinesIn(state).flatMap(allStates)]);
}

/** The machine of a whole definition. Without a word it uses JSONPath. */
export function wholeMachine(node: SpecNode): Machine {
  return machine(node, 'The state machine', 'JSONPath');
}

function machine(node: SpecNode, subject: string, inherited: QueryLanguage): Machine {
  return { node, subject, language: languageOf(node, inherited) };
}
