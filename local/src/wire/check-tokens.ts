import { limits } from '@eventloom/engine';
import type { AwsError } from './aws-error.ts';

/**
 * Throws what `refuse` makes of the parameter and the reason why SQS and SNS do not take a MessageGroupId or a
 * MessageDeduplicationId. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function checkTokens(
  { fifo, groupId, deduplicationId }: Tokens,
  refuse: (parameter: string, value: string, reason: string) => AwsError,
): void {
  const { messageGroupIdCharacters, deduplicationIdCharacters } = limits;
  const tokens = [
    ['MessageGroupId', groupId, messageGroupIdCharacters.value],
    ['MessageDeduplicationId', deduplicationId, deduplicationIdCharacters.value],
  ] as const;
  for (const [parameter, value, most] of tokens) {
    if (value === null || (/^[!-~]+$/.test(value) && value.length <= most)) continue;
    const reason = `${parameter} can only include alphanumeric and punctuation characters. 1 to ${most} in length`;
    throw refuse(parameter, value, reason);
  }
  if (fifo || deduplicationId === null) return;
  const reason = 'The request include parameter that is not valid for this queue type';
  throw refuse('MessageDeduplicationId', deduplicationId, reason);
}

interface Tokens {
  /** Whether the queue or topic is FIFO. */
  readonly fifo: boolean;
  readonly groupId: string | null;
  readonly deduplicationId: string | null;
}
