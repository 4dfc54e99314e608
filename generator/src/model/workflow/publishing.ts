import type { EventAddress } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { quote } from '../wording.ts';
import { allStates, children, type Machine, type State, textOf } from './states.ts';

/** Reports events that a task puts on a bus and `x-emits` does not name: the role of the workflow has no right to. */
export function checkPublishing(machine: Machine, emits: readonly EventAddress[], problems: Diagnostic[]): void {
  for (const state of allStates(machine)) {
    if (!putsEvents(state)) continue;
    for (const entry of entriesOf(state)) checkEntry(state, entry, emits, problems);
  }
}

/** Resources that an express workflow does not have. Source: Step Functions developer guide, concepts-express-vs-standard. */
export function checkExpress(machine: Machine, problems: Diagnostic[]): void {
  for (const { name, node } of allStates(machine)) {
    const resource = textOf(node, 'Resource');
    const pattern = resource === null ? null : /\.(sync(:2)?|waitForTaskToken)$/.exec(resource);
    const isActivity = resource !== null && /^arn:aws[\w-]*:states:[^:]*:[^:]*:activity:/.test(resource);
    if (pattern === null && !isActivity) continue;
    const what = pattern === null ? 'an activity' : quote(pattern[0]);
    const message = `State ${quote(name)} waits for ${what}, which an express workflow cannot.`;
    problems.push(report('workflow-express', node.keyOrigin('Resource'), message));
  }
}

function putsEvents({ node }: State): boolean {
  return /:(aws-sdk:eventbridge|events):putEvents(\.|$)/.test(textOf(node, 'Resource') ?? '');
}

/** Entries that are written as a list; others are known only when the workflow runs. */
function entriesOf({ node }: State): readonly SpecNode[] {
  const entries = (node.raw('Arguments') ?? node.raw('Parameters'))?.raw('Entries');
  return Array.isArray(entries?.value) ? children(entries).map(([, entry]) => entry) : [];
}

function checkEntry(state: State, entry: SpecNode, emits: readonly EventAddress[], problems: Diagnostic[]): void {
  const [source, name] = [fixedText(entry, 'Source'), fixedText(entry, 'DetailType')];
  if (source === null || name === null) return;
  if (emits.some((emit) => emit.source === source && emit.name === name)) return;
  const message = `State ${quote(state.name)} publishes ${quote(name)} from ${quote(source)}, which \`x-emits\` does not name: EventBridge will refuse it.`;
  problems.push(report('workflow-emits', entry.keyOrigin('DetailType'), message));
}

/** JSONata stands between `{%` and `%}`. */
function fixedText(entry: SpecNode, field: string): string | null {
  const text = textOf(entry, field);
  return text === null || text.startsWith('{%') ? null : text;
}
