import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { OperationDeclaration, ReceiveDeclaration } from './declarations.ts';
import type { CallModel, ConsumerModel, ReplyModel } from './event-model.ts';
import { sourceOf } from './events.ts';
import type { Messages } from './messages.ts';
import { functionVariable, methodName } from './names.ts';
import { sortBy } from './order.ts';
import { docOf } from './read/doc.ts';
import { didYouMean, quote } from './wording.ts';

/** What `x-callers` makes of a consumer's wiring; absent without it. */
export function callersOf(operations: readonly ReceiveDeclaration[]): { readonly callers?: readonly string[] } {
  const names = operations.flatMap(({ callers }) => callers?.map(({ value }) => value) ?? []);
  return names.length === 0 ? {} : { callers: [...new Set(names)].sort() };
}

/** What the function of a consumer answers: the type of the message; absent when it answers nothing. */
export function replyOf(
  operations: readonly ReceiveDeclaration[],
  messages: Messages,
): { readonly reply?: ReplyModel } {
  const [reply] = operations.flatMap((operation) => (operation.callers === null ? [] : (operation.reply ?? [])));
  const type = reply && messages.byDefinition.get(reply.value.message.definition);
  return reply === undefined || type === undefined
    ? {}
    : { reply: { name: reply.value.message.name, source: sourceOf(reply.value.channel), message: type.typeName } };
}

/** Judges `x-callers`: what a direct call passes by cannot be promised to it. */
export function checkCallers(
  operations: readonly ReceiveDeclaration[],
  consumers: readonly ConsumerModel[],
  problems: Diagnostic[],
): void {
  for (const operation of operations) {
    const [first] = operation.callers ?? [];
    if (first === undefined) continue;
    const consumer = consumers.find(({ operations: own }) => own.some((one) => one.operation === operation.key));
    const fault = faultOf(operation, consumer);
    if (fault === null) continue;
    const [message, help] = fault;
    problems.push(report('call-not-possible', operation.node.keyOrigin('x-callers'), message, help));
  }
}

/** Reports callers that are no service of the spec but nearly one. */
export function checkCallerNames(operations: readonly OperationDeclaration[], problems: Diagnostic[]): void {
  const services = [...new Set(operations.map(({ service }) => service))];
  for (const operation of operations) {
    if (operation.action !== 'receive') continue;
    for (const { value, origin } of operation.callers ?? []) {
      const hint = services.includes(value) ? '' : didYouMean(value, services);
      if (hint === '') continue;
      const message = `No operation belongs to service ${quote(value)}, which is to call ${quote(operation.key)}.`;
      problems.push(report('call-unknown-service', origin, message, hint));
    }
  }
}

function faultOf(
  { key, channel, messages, filter, split, gather, callers, service }: ReceiveDeclaration,
  consumer: ConsumerModel | undefined,
): readonly [message: string, help: string] | null {
  const subject = `Operation ${quote(key)}`;
  if (consumer !== undefined && consumer.wiring.delivery.type !== 'function') {
    return [
      `${subject} has \`x-callers\`, and its consumer takes its events from a queue: a call would pass it by.`,
      'Write `x-delivery: { type: function }`.',
    ];
  }
  if (channel.placement?.kind !== 'bus') {
    return [
      `${subject} has \`x-callers\`, and channel ${quote(channel.key)} is on no bus: a caller would have to write what SNS writes.`,
      'Put the channel on an event bus, without `bindings`.',
    ];
  }
  if (messages.length !== 1) {
    return [
      `${subject} has \`x-callers\` and ${messages.length} messages: a call takes one.`,
      'Select one with `messages`.',
    ];
  }
  if (filter !== null) {
    return [
      `${subject} has \`x-callers\` and \`x-filter\`: a direct call passes no rule, so the filter would not hold.`,
      'Remove one of them, or make two consumers.',
    ];
  }
  if (split !== null || gather !== null) {
    return [`${subject} has \`x-callers\` beside \`x-${split === null ? 'gather' : 'split'}\`.`, 'Remove one of them.'];
  }
  if (callers?.some(({ value }) => value === service)) {
    return [
      `${subject} names its own service ${quote(service)} among \`x-callers\`.`,
      'Call the function that the handler is made of.',
    ];
  }
  return null;
}

/** Makes the calls of a service: one for each operation whose `x-callers` name it, sorted by operation. */
export function callsOf(
  service: string,
  operations: readonly ReceiveDeclaration[],
  consumers: readonly ConsumerModel[],
): readonly CallModel[] {
  const calls = operations.flatMap((operation): CallModel[] => {
    if (!operation.callers?.some(({ value }) => value === service)) return [];
    const consumer = consumers.find(({ operations: own }) => own.some((one) => one.operation === operation.key));
    const [event] = consumer?.receives.filter(({ name }) => operation.messages.some((one) => one.name === name)) ?? [];
    if (consumer === undefined || event === undefined) return [];
    return [
      {
        operation: operation.key,
        methodName: methodName(operation.key),
        consumer: consumer.wiring.key,
        environmentVariable: functionVariable(consumer.wiring.service, consumer.wiring.consumer),
        event: { name: event.name, source: event.source },
        ...(consumer.reply === undefined ? {} : { reply: consumer.reply }),
        doc: docOf(operation.node),
        origin: operation.origin,
      },
    ];
  });
  return sortBy(calls, ({ operation }) => operation);
}
