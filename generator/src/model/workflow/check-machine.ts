import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { isObject } from '../schema/json.ts';
import { didYouMeanOrList, listOf, quote } from '../wording.ts';
import { checkQueryLanguage } from './query-language.ts';
import { children, type Machine, machinesIn, type State, statesOf, textOf } from './states.ts';
import { checkTransitions } from './transitions.ts';

/** Types of states. Source: Amazon States Language, https://states-language.net/spec.html#state-types. */
const stateTypes = ['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'] as const;

/**
 * Judges a definition in the Amazon States Language as far as Step Functions would refuse it: its states, where they go,
 * and whether each can be reached. What a state does is left to Step Functions.
 */
export function checkMachine(machine: Machine, problems: Diagnostic[]): void {
  const { node, subject } = machine;
  if (!isObject(node.value)) {
    problems.push(report('workflow-shape', node.origin, `${subject} is no object.`));
    return;
  }
  checkLanguage(node, problems);
  const states = node.raw('States');
  if (states === undefined || !isObject(states.value) || Object.keys(states.value).length === 0) {
    const message = `${subject} has no \`States\`: an object with a state under each name.`;
    problems.push(report('workflow-shape', states === undefined ? node.origin : node.keyOrigin('States'), message));
    return;
  }
  for (const [name, state] of children(states)) {
    if (!isObject(state.value))
      problems.push(report('workflow-shape', states.keyOrigin(name), `State ${quote(name)} is no object.`));
  }
  for (const state of statesOf(machine)) checkState(state, machine, problems);
  checkTransitions(machine, problems);
}

function checkState(state: State, machine: Machine, problems: Diagnostic[]): void {
  const { name, node, states } = state;
  const most = limits.stateNameCharacters.value;
  if (name.length > most) {
    const message = `The name of a state has at most ${most} characters; this one has ${name.length}.`;
    problems.push(report('workflow-shape', states.keyOrigin(name), message));
  }
  const type = textOf(node, 'Type');
  const known = stateTypes.find((one) => one === type);
  if (known === undefined) {
    const given = type === null ? 'has no `Type`' : `has the type ${quote(type)}`;
    const help = didYouMeanOrList(type ?? '', stateTypes, 'Types of states');
    const origin = node.raw('Type') === undefined ? states.keyOrigin(name) : node.keyOrigin('Type');
    problems.push(report('workflow-state-type', origin, `State ${quote(name)} ${given}.`, help));
    return;
  }
  checkNeeded(state, known, problems);
  if (checkLanguage(node, problems)) checkQueryLanguage(state, machine, problems);
  for (const inner of machinesIn(state)) checkMachine(inner, problems);
}

/** What a type of state cannot do without: one of each list. */
const needed: Readonly<Partial<Record<(typeof stateTypes)[number], readonly string[]>>> = {
  Task: ['Resource'],
  Choice: ['Choices'],
  Wait: ['Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath'],
  Parallel: ['Branches'],
  Map: ['ItemProcessor', 'Iterator'],
};

function checkNeeded({ name, node, states }: State, type: (typeof stateTypes)[number], problems: Diagnostic[]): void {
  const fields = needed[type] ?? [];
  if (fields.length === 0 || fields.some((field) => isThere(node.raw(field)))) return;
  const message = `State ${quote(name)} of type \`${type}\` has no ${fields.length === 1 ? '' : 'one of '}${listOf(fields)}.`;
  problems.push(report('workflow-shape', states.keyOrigin(name), message));
}

/** An empty list of branches or choices is none. */
function isThere(node: SpecNode | undefined): boolean {
  return node !== undefined && !(Array.isArray(node.value) && node.value.length === 0);
}

const languages = ['JSONPath', 'JSONata'] as const;

/** Tells whether it is clear which language a machine or a state uses. */
function checkLanguage(node: SpecNode, problems: Diagnostic[]): boolean {
  const given = node.raw('QueryLanguage');
  if (given === undefined || languages.some((language) => language === given.value)) return true;
  const message = `\`QueryLanguage\` is ${JSON.stringify(given.value)}; it is one of ${listOf(languages)}.`;
  const help = didYouMeanOrList(String(given.value), languages, 'Query languages');
  problems.push(report('workflow-query-language', node.keyOrigin('QueryLanguage'), message, help));
  return false;
}
