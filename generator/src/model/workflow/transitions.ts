import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { didYouMeanOrList, quote } from '../wording.ts';
import { children, type Machine, type State, statesOf, textOf } from './states.ts';

/** Judges where a machine starts and where its states go: each target is a state of it, and each state is reached. */
export function checkTransitions(machine: Machine, problems: Diagnostic[]): void {
  const { node, subject } = machine;
  const states = statesOf(machine);
  const names = children(node.raw('States')).map(([name]) => name);
  const start = textOf(node, 'StartAt');
  if (start === null) {
    const message = `${subject} has no \`StartAt\`: the name of the state that it starts with.`;
    const origin = node.raw('StartAt') === undefined ? node.origin : node.keyOrigin('StartAt');
    problems.push(report('workflow-shape', origin, message));
  }
  const begin: readonly Transition[] = start === null ? [] : [{ target: start, origin: node.keyOrigin('StartAt') }];
  const leading = new Map(states.map((state) => [state.name, transitions(state)]));
  const open = states.map((state) => endFault(state)).filter((fault) => fault !== null);
  problems.push(...open);
  const all = [...begin, ...[...leading.values()].flat()];
  const lost = all.filter(({ target }) => !names.includes(target));
  for (const { target, origin } of lost) {
    const message = `There is no state ${quote(target)} beside it.`;
    problems.push(report('workflow-next', origin, message, didYouMeanOrList(target, names, 'States there')));
  }
  // Behind a name that leads nowhere, or a missing one, states would only seem unreachable.
  if (start !== null && lost.length === 0 && open.length === 0) checkReached(start, states, leading, problems);
}

interface Transition {
  readonly target: string;
  readonly origin: Origin;
}

function transitions({ node }: State): readonly Transition[] {
  const holders = [node, ...elements(node.raw('Choices')), ...elements(node.raw('Catch'))];
  return holders.flatMap((holder) => [...to(holder, 'Next'), ...(holder === node ? to(holder, 'Default') : [])]);
}

function to(node: SpecNode, field: string): readonly Transition[] {
  const target = textOf(node, field);
  return target === null ? [] : [{ target, origin: node.keyOrigin(field) }];
}

function elements(list: SpecNode | undefined): readonly SpecNode[] {
  return Array.isArray(list?.value) ? children(list).map(([, element]) => element) : [];
}

/** A state goes on or ends, unless its type says which. Null when it is right. */
function endFault({ name, node, states }: State): Diagnostic | null {
  const type = textOf(node, 'Type');
  const refuse = (message: string, origin = states.keyOrigin(name)): Diagnostic =>
    report('workflow-end', origin, `State ${quote(name)} ${message}`);
  const [goesOn, ends] = [node.raw('Next') !== undefined, node.raw('End')?.value === true];
  if (type === 'Choice' || type === 'Succeed' || type === 'Fail') {
    const field = ['Next', 'End'].find((one) => node.raw(one) !== undefined);
    if (field !== undefined) return refuse(`of type \`${type}\` has no \`${field}\`.`, node.keyOrigin(field));
    const choices = type === 'Choice' ? elements(node.raw('Choices')) : [];
    const open = choices.find((choice) => textOf(choice, 'Next') === null);
    return open === undefined ? null : refuse('has a choice without `Next`.', open.origin);
  }
  if (type === null || goesOn !== ends) return null;
  return refuse(goesOn ? 'has `Next` and `End`.' : 'has neither `Next` nor `End: true`.');
}

function checkReached(
  start: string,
  states: readonly State[],
  leading: ReadonlyMap<string, readonly Transition[]>,
  problems: Diagnostic[],
): void {
  const reached = new Set<string>();
  const pending = [start];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    pending.push(...(leading.get(name) ?? []).map(({ target }) => target));
  }
  for (const { name, states: holder } of states) {
    if (reached.has(name)) continue;
    const message = `No way leads from ${quote(start)} to state ${quote(name)}.`;
    problems.push(report('workflow-unreachable', holder.keyOrigin(name), message));
  }
}
