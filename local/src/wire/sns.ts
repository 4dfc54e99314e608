import { limits } from '@eventloom/engine';
import { type Caller, causesOf, publisherOf } from '../state/caller.ts';
import { type Content, createContent } from '../state/content.ts';
import { sequenceNumber } from '../state/envelopes.ts';
import { backToTopic } from '../state/letters.ts';
import { publish as enter } from '../state/queue.ts';
import { publishToTopic } from '../state/topic.ts';
import type { Topic, World } from '../state/world.ts';
import { authorizePublish } from './access.ts';
import { AwsError } from './aws-error.ts';
import { callBatch } from './batch.ts';
import type { WireCall, WireInput } from './call.ts';
import { checkAttributes } from './check-attributes.ts';
import { checkTokens } from './check-tokens.ts';
import { messageAttributes, optionalText, structures, text } from './input.ts';

/** Answers a call of SNS. https://docs.aws.amazon.com/sns/latest/api/API_Operations.html */
export function callSns(world: World, call: WireCall): unknown {
  switch (call.operation) {
    case 'Publish':
      return publish(world, topicOf(world, call), call.input, call.caller);
    case 'PublishBatch':
      return publishBatch(world, call);
    case 'GetTopicAttributes':
      return { Attributes: attributesOf(topicOf(world, call)) };
    case 'ListTopics':
      return { Topics: [...world.topics.keys()].map((TopicArn) => ({ TopicArn })) };
    default:
      throw new AwsError('InvalidAction', `The local SNS has no operation ${call.operation}`);
  }
}

function attributesOf({ arn, name, fifo, contentBasedDeduplication }: Topic): ReadonlyMap<string, string> {
  const ofFifo = { FifoTopic: 'true', ContentBasedDeduplication: String(contentBasedDeduplication) };
  return new Map(Object.entries({ TopicArn: arn, DisplayName: name, ...(fifo ? ofFifo : {}) }));
}

function publishBatch(world: World, call: WireCall): unknown {
  const topic = topicOf(world, call);
  const entries = structures(call.input, 'PublishBatchRequestEntries');
  const bytes = entries.reduce((sum, entry) => sum + contentOf(entry).bytes, 0);
  if (bytes > limits.topicMessageBytesDefault.value) {
    throw new AwsError('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');
  }
  return callBatch(entries, '', (entry) => publish(world, topic, entry, call.caller));
}

function topicOf(world: World, { input, caller }: WireCall): Topic {
  const arn = optionalText(input, 'TopicArn') ?? optionalText(input, 'TargetArn');
  if (arn === null) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
  if (!/^arn:[\w-]+:sns:[\w-]*:\d*:.+/.test(arn)) throw invalid('TopicArn');
  const topic = world.topics.get(arn);
  if (topic === undefined) throw new AwsError('NotFound', 'Topic does not exist', { status: 404 });
  authorizePublish(world, caller, topic);
  return topic;
}

function contentOf(input: WireInput): Content {
  return createContent(text(input, 'Message'), messageAttributes(input));
}

function publish(world: World, topic: Topic, input: WireInput, caller: Caller): object {
  const content = contentOf(input);
  const groupId = optionalText(input, 'MessageGroupId');
  const deduplicationId = optionalText(input, 'MessageDeduplicationId');
  if (content.body === '') throw invalid('Empty message');
  if (content.bytes > limits.topicMessageBytesDefault.value) throw invalid('Message too long');
  checkAttributes(content.attributes, invalid);
  checkTokens({ fifo: topic.fifo, groupId, deduplicationId }, (parameter, _, reason) =>
    invalid(`${parameter} Reason: ${reason.replace('queue', 'topic')}`),
  );
  if (topic.fifo) checkFifo(topic, groupId, deduplicationId);
  const { messageId, sequence } = publishToTopic(world, topic, {
    content,
    subject: optionalText(input, 'Subject'),
    groupId,
    deduplicationId,
    event: (id) => backToTopic(topic, content) ?? enterEvent(world, topic, { content, messageId: id, caller }),
  });
  return { MessageId: messageId, ...(sequence === null ? {} : { SequenceNumber: sequenceNumber(sequence) }) };
}

interface Accepted {
  readonly content: Content;
  readonly messageId: string;
  readonly caller: Caller;
}

function enterEvent(world: World, topic: Topic, { content, messageId, caller }: Accepted): number {
  const { attributes } = content;
  const id = attributes.get('id')?.stringValue ?? messageId;
  return enter(world, {
    id,
    name: attributes.get('type')?.stringValue ?? '',
    source: topic.source,
    destination: topic.key,
    publisher: publisherOf(caller),
    causes: causesOf(world.ledger, caller, id),
  });
}

function checkFifo(topic: Topic, groupId: string | null, deduplicationId: string | null): void {
  if (!groupId) throw invalid('The MessageGroupId parameter is required for FIFO topics');
  if (deduplicationId || topic.contentBasedDeduplication) return;
  throw invalid(
    'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${reason}`);
}
