import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { ChannelDeclaration, Placement } from '../declarations.ts';
import { quote } from '../wording.ts';
import { payloadPointer, readFields } from './fields.ts';

/** Reads `x-fairness` of a channel; null when it has none, or cannot have one. */
export function readFairness(
  { key, node }: { readonly key: string; readonly node: SpecNode },
  placement: Placement,
  problems: Diagnostic[],
): ChannelDeclaration['fairness'] {
  const extension = node.get('x-fairness');
  if (extension === undefined) return null;
  const origin = node.keyOrigin('x-fairness');
  const fields = readFields(extension, 'x-fairness', { key: payloadPointer }, problems);
  const reason = whyNot(placement);
  if (reason !== null) {
    const message = `Channel ${quote(key)} cannot have \`x-fairness\`: ${reason}`;
    problems.push(report('fairness-not-possible', origin, message));
    return null;
  }
  if (extension.get('key') === undefined) {
    const message = '`x-fairness` has no `key`: nothing says between whom the queue is fair.';
    problems.push(report('extension-value', origin, message, 'Give a JSON pointer: `key: /tenantId`.'));
  }
  return fields.key === undefined ? null : { value: { key: fields.key }, origin: extension.keyOrigin('key') };
}

/** Source: SQS developer guide, sqs-fair-queues. */
function whyNot(placement: Placement): string | null {
  switch (placement.kind) {
    case 'queue':
      return placement.queue.fifo
        ? 'its queue is FIFO, where message groups keep order and wait for each other (`x-ordering`).'
        : null;
    case 'topic':
      return 'it is a topic, and each of its consumers has a queue of its own.';
    case 'bus':
    case 'bus-topic':
      return 'it is on a bus, and a rule gives all its messages one constant group.';
    default:
      return placement satisfies never;
  }
}
