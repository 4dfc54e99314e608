import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { ReceiveDeclaration } from '../declarations.ts';
import { integerBetween, readFields } from './fields.ts';

const gatherFields = {
  timeoutSeconds: integerBetween(1, limits.retentionSecondsMaximum.value),
};

/** Reads `x-gather`; null when the operation has none, or one with a mistake. */
export function readGather(operation: SpecNode, problems: Diagnostic[]): ReceiveDeclaration['gather'] {
  const node = operation.get('x-gather');
  if (node === undefined) return null;
  const found: Diagnostic[] = [];
  const { timeoutSeconds } = readFields(node, 'x-gather', gatherFields, found);
  const origin = operation.keyOrigin('x-gather');
  if (timeoutSeconds === undefined && found.length === 0) {
    const message = '`x-gather` has no `timeoutSeconds`: nothing says how long the first part waits for the last.';
    found.push(report('extension-value', origin, message, 'For example `x-gather: { timeoutSeconds: 600 }`.'));
  }
  problems.push(...found);
  return timeoutSeconds === undefined || found.length > 0 ? null : { value: { timeoutSeconds }, origin };
}
