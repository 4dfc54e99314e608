import { limits } from '@eventloom/engine';
import { type Caller, causesOf, publisherOf } from '../state/caller.ts';
import { type Content, createContent, md5OfAttributes } from '../state/content.ts';
import { sequenceNumber } from '../state/envelopes.ts';
import { backFrom } from '../state/letters.ts';
import { publish, send } from '../state/queue.ts';
import type { Queue, World } from '../state/world.ts';
import { AwsError } from './aws-error.ts';
import { callBatch } from './batch.ts';
import type { WireCall, WireInput } from './call.ts';
import { checkAttributes } from './check-attributes.ts';
import { checkTokens } from './check-tokens.ts';
import { deadLetterOf, reasonOf } from './handler-dead-letter.ts';
import { messageAttributes, optionalNumber, optionalText, structures, text } from './input.ts';
import { queueOf } from './sqs-queues.ts';
import { forbiddenCharacters } from './xml.ts';

/** Answers SendMessage. */
export function sendMessage(world: World, call: WireCall): unknown {
  return sendOne(world, queueOf(world, call), call.input, call.caller);
}

/** Answers SendMessageBatch. */
export function sendMessageBatch(world: World, call: WireCall): unknown {
  const queue = queueOf(world, call);
  const entries = structures(call.input, 'Entries');
  const bytes = entries.reduce((sum, entry) => sum + contentOf(entry).bytes, 0);
  if (bytes > limits.sendMessageBatchBytes.value) {
    const message = `Batch requests cannot be longer than ${limits.sendMessageBatchBytes.value} bytes. You have sent ${bytes} bytes.`;
    throw new AwsError('BatchRequestTooLong', message, { queryCode: 'AWS.SimpleQueueService.BatchRequestTooLong' });
  }
  return callBatch(entries, 'AWS.SimpleQueueService.', (entry) => sendOne(world, queue, entry, call.caller));
}

function contentOf(input: WireInput): Content {
  return createContent(text(input, 'MessageBody'), messageAttributes(input));
}

function sendOne(world: World, queue: Queue, input: WireInput, caller: Caller): object {
  const content = contentOf(input);
  const groupId = optionalText(input, 'MessageGroupId');
  const deduplicationId = optionalText(input, 'MessageDeduplicationId');
  const delaySeconds = optionalNumber(input, 'DelaySeconds');
  checkContent(content);
  checkDelay(queue, delaySeconds);
  checkTokens({ fifo: queue.fifo, groupId, deduplicationId }, (parameter, value, reason) =>
    invalid(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}.`),
  );
  if (queue.fifo) checkFifo(queue, groupId, deduplicationId);
  const dead = deadLetterOf(caller, queue, content);
  const accepted = send(world, queue, {
    content,
    event:
      dead?.event ??
      ((messageId) => backFrom(world, queue, content) ?? enterEvent(world, queue, { content, messageId, caller })),
    senderId: caller.kind === 'outside' ? 'AIDALOCALPUBLISHER001' : `AROA:${caller.function.name}`,
    traceHeader: messageAttributes(input, 'MessageSystemAttributes').get('AWSTraceHeader')?.stringValue ?? null,
    groupId,
    deduplicationId,
    delaySeconds,
    reason: dead === null ? null : reasonOf(content),
    deadLetteredBy: dead === null ? null : 'handler',
  });
  if (dead !== null) dead.note(world, reasonOf(content));
  return {
    MessageId: accepted.messageId,
    MD5OfMessageBody: content.md5OfBody,
    ...(content.attributes.size > 0 ? { MD5OfMessageAttributes: md5OfAttributes(content.attributes) } : {}),
    ...(accepted.sequence === null ? {} : { SequenceNumber: sequenceNumber(accepted.sequence) }),
  };
}

interface Accepted {
  readonly content: Content;
  readonly messageId: string;
  readonly caller: Caller;
}

function enterEvent(world: World, queue: Queue, { content, messageId, caller }: Accepted): number {
  const { attributes } = content;
  const id = attributes.get('id')?.stringValue ?? messageId;
  return publish(world, {
    id,
    name: attributes.get('type')?.stringValue ?? '',
    source: queue.source,
    destination: queue.key ?? queue.name,
    publisher: publisherOf(caller),
    causes: causesOf(world.ledger, caller, id),
  });
}

function checkContent({ body, attributes, bytes }: Content): void {
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (new RegExp(forbiddenCharacters, 'u').test(body)) {
    throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  }
  if (bytes > limits.queueMessageBytesMaximum.value) {
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limits.queueMessageBytesMaximum.value} bytes.`,
    );
  }
  if (attributes.size > limits.queueMessageAttributes.value) {
    throw invalid(
      `Number of message attributes [${attributes.size}] exceeds the allowed maximum [${limits.queueMessageAttributes.value}].`,
    );
  }
  checkAttributes(attributes, (reason) => invalid(`${reason}.`));
}

function checkDelay(queue: Queue, delaySeconds: number | null): void {
  const most = limits.delaySecondsMaximum.value;
  if (delaySeconds === null) return;
  if (queue.fifo && delaySeconds !== 0) {
    throw invalid(
      `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  }
  if (delaySeconds >= 0 && delaySeconds <= most) return;
  throw invalid(
    `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${most}.`,
  );
}

function checkFifo(queue: Queue, groupId: string | null, deduplicationId: string | null): void {
  if (!groupId) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  }
  if (deduplicationId || queue.contentBasedDeduplication) return;
  throw invalid(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
