import type { AlarmSettings } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ReceiveDeclaration } from '../declarations.ts';
import { mergeOnce } from '../merge-once.ts';

/** Returns `x-alarms` of a consumer or subscriber, which stands on one of its operations; nothing when none has it. */
export function alarmsOf(
  operations: readonly ReceiveDeclaration[],
  problems: Diagnostic[],
): { readonly alarms?: false | AlarmSettings } {
  const alarms = mergeOnce('x-alarms', operations, ({ alarms }) => alarms, problems);
  return alarms === null ? {} : { alarms };
}
