/** What a function's response says about its batch. */
export type BatchFailures =
  | { readonly kind: 'reported'; readonly identifiers: ReadonlySet<string> }
  /** Lambda takes the whole batch as failed. */
  | { readonly kind: 'malformed'; readonly reason: string };

const none: BatchFailures = Object.freeze({ kind: 'reported', identifiers: new Set<string>() });

/**
 * Reads a partial batch response as Lambda does with `ReportBatchItemFailures`: an absent, null or empty list is
 * success; one identifier that is missing, empty or not of this batch fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function batchFailures(response: unknown, messageIds: ReadonlySet<string>): BatchFailures {
  if (typeof response !== 'object' || response === null) return none;
  const failures = (response as { readonly batchItemFailures?: unknown }).batchItemFailures ?? null;
  if (failures === null) return none;
  if (!Array.isArray(failures)) return malformed('batchItemFailures is not a list');
  const identifiers = new Set<string>();
  for (const failure of failures as readonly unknown[]) {
    const identifier = (failure as { readonly itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof identifier !== 'string' || !messageIds.has(identifier)) {
      return malformed(`itemIdentifier ${JSON.stringify(identifier)} is none of the batch's messages`);
    }
    identifiers.add(identifier);
  }
  return { kind: 'reported', identifiers };
}

function malformed(reason: string): BatchFailures {
  return { kind: 'malformed', reason: `whole batch failed: ${reason}` };
}
