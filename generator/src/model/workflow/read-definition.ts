import { type EventAddress, limits } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { DeliveryOption } from '../declarations.ts';
import { destinationVariable } from '../names.ts';
import { canonicalText } from '../schema/json.ts';
import { checkMachine } from './check-machine.ts';
import { checkExpress, checkPublishing } from './publishing.ts';
import { wholeMachine } from './states.ts';
import { checkSubstitutions } from './substitutions.ts';

/** A workflow whose definition is read. */
export interface DefinedWorkflow {
  readonly kind: 'standard' | 'express';
  /** What it may publish. */
  readonly emits: readonly EventAddress[];
}

/**
 * Returns the definition that a delivery names as JSON text with sorted keys; null when its file cannot be read, which
 * was reported. Every fault of it is reported at its place in the file.
 */
export function readDefinition(
  { node, value, origin }: DeliveryOption,
  { kind, emits }: DefinedWorkflow,
  problems: Diagnostic[],
): string | null {
  const definition = typeof value === 'string' ? node.resolve(value) : undefined;
  if (definition === undefined) return null;
  const machine = wholeMachine(definition);
  checkMachine(machine, problems);
  if (kind === 'express') checkExpress(machine, problems);
  checkPublishing(machine, emits, problems);
  checkSubstitutions(definition, variablesOf(emits), problems);
  const text = canonicalText(definition.value);
  const [bytes, most] = [new TextEncoder().encode(text).length, limits.stateMachineDefinitionBytes.value];
  if (bytes > most) {
    problems.push(report('workflow-size', origin, `The definition has ${bytes} bytes; Step Functions takes ${most}.`));
  }
  return text;
}

function variablesOf(emits: readonly EventAddress[]): readonly string[] {
  const keys = new Set(emits.map(({ destination }) => destination));
  return [...keys].map((key) => {
    const [kind, ...rest] = key.split(':');
    return destinationVariable(kind === 'topic' || kind === 'queue' ? kind : 'bus', rest.join(':'));
  });
}
