import { type DeliveryPolicy, limits, type SubscriberDelivery } from '@eventloom/engine';
import { type DeliveryFailure, retryDelays } from '../deliver.ts';

/** A try that failed. */
export interface FailedTry {
  readonly hop: 'rule' | 'subscription';
  /** Tries so far, this one included. */
  readonly number: number;
  /** Since the first try. */
  readonly elapsedMilliseconds: number;
  readonly message: string;
  /** False when the target has refused the event for good. */
  readonly isRetried: boolean;
}

/** What AWS does after a try that failed: try again later, or give up. */
export type NextStep =
  | { readonly kind: 'retry'; readonly milliseconds: number }
  | { readonly kind: 'giveUp'; readonly failure: DeliveryFailure };

/** Says what comes after a try that failed. */
export function nextStep(delivery: SubscriberDelivery, failed: FailedTry): NextStep {
  if (!failed.isRetried) return giveUp(failed, null);
  return failed.hop === 'rule' ? afterRule(failed) : afterSubscription(delivery, failed);
}

function giveUp({ hop, number, message }: FailedTry, condition: DeliveryFailure['condition']): NextStep {
  const code = hop === 'rule' ? 'SDK_CLIENT_ERROR' : 'ServerError';
  return { kind: 'giveUp', failure: { code, message, condition, retries: number - 1 } };
}

function afterRule(failed: FailedTry): NextStep {
  if (failed.number > limits.targetRetryAttemptsMaximum.value) return giveUp(failed, 'MaximumRetryAttempts');
  const milliseconds = retryDelays.rule(failed.number) * 1000;
  const isTooOld = failed.elapsedMilliseconds + milliseconds > limits.targetEventAgeSecondsMaximum.value * 1000;
  return isTooOld ? giveUp(failed, 'MaximumEventAgeInSeconds') : { kind: 'retry', milliseconds };
}

function afterSubscription(delivery: SubscriberDelivery, failed: FailedTry): NextStep {
  const seconds = delayOf(delivery, failed.number);
  return seconds === null ? giveUp(failed, 'MaximumRetryAttempts') : { kind: 'retry', milliseconds: seconds * 1000 };
}

/** Seconds before a retry of SNS, counted from 1; null after the last. */
function delayOf(delivery: SubscriberDelivery, retry: number): number | null {
  if (delivery.type === 'http') return httpDelay(delivery.policy, retry);
  return delivery.type === 'email' || delivery.type === 'sms' ? addressDelay(retry) : managedDelay(retry);
}

/** Between the delays of the policy, in the shape that it names; SNS does not say how exactly. */
function httpDelay(policy: DeliveryPolicy, retry: number): number | null {
  const { retries, minimumDelaySeconds: minimum, maximumDelaySeconds: maximum, backoff } = policy;
  if (retry > retries) return null;
  const progress = (retry - 1) / Math.max(1, retries - 1);
  const shape = { linear: progress, arithmetic: progress ** 2, geometric: progress ** 3, exponential: progress ** 4 };
  return minimum + (maximum - minimum) * shape[backoff];
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
function addressDelay(retry: number): number | null {
  const least = limits.snsAddressBackoffSecondsMinimum.value;
  const most = limits.snsAddressBackoffSecondsMaximum.value;
  const slow = limits.snsAddressPreBackoffRetries.value;
  const steady = slow + limits.snsAddressBackoffRetries.value;
  if (retry <= slow) return least;
  if (retry <= steady) return Math.min(least * 2 ** (retry - slow - 1), most);
  return retry <= steady + limits.snsAddressPostBackoffRetries.value ? most : null;
}

/** Of the hundred thousand tries at the end, as many as one wants to wait for: one in a thousand. */
function managedDelay(retry: number): number | null {
  const steady = limits.snsImmediateRetries.value + limits.snsPreBackoffRetries.value + limits.snsBackoffRetries.value;
  if (retry <= steady) return retryDelays.subscription(retry);
  const isLast = retry > steady + limits.snsPostBackoffRetries.value / skipped;
  return isLast ? null : limits.snsBackoffSecondsMaximum.value * skipped;
}

const skipped = 1_000;
