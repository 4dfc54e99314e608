import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ChannelDeclaration } from './declarations.ts';
import type { HeaderField, MessageType } from './event-model.ts';
import { sourceOf } from './events.ts';
import type { Messages } from './messages.ts';
import { addressKey } from './order.ts';
import { attributeNameFault } from './physical-names.ts';
import { pointerTokens } from './pointer.ts';
import { listOf, quote } from './wording.ts';

/** Attributes that every publisher sends to topics and queues. */
const sentAttributes = ['id', 'time', 'type'];

/** And with them the place of what comes of a split. */
const partAttributes = ['id', 'part', 'time', 'type'];

/**
 * Judges headers of messages that go to a topic or queue, where they are attributes. On a bus they are not sent. `parts`
 * are the events that carry a place in a split.
 */
export function checkHeaders(
  channels: readonly ChannelDeclaration[],
  messages: Messages,
  parts: ReadonlySet<string>,
  problems: Diagnostic[],
): void {
  const sent = channels.flatMap((channel) => {
    const { placement, messages: own } = channel;
    if (placement?.kind !== 'topic' && placement?.kind !== 'queue') return [];
    return own.map((message) => ({
      message,
      isPart: parts.has(addressKey({ name: message.name, source: sourceOf(channel) })),
    }));
  });
  // One definition can stand in several channels, of which one with parts says most.
  const partsFirst = [...sent.filter(({ isPart }) => isPart), ...sent.filter(({ isPart }) => !isPart)];
  const seen = new Set<string>();
  for (const { message, isPart } of partsFirst) {
    if (seen.has(message.definition)) continue;
    seen.add(message.definition);
    const type = messages.byDefinition.get(message.definition);
    const headers = type === undefined ? [] : sentHeaders(type);
    const origin = message.node.keyOrigin('headers');
    for (const text of faults(headers, isPart ? partAttributes : sentAttributes))
      problems.push(report('message-headers', origin, `Message ${quote(message.name)}: ${text}`));
  }
}

/** The headers, and the one that the correlation id is sent in. */
function sentHeaders({ headers, correlation }: MessageType): readonly Pick<HeaderField, 'name'>[] {
  const [name] = (correlation?.in === 'header' ? pointerTokens(correlation.pointer) : null) ?? [];
  return name === undefined || headers.some((header) => header.name === name) ? headers : [...headers, { name }];
}

function faults(headers: readonly Pick<HeaderField, 'name'>[], own: readonly string[]): readonly string[] {
  const most = limits.rawDeliveryMessageAttributes.value;
  const count = headers.length + own.length;
  const taken = headers.filter(({ name }) => own.includes(name));
  return [
    ...taken.map(({ name }) => `the header ${quote(name)} is an attribute that the publisher sends itself.`),
    ...headers.flatMap(({ name }) => attributeNameFault(name) ?? []),
    ...(count > most
      ? [`${headers.length} headers and ${listOf(own)} are ${count} attributes; a queue receives at most ${most}.`]
      : []),
  ];
}
