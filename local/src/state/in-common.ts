import { batchFailures } from './batch-response.ts';
import type { InvocationRecord, InvocationResult } from './world.ts';

/**
 * What two invocations with the same events come to: what one of them handled is done, since it deletes the messages, and
 * what both failed comes again. For what both failed, the first says why.
 */
export function inCommon(results: readonly InvocationResult[], records: readonly InvocationRecord[]): InvocationResult {
  const milliseconds = Math.max(...results.map((result) => result.milliseconds));
  const deadLettered = new Map(results.flatMap((result) => [...result.deadLettered]));
  const notes = new Map(results.toReversed().flatMap((result) => [...result.notes]));
  const ids = new Set(records.flatMap(({ messageId }) => messageId ?? []));
  const [first, ...others] = results.map((result) => ({ result, failed: failedOf(result, ids) }));
  if (first === undefined) throw new Error('No invocation has no result');
  const failed = [...first.failed].filter((id) => others.every((other) => other.failed.has(id)));
  const whole = ids.size === 0 || failed.length === ids.size;
  const failure = whole && results.every((result) => result.failure !== null) ? first.result.failure : null;
  const response = { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  return { response: failure === null ? response : undefined, failure, milliseconds, deadLettered, notes };
}

/** Ids of the messages that an invocation did not handle. */
function failedOf({ failure, response }: InvocationResult, ids: ReadonlySet<string>): ReadonlySet<string> {
  if (failure !== null) return ids;
  const failures = batchFailures(response, ids);
  return failures.kind === 'malformed' ? ids : failures.identifiers;
}
