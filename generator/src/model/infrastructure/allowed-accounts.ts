import type { AllowedAccount } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecDocument, SpecNode } from '../../load/spec-document.ts';
import type { ChannelDeclaration, ServerDeclaration } from '../declarations.ts';
import { sourceOf } from '../events.ts';
import { byAddress, sortBy } from '../order.ts';
import { referenceText, referenceTokens } from '../read/references.ts';
import { quote } from '../wording.ts';

/** An event as a policy names it. */
type AllowedEvent = AllowedAccount['events'][number];

/** Where allowed events are looked up. */
interface Context {
  readonly document: SpecDocument;
  readonly channels: readonly ChannelDeclaration[];
  readonly problems: Diagnostic[];
}

/** Returns the accounts that may publish to a bus, sorted, with their events; undefined when there are none. */
export function allowedAccounts(
  { key, bus }: ServerDeclaration,
  context: Context,
): readonly AllowedAccount[] | undefined {
  if (bus === null || bus.allowAccounts.length === 0) return undefined;
  const accounts = bus.allowAccounts.map(({ account, events }) => {
    const found =
      events === null
        ? context.channels.filter((channel) => isOn(channel, key)).flatMap(eventsOf)
        : events.entries().flatMap((_, index) => allowedEvent(events.raw(index), key, context) ?? []);
    return { account, events: distinct(found) };
  });
  return sortBy(accounts, ({ account }) => account);
}

function allowedEvent(raw: SpecNode | undefined, server: string, context: Context): AllowedEvent | null {
  const { document, channels, problems } = context;
  if (raw === undefined) return null;
  const reference = referenceText(raw);
  const tokens = referenceTokens(document, raw) ?? [];
  const [root, channelKey, field, messageKey] = tokens;
  if (reference === null || tokens.length !== 4 || root !== 'channels' || field !== 'messages') {
    const shown = reference === null ? JSON.stringify(raw.value) : quote(reference);
    problems.push(report('allowed-event', raw.origin, `${shown} is no reference to a message of a channel.`));
    return null;
  }
  // One that leads nowhere was reported where references are resolved.
  const channel = channels.find(({ key }) => key === channelKey);
  const message = channel?.messages.find(({ key }) => key === messageKey);
  if (channel === undefined || message === undefined) return null;
  if (isOn(channel, server)) return { name: message.name, source: sourceOf(channel) };
  const text = `Channel ${quote(channel.key)} is not on the bus ${quote(server)}, so nobody can publish its messages there.`;
  problems.push(report('allowed-event', raw.origin, text));
  return null;
}

function isOn({ placement }: ChannelDeclaration, server: string): boolean {
  return (placement?.kind === 'bus' || placement?.kind === 'bus-topic') && placement.server === server;
}

function eventsOf(channel: ChannelDeclaration): readonly AllowedEvent[] {
  return channel.messages.map(({ name }) => ({ name, source: sourceOf(channel) }));
}

function distinct(events: readonly AllowedEvent[]): readonly AllowedEvent[] {
  const byKey = new Map(events.map((event) => [JSON.stringify([event.source, event.name]), event]));
  return [...byKey.values()].sort(byAddress);
}
