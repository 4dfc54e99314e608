import { limits, logRetentionPeriods } from '@eventloom/engine';
import {
  anyObject,
  choice,
  type FieldShape,
  flag,
  integerBetween,
  listOfShape,
  payloadPointer,
  type Shapes,
  textThat,
} from './fields.ts';
import { isModulePath } from './module-path.ts';
import {
  accountId,
  busArn,
  busName,
  httpsUrl,
  mailAddress,
  oneOrMore,
  phoneNumber,
  queueArn,
  regionName,
} from './shapes.ts';

/** Types of `x-delivery` with a function of the service behind them. */
export const handledTypes = ['queue', 'function'] as const;

/** Types of `x-delivery` that no function of the service is behind. */
export const subscriberTypes = [
  'workflow',
  'stream',
  'bus',
  'endpoint',
  'log',
  'email',
  'sms',
  'http',
  'none',
] as const;

/** A type of `x-delivery` with a handler. */
export type HandledType = (typeof handledTypes)[number];

/** A type of `x-delivery` without a handler. */
export type SubscriberType = (typeof subscriberTypes)[number];

/** Every type of `x-delivery`. */
export type DeliveryType = HandledType | SubscriberType;

/** Every type of `x-delivery`, as messages list them. */
export const deliveryTypes: readonly DeliveryType[] = [...handledTypes, ...subscriberTypes];

const between = (minimum: { readonly value: number }, maximum: { readonly value: number }): FieldShape<number> =>
  integerBetween(minimum.value, maximum.value);

/** What every delivery with a function has. */
const functionFields = {
  timeoutSeconds: between(limits.functionTimeoutSecondsMinimum, limits.functionTimeoutSecondsMaximum),
  memoryMb: between(limits.functionMemoryMbMinimum, limits.functionMemoryMbMaximum),
  onInvalid: choice(['deadLetter', 'retry']),
  handler: textThat(
    "a module path below the handlers' folder: names of letters, digits, `-`, `_` and `.`, separated by `/`, without extension",
    isModulePath,
  ),
} as const;

const receives = between(limits.maxReceiveCountMinimum, limits.maxReceiveCountMaximum);
const retryDelay = between(limits.deliveryDelaySecondsMinimum, limits.deliveryDelaySecondsMaximum);

/** The options of each type of `x-delivery`, beside `type` itself. */
export const deliveryFields: Readonly<Record<DeliveryType, Shapes>> = {
  queue: {
    ...functionFields,
    batchSize: between(limits.batchSizeMinimum, limits.batchSizeMaximum),
    batchingWindowSeconds: between(limits.batchingWindowSecondsMinimum, limits.batchingWindowSecondsMaximum),
    maxConcurrency: between(limits.maxConcurrencyMinimum, limits.maxConcurrencyMaximum),
    maxReceiveCount: receives,
    concurrency: integerBetween(1, limits.batchSizeMaximum.value),
    backoffFirstSeconds: integerBetween(0, limits.visibilityTimeoutSecondsMaximum.value),
    backoffMaximumSeconds: integerBetween(1, limits.visibilityTimeoutSecondsMaximum.value),
  },
  function: {
    ...functionFields,
    retryAttempts: between(limits.asynchronousRetriesMinimum, limits.asynchronousRetriesMaximum),
    maxEventAgeSeconds: between(limits.asynchronousEventAgeSecondsMinimum, limits.asynchronousEventAgeSecondsMaximum),
  },
  workflow: {
    kind: choice(['standard', 'express']),
    definition: textThat('the path of a file in Amazon States Language', (text) => text !== ''),
    input: choice(['payload', 'event']),
  },
  stream: {
    kind: choice(['kinesis', 'firehose']),
    partitionKey: payloadPointer,
    shards: integerBetween(1),
    retentionHours: between(limits.streamRetentionHoursMinimum, limits.streamRetentionHoursMaximum),
    bufferSeconds: between(limits.firehoseBufferSecondsMinimum, limits.firehoseBufferSecondsMaximum),
    bufferMb: between(limits.firehoseBufferMbMinimum, limits.firehoseBufferMbMaximum),
    compression: choice(['gzip', 'none']),
    partitions: listOfShape(payloadPointer),
    expireDays: integerBetween(1),
  },
  bus: { busName, account: accountId, region: regionName, arn: busArn },
  endpoint: {
    url: httpsUrl,
    method: choice(['POST', 'PUT', 'PATCH']),
    ratePerSecond: between(limits.apiDestinationRateMinimum, limits.apiDestinationRateMaximum),
    body: choice(['payload', 'event']),
    authorization: anyObject,
  },
  log: { retentionDays: oneOfNumbers(logRetentionPeriods) },
  email: { addresses: oneOrMore(mailAddress) },
  sms: { numbers: oneOrMore(phoneNumber) },
  http: {
    url: httpsUrl,
    raw: flag,
    retries: between(limits.deliveryRetriesMinimum, limits.deliveryRetriesMaximum),
    minimumDelaySeconds: retryDelay,
    maximumDelaySeconds: retryDelay,
    backoff: choice(['linear', 'arithmetic', 'geometric', 'exponential']),
    maximumPerSecond: integerBetween(1),
  },
  none: {
    arn: queueArn,
    visibilityTimeoutSeconds: between(limits.visibilityTimeoutSecondsMinimum, limits.visibilityTimeoutSecondsMaximum),
    maxReceiveCount: receives,
  },
};

/** Tells whether `type` is one of the types without a handler. */
export function isSubscriberType(type: unknown): type is SubscriberType {
  return subscriberTypes.some((one) => one === type);
}

/** The types that have an option, in the order of {@link deliveryTypes}. */
export function typesWith(option: string): readonly DeliveryType[] {
  return deliveryTypes.filter((type) => Object.hasOwn(deliveryFields[type], option));
}

function oneOfNumbers(values: readonly number[]): FieldShape<number> {
  return {
    expected: `one of ${values.join(', ')}`,
    parse: (value) => values.find((allowed) => allowed === value),
  };
}
