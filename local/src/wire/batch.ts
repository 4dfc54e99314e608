import { limits } from '@eventloom/engine';
import { AwsError } from './aws-error.ts';
import type { WireInput } from './call.ts';
import { text } from './input.ts';

/** What one entry of a batch came to. */
export interface BatchOutput {
  readonly Successful: readonly unknown[];
  readonly Failed: readonly unknown[];
}

/**
 * Does `work` for each entry of a batch of SNS or SQS; an entry that is refused does not stop the others.
 * Throws the refusals that concern the whole batch: none, too many or ambiguous entries. `prefix` stands before the
 * codes of the older query protocol.
 */
export function callBatch(
  entries: readonly WireInput[],
  prefix: string,
  work: (entry: WireInput, id: string) => object,
): BatchOutput {
  checkBatch(entries, prefix);
  const Successful: unknown[] = [];
  const Failed: unknown[] = [];
  for (const entry of entries) {
    const Id = text(entry, 'Id');
    try {
      Successful.push({ Id, ...work(entry, Id) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: error.status < 500 });
    }
  }
  return { Successful, Failed };
}

function checkBatch(entries: readonly WireInput[], prefix: string): void {
  const refuse = (code: string, message: string) => new AwsError(code, message, { queryCode: `${prefix}${code}` });
  const most = limits.sendMessageBatchEntries.value;
  if (entries.length === 0) throw refuse('EmptyBatchRequest', 'The batch request contains no entries.');
  if (entries.length > most) {
    const message = `The batch request contains more entries than permissible: at most ${most}, not ${entries.length}.`;
    throw refuse('TooManyEntriesInBatchRequest', message);
  }
  const ids = entries.map((entry) => text(entry, 'Id'));
  const badId = ids.find((id) => id.length > limits.batchEntryIdCharacters.value || !/^[\w-]+$/.test(id));
  if (badId !== undefined) {
    throw refuse(
      'InvalidBatchEntryId',
      `A batch entry id has 1 to ${limits.batchEntryIdCharacters.value} letters, digits, - and _, unlike "${badId}".`,
    );
  }
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw refuse('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
}
