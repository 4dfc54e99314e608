import { type Backoff, type Delivery, limits, type QueueDelivery } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { DeliveryOptions, QueueSettings, ReceiveDeclaration } from './declarations.ts';
import { deliveryDefaults, queueDefaults, visibilityTimeout } from './delivery-defaults.ts';
import { mergeOptions } from './delivery-merge.ts';
import type { HandledType } from './read/delivery-fields.ts';
import { quote } from './wording.ts';

/** Makes a consumer's delivery from the options of all its operations. Returns it with the handler module, if one is named. */
export function buildDelivery(
  operations: readonly ReceiveDeclaration[],
  type: HandledType,
  problems: Diagnostic[],
): { readonly delivery: Delivery; readonly handler: string | null } {
  const options = mergeOptions(operations, type, problems);
  const numberOf = (field: keyof typeof deliveryDefaults) =>
    Number(options.get(field)?.value ?? deliveryDefaults[field]);
  const handler = options.get('handler')?.value;
  const base = {
    timeoutSeconds: numberOf('timeoutSeconds'),
    memoryMb: numberOf('memoryMb'),
    onInvalid: options.get('onInvalid')?.value === 'retry' ? 'retry' : deliveryDefaults.onInvalid,
  } as const;
  const delivery: Delivery =
    type === 'function'
      ? { type, ...base, retryAttempts: numberOf('retryAttempts'), maxEventAgeSeconds: numberOf('maxEventAgeSeconds') }
      : { type, ...base, ...queuePart(operations, options, problems) };
  if (delivery.type === 'function') checkDirect(operations, options, problems);
  return { delivery, handler: typeof handler === 'string' ? handler : null };
}

/** Returns what `bindings.sqs` says of a queue that an operation reads from; null for other channels. */
export function boundQueue({ channel }: ReceiveDeclaration): QueueSettings | null {
  return channel.placement?.kind === 'queue' ? channel.placement.queue : null;
}

/** Seconds that the queues of a consumer keep a message: what `bindings.sqs` says, or the default of SQS, the least of them. */
export function retentionSeconds(operations: readonly ReceiveDeclaration[]): number {
  const kept = operations.map((operation) => boundQueue(operation)?.retentionSeconds ?? queueDefaults.retentionSeconds);
  return Math.min(...kept);
}

/** Tells whether an operation reads from a FIFO topic or queue. */
export function readsFifo(operation: ReceiveDeclaration): boolean {
  const { placement } = operation.channel;
  return (placement?.kind === 'topic' && placement.topic.fifo) || (boundQueue(operation)?.fifo ?? false);
}

function queuePart(operations: readonly ReceiveDeclaration[], options: DeliveryOptions, problems: Diagnostic[]) {
  const numberOf = (field: 'batchSize' | 'batchingWindowSeconds' | 'timeoutSeconds') =>
    Number(options.get(field)?.value ?? deliveryDefaults[field]);
  const batchingWindowSeconds = numberOf('batchingWindowSeconds');
  const maxConcurrency = options.get('maxConcurrency')?.value;
  const fifo = operations.some(readsFifo);
  checkBatch(options, fifo, problems);
  const advised = visibilityTimeout(numberOf('timeoutSeconds'), batchingWindowSeconds);
  const bounds = operations.flatMap((operation) => boundQueue(operation) ?? []);
  return {
    batchSize: numberOf('batchSize'),
    batchingWindowSeconds,
    maxConcurrency: typeof maxConcurrency === 'number' ? maxConcurrency : null,
    maxReceiveCount: receiveCount(options, bounds, problems),
    visibilityTimeoutSeconds: queueVisibility(bounds, { advised, timeout: numberOf('timeoutSeconds') }, problems),
    fifo,
    ...pace(options, problems),
  };
}

/** What the runtime decides by itself is left out, so that it stands in no handler. */
function pace(options: DeliveryOptions, problems: Diagnostic[]): Pick<QueueDelivery, 'concurrency' | 'backoff'> {
  const concurrency = options.get('concurrency');
  const backoff = backoffOf(options, problems);
  return {
    ...(concurrency === undefined ? {} : { concurrency: Number(concurrency.value) }),
    ...(backoff === null ? {} : { backoff }),
  };
}

function backoffOf(options: DeliveryOptions, problems: Diagnostic[]): Backoff | null {
  const first = options.get('backoffFirstSeconds');
  const maximum = options.get('backoffMaximumSeconds');
  const given = maximum ?? first;
  if (given === undefined) return null;
  const firstSeconds = Number(first?.value ?? deliveryDefaults.backoffFirstSeconds);
  const maximumSeconds = Number(maximum?.value ?? deliveryDefaults.backoffMaximumSeconds);
  if (firstSeconds > maximumSeconds) {
    const message = `The first retry comes after ${firstSeconds} seconds, which is later than the maximum of ${maximumSeconds}.`;
    const help = 'Raise `backoffMaximumSeconds`, or lower `backoffFirstSeconds`.';
    problems.push(report('delivery-option', given.origin, message, help));
  }
  return { firstSeconds, maximumSeconds };
}

/** Lambda's rules for batches: API_CreateEventSourceMapping. */
function checkBatch(options: DeliveryOptions, fifo: boolean, problems: Diagnostic[]): void {
  const size = options.get('batchSize');
  const window = options.get('batchingWindowSeconds');
  const most = fifo ? limits.batchSizeMaximumFifo.value : limits.batchSizeMaximumWithoutWindow.value;
  if (fifo && window !== undefined && window.value !== 0) {
    const message = 'A FIFO queue has no batching window.';
    problems.push(report('delivery-option', window.origin, message, 'Remove `batchingWindowSeconds`.'));
  }
  const hasWindow = window !== undefined && Number(window.value) > 0;
  if (size === undefined || Number(size.value) <= most || (!fifo && hasWindow)) return;
  const message = fifo
    ? `The batch size of a FIFO queue is at most ${most}.`
    : `A batch of more than ${most} needs a batching window of at least 1 second.`;
  problems.push(report('delivery-option', size.origin, message, fifo ? '' : 'Add `batchingWindowSeconds: 1` or more.'));
}

/** Of several queues the one that gives up first counts: by it is judged what the consumer outlasts. */
function receiveCount(options: DeliveryOptions, bounds: readonly QueueSettings[], problems: Diagnostic[]): number {
  const option = options.get('maxReceiveCount');
  const counts = bounds.flatMap(({ maxReceiveCount, origin }) =>
    maxReceiveCount === null ? [] : [{ count: maxReceiveCount, origin }],
  );
  for (const { count, origin } of counts) {
    if (option === undefined || option.value === count) continue;
    const message = `The queue's binding says \`maxReceiveCount: ${count}\`, \`x-delivery\` says ${option.value}.`;
    problems.push(
      report('two-values', option.origin, message, 'Keep one of them.', [{ message: 'the binding', origin }]),
    );
  }
  if (option !== undefined) return Number(option.value);
  return counts.length === 0 ? deliveryDefaults.maxReceiveCount : Math.min(...counts.map(({ count }) => count));
}

/** Of several queues the one that shows a message again first counts. */
function queueVisibility(
  bounds: readonly QueueSettings[],
  { advised, timeout }: { readonly advised: number; readonly timeout: number },
  problems: Diagnostic[],
): number {
  const timeouts = bounds.map(({ visibilityTimeoutSeconds, origin }) => {
    const given = visibilityTimeoutSeconds ?? advised;
    if (given < timeout) {
      const message = `The queue's visibility timeout of ${given} seconds is shorter than the function's timeout of ${timeout}; Lambda refuses that.`;
      const help = `Raise \`visibilityTimeout\` to ${advised}, or leave it out.`;
      problems.push(report('visibility-timeout', origin, message, help));
    }
    return given;
  });
  return timeouts.length === 0 ? advised : Math.min(...timeouts);
}

/** A function is invoked directly by a rule or a standard topic only. */
function checkDirect(
  operations: readonly ReceiveDeclaration[],
  options: DeliveryOptions,
  problems: Diagnostic[],
): void {
  for (const operation of operations) {
    const { placement } = operation.channel;
    const isQueue = placement?.kind === 'queue';
    if (!isQueue && !readsFifo(operation)) continue;
    const message = isQueue
      ? `Channel ${quote(operation.channel.key)} is a queue, which Lambda polls; a function cannot be invoked directly.`
      : `Channel ${quote(operation.channel.key)} is an SNS FIFO topic, which delivers to queues only.`;
    const origin = options.get('type')?.origin ?? operation.origin;
    const related = [{ message: 'the operation', origin: operation.origin }];
    problems.push(report('function-delivery', origin, message, 'Write `x-delivery: { type: queue }`.', related));
  }
}
