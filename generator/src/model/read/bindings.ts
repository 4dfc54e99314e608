import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { QueueSettings, TopicSettings } from '../declarations.ts';
import { queueNameFault, topicNameFault } from '../physical-names.ts';
import { anyObject, choice, flag, integerBetween, readBindingField, textThat } from './fields.ts';

/** A channel whose binding is read, as messages and defaults need it. */
interface BoundChannel {
  readonly key: string;
  readonly node: SpecNode;
  readonly address: string;
}

const anyText = textThat('a text', () => true);
const between = (
  minimum:
    | 'visibilityTimeoutSecondsMinimum'
    | 'delaySecondsMinimum'
    | 'retentionSecondsMinimum'
    | 'maxReceiveCountMinimum',
) => integerBetween(limits[minimum].value, limits[minimum.replace('Minimum', 'Maximum') as keyof typeof limits].value);

/** Reads `bindings.sns` of a channel: the topic it is. Null when it has none. */
export function readTopic(channel: BoundChannel, problems: Diagnostic[]): TopicSettings | null {
  const node = channel.node.get('bindings')?.get('sns');
  if (node === undefined) return null;
  const binding = { node, subject: 'bindings.sns' };
  checkBindingVersion(node, 'sns', ['0.2.0', '1.0.0'], problems);
  const name = readBindingField(binding, 'name', anyText, problems) ?? channel.address;
  const ordering = node.get('ordering');
  const order = ordering === undefined ? null : { node: ordering, subject: 'bindings.sns.ordering' };
  const type = order && readBindingField(order, 'type', choice(['standard', 'FIFO']), problems);
  const deduplicates = order && readBindingField(order, 'contentBasedDeduplication', flag, problems);
  const fifo = type === 'FIFO';
  const origin = node.get('name') === undefined ? channel.node.keyOrigin('address') : node.keyOrigin('name');
  reportName(topicNameFault(name, fifo), origin, problems);
  return { name, fifo, contentBasedDeduplication: fifo && deduplicates === true, origin };
}

/** Reads `bindings.sqs` of a channel: the point-to-point queue it is. Null when it has none. */
export function readQueue(channel: BoundChannel, problems: Diagnostic[]): QueueSettings | null {
  const sqs = channel.node.get('bindings')?.get('sqs');
  if (sqs === undefined) return null;
  checkBindingVersion(sqs, 'sqs', ['0.3.0'], problems);
  const node = sqs.get('queue');
  if (node === undefined) return defaultQueue(channel, sqs, problems);
  const binding = { node, subject: 'bindings.sqs.queue' };
  const name = readBindingField(binding, 'name', anyText, problems) ?? channel.address;
  const fifo = readBindingField(binding, 'fifoQueue', flag, problems) ?? false;
  const origin = node.get('name') === undefined ? node.origin : node.keyOrigin('name');
  reportName(queueNameFault(name, fifo), origin, problems);
  return {
    name,
    fifo,
    visibilityTimeoutSeconds: readBindingField(
      binding,
      'visibilityTimeout',
      between('visibilityTimeoutSecondsMinimum'),
      problems,
    ),
    deliveryDelaySeconds: readBindingField(binding, 'deliveryDelay', between('delaySecondsMinimum'), problems),
    retentionSeconds: readBindingField(binding, 'messageRetentionPeriod', between('retentionSecondsMinimum'), problems),
    maxReceiveCount: readRedrive(node, { sqs, fifo }, problems),
    origin,
  };
}

function defaultQueue(channel: BoundChannel, sqs: SpecNode, problems: Diagnostic[]): QueueSettings {
  reportName(queueNameFault(channel.address, false), channel.node.keyOrigin('address'), problems);
  return {
    name: channel.address,
    fifo: false,
    visibilityTimeoutSeconds: null,
    maxReceiveCount: null,
    deliveryDelaySeconds: null,
    retentionSeconds: null,
    origin: sqs.origin,
  };
}

/** The dead-letter queue is made with the queue, so it must be of the same kind; one that exists elsewhere cannot be used. */
function readRedrive(
  queue: SpecNode,
  { sqs, fifo }: { readonly sqs: SpecNode; readonly fifo: boolean },
  problems: Diagnostic[],
): number | null {
  const deadLetters = sqs.get('deadLetterQueue');
  if (deadLetters !== undefined) {
    const binding = { node: deadLetters, subject: 'bindings.sqs.deadLetterQueue' };
    const deadLettersFifo = readBindingField(binding, 'fifoQueue', flag, problems) ?? false;
    if (deadLettersFifo !== fifo) {
      const message = `The dead-letter queue is ${kind(deadLettersFifo)}, its queue is ${kind(fifo)}; both must be of one kind.`;
      problems.push(report('fifo-mismatch', sqs.keyOrigin('deadLetterQueue'), message));
    }
  }
  const node = queue.get('redrivePolicy');
  if (node === undefined) return null;
  const binding = { node, subject: 'bindings.sqs.queue.redrivePolicy' };
  readBindingField(binding, 'deadLetterQueue', anyObject, problems);
  if (node.get('deadLetterQueue')?.get('arn') !== undefined) {
    const message = 'A dead-letter queue given by its ARN is not supported: the queue gets one of its own.';
    problems.push(report('not-supported', node.keyOrigin('deadLetterQueue'), message, 'Give `name` instead of `arn`.'));
  }
  return readBindingField(binding, 'maxReceiveCount', between('maxReceiveCountMinimum'), problems);
}

function kind(fifo: boolean): string {
  return fifo ? 'FIFO' : 'standard';
}

/** Reports a version of a binding whose fields Eventloom does not know. */
export function checkBindingVersion(
  node: SpecNode,
  binding: 'sns' | 'sqs',
  versions: readonly string[],
  problems: Diagnostic[],
): void {
  readBindingField(
    { node, subject: `bindings.${binding}` },
    'bindingVersion',
    choice([...versions, 'latest']),
    problems,
  );
}

function reportName(fault: string | null, origin: Diagnostic['origin'], problems: Diagnostic[]): void {
  if (fault !== null) problems.push(report('physical-name', origin, fault));
}
