import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecDocument, SpecNode } from '../../load/spec-document.ts';
import type { ChannelDeclaration, ChannelMessage, OperationDeclaration, ReceiveDeclaration } from '../declarations.ts';
import { isIdentifierName, isKebabCase, isReservedWord, kebabCase } from '../names.ts';
import { sortBy } from '../order.ts';
import { quote } from '../wording.ts';
import { readAlarms } from './alarms.ts';
import { readCallers, readReply } from './callers.ts';
import { readDeliveryOptions } from './delivery-options.ts';
import { readDownstreams } from './downstreams.ts';
import { readEmits } from './emits.ts';
import { choice, flag, payloadPointer, readValue, textThat } from './fields.ts';
import { readGather } from './gather.ts';
import { readIdempotency } from './idempotency.ts';
import { readIngress } from './ingress.ts';
import { referenceTokens } from './references.ts';
import { readSelection } from './selection.ts';

/** What operations are read against. */
interface Context {
  readonly document: SpecDocument;
  readonly channels: readonly ChannelDeclaration[];
  readonly problems: Diagnostic[];
}

/**
 * Reads the operations of the spec. One whose channel cannot be told is left out, after its fields were judged. For a
 * missing service or an empty selection something stands in, so that one mistake is told once.
 */
export function readOperations(
  document: SpecDocument,
  channels: readonly ChannelDeclaration[],
  problems: Diagnostic[],
): readonly OperationDeclaration[] {
  const context = { document, channels, problems };
  const operations = document.root.get('operations');
  return (operations?.entries() ?? []).flatMap(([key, node]) => {
    const origin = operations?.keyOrigin(key) ?? node.referrer;
    return readOperation({ key, node: node.withTraits(), origin }, context) ?? [];
  });
}

interface Operation {
  readonly key: string;
  readonly node: SpecNode;
  /** Where its key is written. */
  readonly origin: Origin;
}

function readOperation(operation: Operation, context: Context): OperationDeclaration | null {
  const { key, node, origin } = operation;
  const { problems } = context;
  const service = readService(operation, problems);
  const channel = findChannel(node, context);
  const action = node.get('action')?.value;
  const settings = action === 'receive' ? readReceiveSettings(key, node, context) : null;
  const outbox = action === 'send' && readValue(node, 'x-outbox', flag, problems) === true;
  const ingress = action === 'send' ? readIngress(node, problems) : null;
  if (channel === null) return null;
  const selected = selectMessages(node, channel, context);
  const takesAll = selected.length === channel.messages.length;
  const selection = settings === null ? null : readSelection({ key, node, channel, takesAll }, problems);
  // A queue's consumer gets every message, whatever it selects: that it does was reported.
  const messages = channel.placement?.kind === 'queue' ? allMessages(channel) : selected;
  if (messages.length === 0) return null;
  const base = { key, node, origin, channel, messages, takesAll, service };
  if (action === 'send') return { ...base, action, outbox, ingress };
  return action === 'receive' && settings !== null && selection !== null
    ? { ...base, action, ...settings, ...selection }
    : null;
}

function readReceiveSettings(key: string, node: SpecNode, { document, channels, problems }: Context) {
  const callers = readCallers(node, problems);
  const identifier = textThat('an identifier', (text) => isIdentifierName(text) && !isReservedWord(text));
  return {
    consumer: readValue(node, 'x-consumer', identifier, problems) ?? key,
    delivery: readDeliveryOptions(node, problems),
    emits: readEmits(document, node, channels, problems),
    idempotency: readIdempotency(node, problems),
    split: readSplit(node, problems),
    gather: readGather(node, problems),
    downstreams: readDownstreams(node, problems),
    alarms: readAlarms(node, problems),
    deletesUnmatched: readValue(node, 'x-filter-unmatched', choice(['delete']), problems) === 'delete',
    rest: readRest(node, problems),
    callers,
    reply: callers === null ? null : readReply(document, node, channels, problems),
  };
}

function readSplit(node: SpecNode, problems: Diagnostic[]): ReceiveDeclaration['split'] {
  const value = readValue(node, 'x-split', payloadPointer, problems);
  return value === null ? null : { value, origin: node.keyOrigin('x-split') };
}

/** What the route cannot say of a filter is refused, unless the handler evaluates it. */
function readRest(node: SpecNode, problems: Diagnostic[]): ReceiveDeclaration['rest'] {
  const rest = readValue(node, 'x-filter-rest', choice(['refuse', 'handler']), problems);
  return rest === 'handler' ? { origin: node.keyOrigin('x-filter-rest') } : null;
}

function readService({ key, node, origin }: Operation, problems: Diagnostic[]): string {
  if (node.get('x-service') === undefined) {
    const message = `Operation ${quote(key)} has no \`x-service\`: nothing says which service it belongs to.`;
    problems.push(report('missing-service', origin, message, 'Add `x-service: <name in kebab-case>`.'));
    return 'unknown';
  }
  const value = node.get('x-service')?.value;
  if (typeof value === 'string' && isKebabCase(value)) return value;
  const near = typeof value === 'string' && isKebabCase(kebabCase(value)) ? kebabCase(value) : null;
  const message = `\`x-service\` is ${JSON.stringify(value)}; the name of a service is in kebab-case.`;
  const help = near === null ? 'For example `fraud` or `order-desk`.' : `Write ${quote(near)}.`;
  problems.push(report('extension-value', node.keyOrigin('x-service'), message, help));
  return near ?? 'unknown';
}

/** A channel that is not one of the document is reported where AsyncAPI's own rules are judged. */
function findChannel(node: SpecNode, { document, channels }: Context): ChannelDeclaration | null {
  const tokens = referenceTokens(document, node.raw('channel'));
  const named =
    tokens?.[0] === 'channels' && tokens.length === 2 ? channels.find(({ key }) => key === tokens[1]) : undefined;
  const identity = node.get('channel')?.identity;
  return named ?? channels.find((channel) => channel.identity === identity) ?? null;
}

/** No `messages` means all of the channel. Those of other channels are reported where AsyncAPI's own rules are judged. */
function selectMessages(
  node: SpecNode,
  channel: ChannelDeclaration,
  { document, problems }: Context,
): readonly ChannelMessage[] {
  const list = node.get('messages');
  if (list === undefined) return allMessages(channel);
  if (Array.isArray(list.value) && list.value.length === 0) {
    const message = 'An empty list of messages selects nothing.';
    const help = 'Remove `messages` to mean all messages of the channel.';
    problems.push(report('no-messages-selected', node.keyOrigin('messages'), message, help));
    return allMessages(channel);
  }
  const selected = list.entries().flatMap(([index, child]) => {
    const tokens = referenceTokens(document, list.raw(Number(index)));
    const key = tokens?.[1] === channel.key && tokens[2] === 'messages' ? tokens[3] : undefined;
    const byKey = channel.messages.find((message) => message.key === key);
    return byKey ?? channel.messages.find((message) => message.node.identity === child.identity) ?? [];
  });
  return sortBy(new Set(selected), ({ name }) => name);
}

function allMessages({ messages }: ChannelDeclaration): readonly ChannelMessage[] {
  return sortBy(messages, ({ name }) => name);
}
