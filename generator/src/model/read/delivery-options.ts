import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { DeliveryOptions } from '../declarations.ts';
import type { DeliveryDefaults } from '../delivery-defaults.ts';
import { listOf, quote } from '../wording.ts';
import { choice, type FieldShape, integerBetween, readFields, type Shapes, textThat } from './fields.ts';
import { isModulePath } from './module-path.ts';

/** Types of delivery that can be built now. */
export const deliveryTypes = ['queue', 'function'] as const;

/** Types of delivery that are planned; naming one gets an answer, not a spelling suggestion. */
const laterTypes: readonly string[] = ['workflow', 'stream', 'bus', 'endpoint', 'log', 'email', 'sms', 'http', 'none'];

const range = (minimum: number, maximum: number): FieldShape<number> => integerBetween(minimum, maximum);

/** The shapes of the options; all but a few are numbers. */
export type DeliveryFields = Shapes & {
  readonly [option in keyof Omit<DeliveryDefaults, 'type' | 'onInvalid'> | 'maxConcurrency']: FieldShape<number>;
} & {
  readonly type: FieldShape<'queue' | 'function'>;
  readonly onInvalid: FieldShape<'deadLetter' | 'retry'>;
  readonly handler: FieldShape<string>;
};

/** Every option of `x-delivery`, whichever type it belongs to. */
export const deliveryFields: DeliveryFields = {
  type: choice(deliveryTypes),
  batchSize: range(limits.batchSizeMinimum.value, limits.batchSizeMaximum.value),
  batchingWindowSeconds: range(limits.batchingWindowSecondsMinimum.value, limits.batchingWindowSecondsMaximum.value),
  maxConcurrency: range(limits.maxConcurrencyMinimum.value, limits.maxConcurrencyMaximum.value),
  maxReceiveCount: range(limits.maxReceiveCountMinimum.value, limits.maxReceiveCountMaximum.value),
  concurrency: range(1, limits.batchSizeMaximum.value),
  backoffFirstSeconds: range(0, limits.visibilityTimeoutSecondsMaximum.value),
  backoffMaximumSeconds: range(1, limits.visibilityTimeoutSecondsMaximum.value),
  timeoutSeconds: range(limits.functionTimeoutSecondsMinimum.value, limits.functionTimeoutSecondsMaximum.value),
  memoryMb: range(limits.functionMemoryMbMinimum.value, limits.functionMemoryMbMaximum.value),
  retryAttempts: range(limits.asynchronousRetriesMinimum.value, limits.asynchronousRetriesMaximum.value),
  maxEventAgeSeconds: range(
    limits.asynchronousEventAgeSecondsMinimum.value,
    limits.asynchronousEventAgeSecondsMaximum.value,
  ),
  onInvalid: choice(['deadLetter', 'retry']),
  handler: textThat(
    "a module path below the handlers' folder: names of letters, digits, `-`, `_` and `.`, separated by `/`, without extension",
    isModulePath,
  ),
};

/** Reads the options of one operation's `x-delivery`. Which of them belong together is decided when operations are merged. */
export function readDeliveryOptions(operation: SpecNode, problems: Diagnostic[]): DeliveryOptions {
  const node = operation.get('x-delivery');
  if (node === undefined) return new Map();
  const type = node.get('type')?.value;
  const isLater = typeof type === 'string' && laterTypes.includes(type);
  const found: Diagnostic[] = [];
  const fields = readFields(node, 'x-delivery', deliveryFields, found);
  if (isLater) {
    const message = `The delivery type ${quote(type)} is planned, but cannot be built yet.`;
    const help = `Supported now: ${listOf(deliveryTypes)}.`;
    problems.push(report('delivery-type-not-supported', node.keyOrigin('type'), message, help));
  }
  // A planned type has options of its own, which would only be called unknown.
  const typePointer = node.keyOrigin('type').pointer;
  problems.push(
    ...found.filter(({ code, origin }) => !isLater || (code !== 'extension-field' && origin.pointer !== typePointer)),
  );
  return new Map(
    Object.entries(fields).map(([field, value]) => [
      field,
      { value: value as string | number, origin: node.keyOrigin(field) },
    ]),
  );
}
