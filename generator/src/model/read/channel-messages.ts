import { limits } from '@eventloom/engine';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { ChannelMessage, Placement } from '../declarations.ts';
import { quote } from '../wording.ts';

/** Reads the messages of one channel. */
export function readChannelMessages(
  channel: { readonly key: string; readonly node: SpecNode; readonly origin: Origin },
  placement: Placement | null,
  problems: Diagnostic[],
): readonly ChannelMessage[] {
  const messages = channel.node.get('messages');
  const entries = messages?.entries() ?? [];
  if (entries.length === 0) {
    const message = `Channel ${quote(channel.key)} has no messages, so there is nothing to publish or to receive.`;
    const help = "Name them: `messages: { OrderPlaced: { $ref: '#/components/messages/OrderPlaced' } }`.";
    problems.push(report('channel-without-messages', channel.origin, message, help));
  }
  const byName = new Map<string, ChannelMessage>();
  for (const [key, node] of entries) {
    const message = readMessage(
      { key, definition: node, origin: messages?.keyOrigin(key) ?? node.referrer },
      placement,
      problems,
    );
    const first = byName.get(message.name);
    if (first === undefined) byName.set(message.name, message);
    else problems.push(duplicate(channel.key, message, first));
  }
  return [...byName.values()];
}

function duplicate(channel: string, { key, name, origin }: ChannelMessage, first: ChannelMessage): Diagnostic {
  const message = `Messages ${quote(first.key)} and ${quote(key)} of channel ${quote(channel)} are both named ${quote(name)}: nothing could tell their events apart.`;
  const related = [{ message: 'the other message', origin: first.origin }];
  return report('duplicate-event', origin, message, 'Give one of them another `name`.', related);
}

function readMessage(
  { key, definition, origin }: { readonly key: string; readonly definition: SpecNode; readonly origin: Origin },
  placement: Placement | null,
  problems: Diagnostic[],
): ChannelMessage {
  const node = definition.withTraits();
  const named = node.get('name')?.value;
  const name = typeof named === 'string' ? named : key;
  const fault = nameFault(name, placement);
  if (fault !== null) {
    problems.push(report('message-name', typeof named === 'string' ? node.keyOrigin('name') : origin, fault));
  }
  return { key, name, node, definition: JSON.stringify([definition.identity, name]), origin };
}

function nameFault(name: string, placement: Placement | null): string | null {
  if (name === '') return 'The name of a message is empty; it is what tells events apart.';
  const limit = limits.detailTypeCharacters.value;
  const onBus = placement?.kind === 'bus' || placement?.kind === 'bus-topic';
  if (!onBus || name.length <= limit) return null;
  return `The message name has ${name.length} characters; a detail-type has at most ${limit}.`;
}
