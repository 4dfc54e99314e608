import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { ChannelDeclaration, FilterDeclaration, ReceiveDeclaration } from '../declarations.ts';
import { quote } from '../wording.ts';
import { checkBindingVersion } from './bindings.ts';
import { choice, readValue } from './fields.ts';
import { readFilter } from './filter.ts';

type Selection = Pick<ReceiveDeclaration, 'filter' | 'filterScope'>;

interface Receiver {
  readonly key: string;
  readonly node: SpecNode;
  readonly channel: ChannelDeclaration;
  readonly takesAll: boolean;
}

/** Reads which events of its channel a `receive` operation wants, and how that can be said on its route. */
export function readSelection(receiver: Receiver, problems: Diagnostic[]): Selection {
  const filter = readFilter(receiver.node, 'x-filter', problems);
  const scope = readValue(receiver.node, 'x-filter-scope', choice(['body', 'attributes']), problems);
  const bound = readSubscriptionBinding(receiver, filter, problems);
  const selection = bound ?? { filter, filterScope: scope };
  checkScope(receiver, scope, problems);
  checkUnmatched(receiver, filter, problems);
  checkRest(receiver, selection.filter, problems);
  checkTogether(receiver, selection, problems);
  checkQueueBinding(receiver, problems);
  return selection;
}

/** The official `bindings.sns.consumers[].filterPolicy`, which means the same as `x-filter` with a scope. */
function readSubscriptionBinding(
  { node, channel }: Receiver,
  filter: FilterDeclaration | null,
  problems: Diagnostic[],
): Selection | null {
  const binding = node.get('bindings')?.get('sns');
  if (binding === undefined) return null;
  checkBindingVersion(binding, 'sns', ['0.2.0', '1.0.0'], problems);
  const consumers = (binding.get('consumers')?.entries() ?? []).map(([, consumer]) => consumer);
  for (const consumer of consumers) checkRawDelivery(consumer, problems);
  const filtering = consumers.filter((consumer) => consumer.get('filterPolicy') !== undefined);
  const [first] = filtering;
  if (first === undefined) return null;
  const origin = first.keyOrigin('filterPolicy');
  if (filter !== null) {
    const message =
      'This operation has a `filterPolicy` in its `sns` binding and an `x-filter`: only one can be the filter.';
    const related = [{ message: 'the other filter', origin: filter.origin }];
    problems.push(
      report('two-filters', origin, message, 'Remove the `filterPolicy`; `x-filter` is typed and checked.', related),
    );
    return null;
  }
  if (channel.placement?.kind !== 'topic' || filtering.length > 1) {
    const message =
      filtering.length > 1
        ? 'Several consumers of this `sns` binding have a `filterPolicy`; an operation has one filter.'
        : `A \`filterPolicy\` filters what an SNS topic delivers, and channel ${quote(channel.key)} is not published to a topic directly.`;
    problems.push(report('two-filters', origin, message, 'Write the filter as `x-filter`.'));
    return null;
  }
  const scope = readValue(first, 'filterPolicyScope', choice(['MessageAttributes', 'MessageBody']), problems);
  const filterScope = scope === 'MessageBody' ? 'body' : 'attributes';
  return { filter: readFilter(first, 'filterPolicy', problems), filterScope };
}

function checkRawDelivery(consumer: SpecNode, problems: Diagnostic[]): void {
  if (consumer.get('rawMessageDelivery')?.value !== false || consumer.get('protocol')?.value !== 'sqs') return;
  const message = 'Delivery from SNS to SQS is raw: the body of the message is the payload, exactly.';
  problems.push(
    report('not-supported', consumer.keyOrigin('rawMessageDelivery'), message, 'Write `rawMessageDelivery: true`.'),
  );
}

function checkScope({ node, channel }: Receiver, scope: Selection['filterScope'], problems: Diagnostic[]): void {
  const kind = channel.placement?.kind;
  if (scope === null || kind === undefined || kind === 'topic' || (kind === 'bus-topic' && scope === 'body')) return;
  const why =
    kind === 'bus-topic'
      ? `channel ${quote(channel.key)} is fed by a bus, which sends no attributes: its messages are whole envelopes`
      : `channel ${quote(channel.key)} is no SNS topic`;
  const message = `\`x-filter-scope\` chooses what an SNS subscription reads, but ${why}.`;
  problems.push(report('filter-scope', node.keyOrigin('x-filter-scope'), message, 'Remove it.'));
}

function checkUnmatched({ node, channel }: Receiver, filter: FilterDeclaration | null, problems: Diagnostic[]): void {
  if (node.get('x-filter-unmatched') === undefined || channel.placement === null) return;
  if (channel.placement.kind === 'queue' && filter !== null) return;
  const message =
    channel.placement.kind === 'queue'
      ? '`x-filter-unmatched` has no `x-filter` to go with.'
      : '`x-filter-unmatched` is for point-to-point queues; elsewhere nothing is deleted, since other consumers may want it.';
  problems.push(report('misplaced-extension', node.keyOrigin('x-filter-unmatched'), message, 'Remove it.'));
}

function checkRest({ node }: Receiver, filter: FilterDeclaration | null, problems: Diagnostic[]): void {
  if (node.get('x-filter-rest') === undefined || filter !== null) return;
  const message = '`x-filter-rest` has no `x-filter` to go with.';
  problems.push(report('misplaced-extension', node.keyOrigin('x-filter-rest'), message, 'Remove it.'));
}

function checkTogether({ node, channel, takesAll, key }: Receiver, selection: Selection, problems: Diagnostic[]): void {
  if (takesAll) return;
  const origin = node.keyOrigin('messages');
  if (channel.placement?.kind === 'queue') {
    const message = `Operation ${quote(key)} selects some messages of a queue; its filter cannot tell them apart, since it reads the body only.`;
    const help = 'Receive all messages of the queue, or give each kind of message a channel of its own.';
    problems.push(report('queue-selection', origin, message, help));
  }
  if (channel.placement?.kind !== 'topic' || selection.filter === null || selection.filterScope === 'attributes')
    return;
  if (node.get('x-filter-rest')?.value === 'handler') return;
  const message = `Operation ${quote(key)} selects messages of a topic, which uses attributes, and filters the body: a subscription has one scope.`;
  const help =
    'Filter by attributes (`x-filter-scope: attributes`, the fields declared as headers), receive all messages, give the selected messages a channel of their own, or write `x-filter-rest: handler`.';
  problems.push(report('filter-beside-selection', origin, message, help));
}

/** `bindings.sqs.queues` of an operation describe the consumer's queue; it follows the channel, not the other way round. */
function checkQueueBinding({ node, channel }: Receiver, problems: Diagnostic[]): void {
  const binding = node.get('bindings')?.get('sqs');
  if (binding === undefined) return;
  checkBindingVersion(binding, 'sqs', ['0.3.0'], problems);
  const { placement } = channel;
  const fifo =
    (placement?.kind === 'topic' && placement.topic.fifo) || (placement?.kind === 'queue' && placement.queue.fifo);
  for (const [, queue] of binding.get('queues')?.entries() ?? []) {
    if (queue.get('fifoQueue')?.value !== true || fifo || placement === null) continue;
    const over = placement.kind === 'bus' || placement.kind === 'bus-topic';
    const message = over
      ? 'A bus cannot feed a FIFO queue in order: a rule can set only one constant message group.'
      : 'A standard topic cannot feed a FIFO queue.';
    const help =
      'Make the channel an SNS FIFO topic or an SQS FIFO queue, without a bus before it, or use a standard queue.';
    problems.push(report(over ? 'fifo-over-bus' : 'fifo-mismatch', queue.keyOrigin('fifoQueue'), message, help));
  }
}
