import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ChannelDeclaration } from './declarations.ts';
import type { HeaderField, MessageType } from './event-model.ts';
import type { Messages } from './messages.ts';
import { attributeNameFault } from './physical-names.ts';
import { pointerTokens } from './pointer.ts';
import { listOf, quote } from './wording.ts';

/** Attributes that every publisher sends to topics and queues. */
export const sentAttributes = ['id', 'time', 'type'] as const;

/** Judges headers of messages that go to a topic or queue, where they are attributes. On a bus they are not sent. */
export function checkHeaders(
  channels: readonly ChannelDeclaration[],
  messages: Messages,
  problems: Diagnostic[],
): void {
  const seen = new Set<string>();
  for (const { placement, messages: own } of channels) {
    if (placement?.kind !== 'topic' && placement?.kind !== 'queue') continue;
    for (const message of own) {
      if (seen.has(message.definition)) continue;
      seen.add(message.definition);
      const type = messages.byDefinition.get(message.definition);
      const headers = type === undefined ? [] : sentHeaders(type);
      const origin = message.node.keyOrigin('headers');
      for (const text of faults(headers))
        problems.push(report('message-headers', origin, `Message ${quote(message.name)}: ${text}`));
    }
  }
}

/** The headers, and the one that the correlation id is sent in. */
function sentHeaders({ headers, correlation }: MessageType): readonly Pick<HeaderField, 'name'>[] {
  const [name] = (correlation?.in === 'header' ? pointerTokens(correlation.pointer) : null) ?? [];
  return name === undefined || headers.some((header) => header.name === name) ? headers : [...headers, { name }];
}

function faults(headers: readonly Pick<HeaderField, 'name'>[]): readonly string[] {
  const most = limits.rawDeliveryMessageAttributes.value;
  const count = headers.length + sentAttributes.length;
  const taken = headers.filter(({ name }) => sentAttributes.some((sent) => sent === name));
  return [
    ...taken.map(({ name }) => `the header ${quote(name)} is an attribute that the publisher sends itself.`),
    ...headers.flatMap(({ name }) => attributeNameFault(name) ?? []),
    ...(count > most
      ? [
          `${headers.length} headers and ${listOf(sentAttributes)} are ${count} attributes; a queue receives at most ${most}.`,
        ]
      : []),
  ];
}
