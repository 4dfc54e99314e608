import type { ClaimCheck, EventAddress } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ChannelDeclaration, ChannelMessage, Placement } from './declarations.ts';
import type { EventType } from './event-model.ts';
import type { Messages } from './messages.ts';
import { addressKey, byAddress, sortBy } from './order.ts';
import { quote } from './wording.ts';

/** Makes the events: each message at each place it is published. Two with one (name, source) are an error. */
export function buildEvents(
  channels: readonly ChannelDeclaration[],
  messages: Messages,
  problems: Diagnostic[],
): readonly EventType[] {
  const byAddressKey = new Map<string, EventType>();
  for (const channel of sortBy(channels, ({ key }) => key)) {
    for (const message of channel.messages) {
      const event = buildEvent(channel, message, messages);
      if (event === null) continue;
      const first = byAddressKey.get(addressKey(event));
      if (first === undefined) byAddressKey.set(addressKey(event), event);
      else problems.push(duplicate(event, first));
    }
  }
  return [...byAddressKey.values()].sort(byAddress);
}

/** Returns the source of a channel's events. */
export function sourceOf(channel: ChannelDeclaration): string {
  return channel.address ?? channel.key;
}

/** Returns the key of the destination that producers of a channel send to. */
export function destinationOf(channel: ChannelDeclaration, placement: Placement): string {
  switch (placement.kind) {
    case 'bus':
    case 'bus-topic':
      return busKey(placement.server);
    case 'topic':
      return topicKey(channel.key);
    case 'queue':
      return queueKey(channel.key);
    default:
      return placement satisfies never;
  }
}

/** Returns the address of a message where producers of a channel send it. */
export function addressOf(channel: ChannelDeclaration, placement: Placement, name: string): EventAddress {
  return { name, source: sourceOf(channel), destination: destinationOf(channel, placement), ...claimsOf(channel) };
}

function claimsOf({ claimCheck }: ChannelDeclaration): { readonly claimCheck?: ClaimCheck } {
  if (claimCheck === null) return {};
  const { aboveBytes, keep } = claimCheck.value;
  return { claimCheck: { aboveBytes, keep } };
}

/** Returns the destination key of a server's bus. */
export function busKey(server: string): string {
  return `bus:${server}`;
}

/** Returns the destination key of a channel's topic. */
export function topicKey(channel: string): string {
  return `topic:${channel}`;
}

/** Returns the destination key of a channel's queue. */
export function queueKey(channel: string): string {
  return `queue:${channel}`;
}

function buildEvent(channel: ChannelDeclaration, message: ChannelMessage, messages: Messages): EventType | null {
  const type = messages.byDefinition.get(message.definition);
  if (channel.placement === null || type === undefined) return null;
  return {
    name: message.name,
    source: sourceOf(channel),
    channel: channel.key,
    message: type.typeName,
    destination: destinationOf(channel, channel.placement),
    ordering: channel.ordering?.value ?? null,
    ...(channel.fairness === null ? {} : { fairness: channel.fairness.value }),
    ...claimsOf(channel),
    origin: message.origin,
  };
}

function duplicate(event: EventType, first: EventType): Diagnostic {
  const message = `Channels ${quote(first.channel)} and ${quote(event.channel)} both have an event with the name ${quote(event.name)} and the source ${quote(event.source)}: nothing could tell them apart.`;
  const help = 'Give one of the messages another `name`, or one of the channels another address.';
  return report('duplicate-event', event.origin, message, help, [{ message: 'the other event', origin: first.origin }]);
}
