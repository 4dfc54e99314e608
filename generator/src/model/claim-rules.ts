import { limits } from '@eventloom/engine';
import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ChannelDeclaration } from './declarations.ts';
import type { MessageType } from './event-model.ts';
import type { Messages } from './messages.ts';
import { pointerTokens } from './pointer.ts';
import { pointerFacts } from './pointer-facts.ts';
import { quote } from './wording.ts';

/** Days that a dead-letter queue keeps a message. */
const deadLetterDays = limits.retentionSecondsMaximum.value / (24 * 60 * 60);

/** Judges `x-claim-check` of channels: `keep` names fields that some message declares, each of them a plain value. */
export function checkClaims(channels: readonly ChannelDeclaration[], messages: Messages, problems: Diagnostic[]): void {
  for (const { claimCheck, messages: own } of channels) {
    const types = own.flatMap(({ definition }) => messages.byDefinition.get(definition) ?? []);
    if (claimCheck === null || types.length === 0) continue;
    const { keep, keepOrigins, expireDays } = claimCheck.value;
    if (expireDays < deadLetterDays) {
      const message = `Payloads are deleted after ${expireDays} days, and a dead-letter queue keeps claims for ${deadLetterDays}.`;
      problems.push(report('claim-expires', claimCheck.origin, message));
    }
    for (const [index, pointer] of keep.entries()) {
      const fault = keepFault(pointer, keepOrigins[index] ?? claimCheck.origin, types);
      if (fault !== null) problems.push(fault);
    }
  }
}

/** Messages of one channel differ: that some of them lack the field does no harm. */
function keepFault(pointer: string, origin: Origin, types: readonly MessageType[]): Diagnostic | null {
  const facts = types.map(({ payload }) => pointerFacts(payload, pointerTokens(pointer) ?? []));
  const subject = `\`x-claim-check.keep\` names ${quote(pointer)}, which`;
  const declaring = facts.filter(({ isDeclared }) => isDeclared);
  if (declaring.length === 0) {
    return report('claim-field', origin, `${subject} no message of the channel declares.`, facts[0]?.hint);
  }
  if (declaring.every(({ mayBeScalar }) => mayBeScalar)) return null;
  return report('claim-field', origin, `${subject} is declared as no text, number or boolean.`);
}
