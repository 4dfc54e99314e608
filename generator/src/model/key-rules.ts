import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ChannelDeclaration, ChannelMessage, ReceiveDeclaration } from './declarations.ts';
import type { JsonSchema } from './event-model.ts';
import type { Messages } from './messages.ts';
import { pointerTokens } from './pointer.ts';
import { pointerFacts } from './pointer-facts.ts';
import { quote } from './wording.ts';

/** A key of ours that points into payloads. */
interface Key {
  readonly pointer: string;
  /** As messages call it: `x-ordering`. */
  readonly extension: string;
  readonly origin: Origin;
}

/** Judges keys that point into payloads: `x-ordering.key` and `x-fairness.key` of channels, `x-idempotency.key` of consumers. */
export function checkKeys(
  channels: readonly ChannelDeclaration[],
  receives: readonly ReceiveDeclaration[],
  messages: Messages,
  problems: Diagnostic[],
): void {
  for (const { ordering, fairness, messages: own } of channels) {
    for (const [extension, key] of [['x-ordering', ordering] as const, ['x-fairness', fairness] as const]) {
      if (key !== null) checkKey({ pointer: key.value.key, extension, origin: key.origin }, own, messages, problems);
    }
  }
  for (const operation of receives) {
    const { idempotency } = operation;
    if (idempotency === null) continue;
    const { key } = idempotency.value;
    const place = { extension: 'x-idempotency', origin: idempotency.origin };
    if (key !== null) checkKey({ pointer: key, ...place }, received(operation, receives), messages, problems);
    else checkWithoutKey(operation, receives, problems);
  }
}

/** The events of all operations of the consumer: its idempotency holds for every one of them. */
function received(operation: ReceiveDeclaration, receives: readonly ReceiveDeclaration[]): readonly ChannelMessage[] {
  return receives.filter((other) => isSameConsumer(other, operation)).flatMap(({ messages }) => messages);
}

function checkKey(key: Key, own: readonly ChannelMessage[], messages: Messages, problems: Diagnostic[]): void {
  const path = pointerTokens(key.pointer) ?? [];
  const seen = new Set<JsonSchema>();
  for (const { name, definition } of own) {
    const payload = messages.byDefinition.get(definition)?.payload;
    if (payload === undefined || seen.has(payload)) continue;
    seen.add(payload);
    const fault = keyFault(payload, path);
    if (fault === null) continue;
    const subject = `\`${key.extension}.key\` is ${quote(key.pointer)}, which message ${quote(name)}`;
    problems.push(report(fault.code, key.origin, `${subject} ${fault.text}`, fault.help));
  }
}

interface KeyFault {
  readonly code: 'key-field' | 'key-field-optional';
  readonly text: string;
  readonly help?: string;
}

function keyFault(payload: JsonSchema, path: readonly string[]): KeyFault | null {
  const facts = pointerFacts(payload, path);
  if (!facts.isDeclared) return { code: 'key-field', text: 'does not declare.', help: facts.hint };
  if (!facts.mayBeScalar) {
    return { code: 'key-field', text: 'does not declare as a text, a number or a boolean.' };
  }
  return facts.isRequired ? null : { code: 'key-field-optional', text: 'does not require.' };
}

function checkWithoutKey(
  operation: ReceiveDeclaration,
  receives: readonly ReceiveDeclaration[],
  problems: Diagnostic[],
): void {
  const emits = receives.some((other) => isSameConsumer(other, operation) && other.emits.length > 0);
  if (!emits || operation.idempotency === null) return;
  const message = `Consumer ${quote(operation.consumer)} publishes events and has \`x-idempotency\` without a \`key\`: an event that its producer publishes twice is handled twice.`;
  problems.push(report('idempotency-without-key', operation.idempotency.origin, message));
}

function isSameConsumer(one: ReceiveDeclaration, other: ReceiveDeclaration): boolean {
  return one.service === other.service && one.consumer === other.consumer;
}
