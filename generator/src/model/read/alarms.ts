import type { AlarmSettings } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { Placed } from '../declarations.ts';
import { type FieldShape, isObject, readFields, readValue } from './fields.ts';

const bound: FieldShape<false | number> = {
  expected: 'false or a whole number of at least 1',
  parse: (value) => {
    if (value === false) return false;
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
  },
};

/** The bounds of alarms, each by its field. */
export const alarmFields: { readonly [bound in keyof AlarmSettings]-?: FieldShape<false | number> } = {
  deadLetters: bound,
  oldestMessageSeconds: bound,
  errors: bound,
  throttles: bound,
  failedInvocations: bound,
};

/** What the field of the alarms may hold; its bounds are read by {@link readAlarmsAt}. */
export const alarmsShape: FieldShape<false | object> = {
  expected: 'false or an object of bounds',
  parse: (value) => (value === false || isObject(value) ? value : undefined),
};

/**
 * Reads the alarms at `key` of an object.
 * @param subject how messages call them: `x-infrastructure.alarms`.
 * @returns undefined when there are none, or they are neither false nor bounds; wrong bounds are left out.
 */
export function readAlarmsAt(
  holder: SpecNode,
  key: string,
  subject: string,
  problems: Diagnostic[],
): false | AlarmSettings | undefined {
  const node = holder.get(key);
  if (node === undefined || !isObject(node.value)) return node?.value === false ? false : undefined;
  return readFields(node, subject, alarmFields, problems);
}

/** Reads `x-alarms` of an operation; null when it has none, or one that is neither false nor bounds. */
export function readAlarms(operation: SpecNode, problems: Diagnostic[]): Placed<false | AlarmSettings> | null {
  if (readValue(operation, 'x-alarms', alarmsShape, problems) === null) return null;
  const value = readAlarmsAt(operation, 'x-alarms', 'x-alarms', problems);
  return value === undefined ? null : { value, origin: operation.keyOrigin('x-alarms') };
}
