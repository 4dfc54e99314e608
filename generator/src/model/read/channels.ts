import { limits } from '@eventloom/engine';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecDocument, SpecNode } from '../../load/spec-document.ts';
import type { ChannelDeclaration, Placement, ServerDeclaration } from '../declarations.ts';
import { listOf, quote } from '../wording.ts';
import { readQueue, readTopic } from './bindings.ts';
import { readChannelMessages } from './channel-messages.ts';
import { readClaimCheck } from './claim-check.ts';
import { descriptionOf } from './doc.ts';
import { readFairness } from './fairness.ts';
import { payloadPointer, readFields } from './fields.ts';
import { referenceTokens } from './references.ts';

interface Channel {
  readonly key: string;
  readonly node: SpecNode;
  /** Where its key is written. */
  readonly origin: Origin;
  /** The channel's key stands in for an address that cannot be used, so that the rest is judged all the same. */
  readonly address: string;
}

/** Reads the channels of the spec: their address, where their events go, and their messages. */
export function readChannels(
  document: SpecDocument,
  servers: readonly ServerDeclaration[],
  problems: Diagnostic[],
): readonly ChannelDeclaration[] {
  const channels = document.root.get('channels');
  return (channels?.entries() ?? []).map(([key, node]) => {
    const origin = channels?.keyOrigin(key) ?? node.referrer;
    const channel = { key, node, origin, address: readAddress({ key, node, origin }, problems) ?? key };
    const { placement, fifo } = readPlacement(channel, servers, document, problems);
    return {
      key,
      identity: node.identity,
      origin,
      description: descriptionOf(node),
      address: channel.address,
      placement,
      ordering: placement === null ? null : readOrdering(channel, fifo, problems),
      fairness: placement === null ? null : readFairness(channel, placement, problems),
      claimCheck: readClaimCheck(node, problems),
      messages: readChannelMessages(channel, placement, problems),
    };
  });
}

function readAddress(channel: Omit<Channel, 'address'>, problems: Diagnostic[]): string | null {
  const { key, node } = channel;
  const address = node.get('address')?.value;
  if (typeof address !== 'string' || address === '') {
    const origin = node.get('address') === undefined ? channel.origin : node.keyOrigin('address');
    const message = `Channel ${quote(key)} has no address, so its events would have no source.`;
    problems.push(report('channel-address', origin, message, 'Give it one: `address: shop.orders`.'));
    return null;
  }
  if (/\{[^}]*\}/.test(address) || (node.get('parameters')?.entries().length ?? 0) > 0) {
    const message = `The address ${quote(address)} has parameters; an event has one fixed source.`;
    const help = 'Write one channel for each address, or carry the varying part in the payload.';
    problems.push(report('channel-address', node.keyOrigin('address'), message, help));
  }
  return address;
}

function readPlacement(
  channel: Channel,
  servers: readonly ServerDeclaration[],
  document: SpecDocument,
  problems: Diagnostic[],
): { readonly placement: Placement | null; readonly fifo: boolean } {
  const topic = readTopic(channel, problems);
  const queue = readQueue(channel, problems);
  const fifo = topic?.fifo === true || queue?.fifo === true;
  const listed = listedServers(channel.node, servers, document);
  const bus = selectBus(channel, { servers, listed, bound: topic !== null || queue !== null }, problems);
  if (topic !== null && queue !== null && bus === null) {
    const message = `Channel ${quote(channel.key)} has an \`sns\` and an \`sqs\` binding: it is a topic or a queue, not both.`;
    const help = 'Remove one. Consumers of a topic get a queue each without a binding.';
    problems.push(report('two-bindings', channel.node.keyOrigin('bindings'), message, help));
  }
  if (bus === null) {
    const bound: Placement | null = queue === null ? null : { kind: 'queue', queue };
    return { placement: topic === null ? bound : { kind: 'topic', topic }, fifo };
  }
  checkSource(channel, problems);
  if (fifo) problems.push(fifoOverBus(channel));
  if (queue !== null) problems.push(queueOnBus(channel));
  if (topic === null) return { placement: { kind: 'bus', server: bus }, fifo };
  return { placement: { kind: 'bus-topic', server: bus, topic: { ...topic, fifo: false } }, fifo };
}

/** The servers that the channel names itself. None (or an empty list) means all, as AsyncAPI has it. */
function listedServers(
  channel: SpecNode,
  servers: readonly ServerDeclaration[],
  document: SpecDocument,
): readonly ServerDeclaration[] {
  const list = channel.get('servers');
  return (list?.entries() ?? []).flatMap(([index, node]) => {
    const tokens = referenceTokens(document, list?.raw(Number(index)));
    const named = tokens?.[0] === 'servers' && tokens.length === 2 ? tokens[1] : undefined;
    const byKey = servers.find(({ key }) => key === named);
    return byKey ?? servers.find(({ identity }) => identity === node.identity) ?? [];
  });
}

interface BusChoice {
  readonly servers: readonly ServerDeclaration[];
  readonly listed: readonly ServerDeclaration[];
  /** Whether the channel has an `sns` or `sqs` binding: then only an explicit server puts it on a bus. */
  readonly bound: boolean;
}

/** Returns the key of the server whose bus the channel is on; null when it is on none. */
function selectBus(channel: Channel, { servers, listed, bound }: BusChoice, problems: Diagnostic[]): string | null {
  const isExplicit = listed.length > 0;
  if (bound && !isExplicit) return null;
  const buses = [...new Set((isExplicit ? listed : servers).filter(({ bus }) => bus !== null).map(({ key }) => key))];
  const origin = isExplicit ? channel.node.keyOrigin('servers') : channel.origin;
  if (buses.length > 1) {
    const message = `Channel ${quote(channel.key)} could be on ${listOf(buses)}; a channel is on exactly one bus.`;
    const help = `Choose one: \`servers: [{ $ref: '#/servers/${buses[0]}' }]\`.`;
    problems.push(report('ambiguous-bus', origin, message, help));
  } else if (buses.length === 0 && !bound) {
    const found = isExplicit ? `its servers are ${listOf(listed.map(({ key }) => key))}` : 'the spec has no server';
    const message = `Channel ${quote(channel.key)} has no place to be: ${found}, none of protocol \`eventbridge\`.`;
    const help = 'Add a server with `protocol: eventbridge`, or give the channel an `sns` or `sqs` binding.';
    problems.push(report('no-destination', origin, message, help));
  }
  return buses[0] ?? null;
}

function checkSource({ node, address }: Channel, problems: Diagnostic[]): void {
  const origin = node.keyOrigin('address');
  const limit = limits.eventSourceCharacters.value;
  if (address.startsWith('aws.')) {
    const message = `The address ${quote(address)} starts with \`aws.\`; EventBridge keeps such sources for AWS.`;
    problems.push(report('channel-address', origin, message, 'Start it with a name of your own.'));
  }
  if (address.length > limit) {
    const message = `The address has ${address.length} characters; the source of an event has at most ${limit}.`;
    problems.push(report('channel-address', origin, message));
  }
}

function fifoOverBus({ key, node }: Channel): Diagnostic {
  const message = `Channel ${quote(key)} is FIFO, but goes over a bus: a rule can set only one constant message group, so order would be lost.`;
  const help =
    'Remove `servers`: then the channel is an SNS FIFO topic (`sns` binding) or an SQS FIFO queue (`sqs` binding).';
  return report('fifo-over-bus', node.keyOrigin('bindings'), message, help);
}

function queueOnBus({ key, node }: Channel): Diagnostic {
  const message = `Channel ${quote(key)} is on a bus by its \`servers\`, so the queue of its \`sqs\` binding is not made.`;
  const help = 'Remove the binding (each consumer gets its own queue), or remove `servers` for a point-to-point queue.';
  return report('queue-binding-on-bus', node.keyOrigin('bindings'), message, help);
}

function readOrdering(
  { key, node, origin }: Channel,
  fifo: boolean,
  problems: Diagnostic[],
): ChannelDeclaration['ordering'] {
  const extension = node.get('x-ordering');
  if (extension === undefined) {
    if (fifo) problems.push(fifoWithoutOrdering({ key, origin }));
    return null;
  }
  const fields = readFields(extension, 'x-ordering', { key: payloadPointer }, problems);
  if (!fifo) {
    const message = `\`x-ordering\` needs a FIFO destination, and channel ${quote(key)} is none.`;
    const help =
      'Order is kept by an SNS FIFO topic (`bindings.sns.ordering.type: FIFO`) or an SQS FIFO queue (`bindings.sqs.queue.fifoQueue: true`), without a bus before it.';
    problems.push(report('ordering-without-fifo', node.keyOrigin('x-ordering'), message, help));
    return null;
  }
  if (extension.get('key') === undefined) {
    const message = '`x-ordering` has no `key`: nothing says which messages keep their order.';
    problems.push(
      report('extension-value', node.keyOrigin('x-ordering'), message, 'Give a JSON pointer: `key: /orderId`.'),
    );
  }
  return fields.key === undefined ? null : { value: { key: fields.key }, origin: extension.keyOrigin('key') };
}

function fifoWithoutOrdering({ key, origin }: Pick<Channel, 'key' | 'origin'>): Diagnostic {
  const message = `Channel ${quote(key)} is FIFO without \`x-ordering\`: each call of its publisher must name the message group.`;
  return report('fifo-without-ordering', origin, message, 'Add `x-ordering: { key: /orderId }`.');
}
