import { type Delivery, type Gather, postponementSecondsMaximum } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Placed, ReceiveDeclaration } from './declarations.ts';
import { retentionSeconds } from './deliveries.ts';
import { sourceOf } from './events.ts';
import { addressKey } from './order.ts';
import { listOf, quote } from './wording.ts';

/** Judges `x-gather` of a consumer beside its events, its queue and its idempotency. */
export function checkGather(
  operations: readonly ReceiveDeclaration[],
  delivery: Delivery,
  problems: Diagnostic[],
): void {
  const [gather] = operations.flatMap((operation) => operation.gather ?? []);
  if (gather === undefined) return;
  checkPossible(gather, operations, delivery, problems);
  if (delivery.type === 'queue') checkTimer(gather, operations, delivery.maxReceiveCount, problems);
  checkKey(operations, problems);
}

/** What is gathered are the parts of one event, which wait in a queue where their order does not matter. */
function checkPossible(
  gather: Placed<Gather>,
  operations: readonly ReceiveDeclaration[],
  delivery: Delivery,
  problems: Diagnostic[],
): void {
  const refuse = (message: string, help: string) =>
    problems.push(report('gather-not-possible', gather.origin, message, help));
  const events = new Map(
    operations.flatMap(({ messages, channel }) =>
      messages.map(({ name }) => [addressKey({ name, source: sourceOf(channel) }), name] as const),
    ),
  );
  if (delivery.type !== 'queue') {
    refuse('`x-gather` needs a queue, in which the parts wait for each other.', 'Write `x-delivery: { type: queue }`.');
  } else if (delivery.fifo) {
    refuse(
      '`x-gather` does not go with a FIFO queue: a part that waits would stop its group.',
      'Use a standard channel.',
    );
  } else if (operations.some(({ split }) => split !== null)) {
    refuse('`x-gather` and `x-split` do not go together.', 'Split in one consumer, and gather in another.');
  } else if (events.size !== 1) {
    const names = listOf([...events.values()]);
    refuse(
      `\`x-gather\` gathers parts of one event, and this consumer receives ${names}.`,
      'Select one with `messages`.',
    );
  }
}

/** Receives beyond those of the timer, for what fails. */
const spareReceives = 3;

/** The message of the first part stays on the queue until time is up, and is shown again now and then. */
function checkTimer(
  { value: { timeoutSeconds }, origin }: Placed<Gather>,
  operations: readonly ReceiveDeclaration[],
  maxReceiveCount: number,
  problems: Diagnostic[],
): void {
  const kept = retentionSeconds(operations);
  if (timeoutSeconds >= kept) {
    const message = `\`x-gather\` waits ${timeoutSeconds} seconds, and the queue keeps messages for ${kept}.`;
    problems.push(report('gather-outlives-queue', origin, message));
    return;
  }
  const needed = 1 + Math.ceil(timeoutSeconds / postponementSecondsMaximum);
  if (maxReceiveCount >= needed) return;
  const message = `\`x-gather\` waits ${timeoutSeconds} seconds, which takes ${needed} receives of the first part, and \`maxReceiveCount\` is ${maxReceiveCount}.`;
  const help = `Write \`maxReceiveCount: ${needed + spareReceives}\`, which leaves ${spareReceives} for what fails.`;
  problems.push(report('gather-not-outlasted', origin, message, help));
}

function checkKey(operations: readonly ReceiveDeclaration[], problems: Diagnostic[]): void {
  for (const { idempotency } of operations) {
    const key = idempotency?.value.key ?? null;
    if (idempotency === null || key === null) continue;
    const message = `\`x-idempotency.key\` is ${quote(key)}, and the consumer gathers parts, which may all have the same.`;
    problems.push(report('gather-key', idempotency.origin, message));
  }
}
