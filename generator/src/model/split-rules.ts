import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Placed, ReceiveDeclaration } from './declarations.ts';
import type { MessageType } from './event-model.ts';
import type { Messages } from './messages.ts';
import { pointerTokens } from './pointer.ts';
import { pointerFacts } from './pointer-facts.ts';
import { quote } from './wording.ts';

/** Judges every `x-split`: what it points to is to be an array in each message that the consumer receives. */
export function checkSplits(receives: readonly ReceiveDeclaration[], messages: Messages, problems: Diagnostic[]): void {
  for (const { split, service, consumer } of receives) {
    if (split === null) continue;
    const own = receives.filter((other) => other.service === service && other.consumer === consumer);
    const types = own.flatMap((operation) =>
      operation.messages.flatMap(({ definition }) => messages.byDefinition.get(definition) ?? []),
    );
    for (const type of new Set(types)) problems.push(...splitFaults(split, type));
  }
}

function splitFaults({ value, origin }: Placed<string>, { name, payload }: MessageType): readonly Diagnostic[] {
  const facts = pointerFacts(payload, pointerTokens(value) ?? []);
  const subject = `\`x-split\` is ${quote(value)}, which message ${quote(name)}`;
  if (!facts.isDeclared) return [report('split-field', origin, `${subject} does not declare.`, facts.hint)];
  if (!facts.mayBeArray) return [report('split-field', origin, `${subject} declares as no array.`)];
  if (!facts.isRequired) return [report('split-field-optional', origin, `${subject} does not require.`)];
  const text = 'declares, but not as an array and nothing else.';
  return facts.isArray ? [] : [report('split-field-optional', origin, `${subject} ${text}`)];
}
