import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Routed } from './consumer-groups.ts';
import type { ReceiveDeclaration } from './declarations.ts';
import { boundQueue, readsFifo } from './deliveries.ts';
import { addressKey, sortBy } from './order.ts';
import { quote } from './wording.ts';

/** What a consumer has once (a queue, a subscription per topic) cannot be shared by operations that differ in it. */
export function checkMerged(operations: readonly ReceiveDeclaration[], problems: Diagnostic[]): void {
  checkSubscriptions(operations, problems);
  const [first, ...others] = operations;
  if (first === undefined) return;
  for (const operation of others) {
    const related = [{ message: 'the other operation', origin: first.origin }];
    if ((boundQueue(first) === null) !== (boundQueue(operation) === null)) {
      const message = `Consumer ${quote(first.consumer)} reads a point-to-point queue and receives from elsewhere; it has one queue only.`;
      const help = 'Give the operation on the queue a consumer of its own.';
      problems.push(report('queue-consumer-merged', operation.origin, message, help, related));
    } else if (readsFifo(first) !== readsFifo(operation)) {
      const message = `Consumer ${quote(first.consumer)} receives from FIFO and from standard channels; its one queue is either.`;
      const help = 'A standard topic or a bus cannot feed a FIFO queue: give the operations different `x-consumer`s.';
      problems.push(report('fifo-mismatch', operation.origin, message, help, related));
    }
  }
}

/** One subscriber of a topic has one subscription. */
export function checkSubscriptions(operations: readonly ReceiveDeclaration[], problems: Diagnostic[]): void {
  const topics = new Map<string, ReceiveDeclaration>();
  for (const operation of operations) {
    if (operation.channel.placement?.kind !== 'topic' && operation.channel.placement?.kind !== 'bus-topic') continue;
    const earlier = topics.get(operation.channel.key);
    if (earlier === undefined) topics.set(operation.channel.key, operation);
    else problems.push(subscribedTwice(operation, earlier));
  }
}

/** Two rules may bring one event, and the handler cannot tell which did: then it does not know which filter holds. */
export function checkHandlerFilters(found: readonly Routed[], problems: Diagnostic[]): void {
  for (const { route, operation } of found) {
    if (route.handlerFilter === undefined) continue;
    const keys = new Set(route.events.map(addressKey));
    const other = found.find(
      (one) => one.route !== route && one.route.events.some((event) => keys.has(addressKey(event))),
    );
    if (other === undefined) continue;
    const message = `The handler of consumer ${quote(operation.consumer)} is to evaluate the filter of ${quote(operation.key)}, and ${quote(other.operation.key)} brings the same events by a rule of its own: it cannot tell which rule an event came by.`;
    const help = 'Make one operation of them, and join the filters with `$or`.';
    const related = [{ message: 'the other operation', origin: other.operation.origin }];
    problems.push(report('filter-not-supported', operation.rest?.origin ?? operation.origin, message, help, related));
  }
}

function subscribedTwice(operation: ReceiveDeclaration, earlier: ReceiveDeclaration): Diagnostic {
  const message = `Operations ${quote(earlier.key)} and ${quote(operation.key)} would subscribe one consumer twice to the topic of channel ${quote(operation.channel.key)}; SNS keeps one subscription for each queue or function.`;
  const help = 'Make one operation of them: list both messages, and join the filters with `$or`.';
  return report('subscribed-twice', operation.origin, message, help, [
    { message: 'the other', origin: earlier.origin },
  ]);
}

/** A point-to-point queue has one reader: whatever a second one took, the first would miss. */
export function checkQueues(operations: readonly ReceiveDeclaration[], problems: Diagnostic[]): void {
  const readers = new Map<string, ReceiveDeclaration>();
  for (const operation of sortBy(operations, ({ key }) => key)) {
    if (boundQueue(operation) === null) continue;
    const first = readers.get(operation.channel.key);
    if (first === undefined) {
      readers.set(operation.channel.key, operation);
      continue;
    }
    const message = `Channel ${quote(operation.channel.key)} is a point-to-point queue with a second consumer: each message goes to one of them only.`;
    const help = 'Make the channel an SNS topic or put it on a bus, so that every consumer gets every message.';
    const related = [{ message: 'the first consumer', origin: first.origin }];
    problems.push(report('queue-consumers', operation.origin, message, help, related));
  }
}
