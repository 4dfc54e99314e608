import type { World } from '../state/world.ts';
import { AwsError } from './aws-error.ts';
import type { WireCall } from './call.ts';
import { optionalText } from './input.ts';
import { getQueueAttributes, getQueueUrl, listQueues, purgeQueue } from './sqs-queues.ts';
import {
  changeVisibility,
  changeVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
  receiveMessage,
} from './sqs-receive.ts';
import { sendMessage, sendMessageBatch } from './sqs-send.ts';

type Operation = (world: World, call: WireCall) => unknown;

const operations: ReadonlyMap<string, Operation> = new Map([
  ['SendMessage', sendMessage],
  ['SendMessageBatch', sendMessageBatch],
  ['ReceiveMessage', receiveMessage],
  ['DeleteMessage', deleteMessage],
  ['DeleteMessageBatch', deleteMessageBatch],
  ['ChangeMessageVisibility', changeVisibility],
  ['ChangeMessageVisibilityBatch', changeVisibilityBatch],
  ['GetQueueAttributes', getQueueAttributes],
  ['GetQueueUrl', getQueueUrl],
  ['ListQueues', listQueues],
  ['PurgeQueue', purgeQueue],
] satisfies [string, Operation][]);

/** Answers a call of SQS. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
export function callSqs(world: World, call: WireCall): unknown {
  const operation = operations.get(call.operation);
  if (operation !== undefined) return operation(world, call);
  const about = optionalText(call.input, 'QueueUrl') ?? '';
  throw new AwsError('UnknownOperationException', `The local SQS has no operation ${call.operation} ${about}`.trim());
}
