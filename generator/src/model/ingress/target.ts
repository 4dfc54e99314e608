import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SendDeclaration } from '../declarations.ts';
import { pointerTokens } from '../pointer.ts';
import { quote } from '../wording.ts';

/** Where the events of an ingress go. */
export type TargetKind = 'bus' | 'topic' | 'queue';

/** The kind of destination of an operation's events; null when its channel has no place that can be used. */
export function targetKind({ channel }: SendDeclaration): TargetKind | null {
  const kind = channel.placement?.kind;
  return kind === undefined ? null : kind === 'bus-topic' ? 'bus' : kind;
}

/** The field whose value is the message group of a FIFO destination; null elsewhere, and when no field is named. */
export function groupField({ channel }: SendDeclaration): string | null {
  if (!isFifo(channel.placement)) return null;
  const path = pointerTokens(channel.ordering?.value.key ?? '') ?? [];
  const [field] = path;
  return path.length === 1 && field !== undefined && /^[A-Za-z_]\w*$/.test(field) ? field : null;
}

/** Reports what AWS cannot do between the source of an ingress and its destination. */
export function targetFaults(operation: SendDeclaration): readonly Diagnostic[] {
  const { ingress, channel, key } = operation;
  const kind = targetKind(operation);
  if (ingress === null || kind === null) return [];
  const subject = `Operation ${quote(key)}:`;
  const origin = ingress.node.origin;
  if ((ingress.type === 'queue' || ingress.type === 'table') && kind !== 'bus') {
    const message = `${subject} a pipe cannot give a message the attributes that a ${kind} needs (\`type\`, \`id\`, \`time\`).`;
    return [report('ingress-target', origin, message, 'Put the channel on an event bus.')];
  }
  if (isFifo(channel.placement) && groupField(operation) === null) {
    const message = `${subject} the ${kind} is FIFO, and the message group of its events is no field at the top of the payload that AWS could take it from.`;
    return [report('ingress-target', origin, message, 'Give the channel an `x-ordering` such as `{ key: /orderId }`.')];
  }
  return [];
}

function isFifo(placement: SendDeclaration['channel']['placement']): boolean {
  if (placement?.kind === 'topic') return placement.topic.fifo;
  return placement?.kind === 'queue' && placement.queue.fifo;
}
