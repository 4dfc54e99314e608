import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecDocument, SpecNode } from '../../load/spec-document.ts';
import type { ChannelDeclaration, Placed, ReceiveDeclaration } from '../declarations.ts';
import { isKebabCase } from '../names.ts';
import { quote } from '../wording.ts';
import { listOfShape, readValue, textThat } from './fields.ts';
import { referenceTokens } from './references.ts';

const services = listOfShape(textThat('the name of a service in kebab-case', isKebabCase));

/** Reads `x-callers`: the services, each with its place; null when the operation has none, or one with a mistake. */
export function readCallers(operation: SpecNode, problems: Diagnostic[]): readonly Placed<string>[] | null {
  const names = readValue(operation, 'x-callers', services, problems);
  if (names === null) return null;
  const list = operation.get('x-callers');
  if (names.length === 0) {
    const origin = operation.keyOrigin('x-callers');
    problems.push(report('extension-value', origin, '`x-callers` names no service.', 'Name one, or remove it.'));
  }
  return names.map((value, index) => ({ value, origin: list?.keyOrigin(String(index)) ?? operation.origin }));
}

/**
 * Reads the one message of AsyncAPI's `reply`; null when there is no reply, or none that names one message of a channel.
 * It is asked for only where there are callers: elsewhere the spec may say what it likes of replies.
 */
export function readReply(
  document: SpecDocument,
  operation: SpecNode,
  channels: readonly ChannelDeclaration[],
  problems: Diagnostic[],
): ReceiveDeclaration['reply'] {
  const reply = operation.get('reply');
  if (reply === undefined) return null;
  const origin = operation.keyOrigin('reply');
  const tokens = referenceTokens(document, reply.raw('channel'));
  const channel = channels.find(({ key }) => tokens?.[0] === 'channels' && key === tokens[1]);
  const selected = selectedKeys(document, reply, channel?.key);
  const messages = channel?.messages.filter(({ key }) => selected === null || selected.includes(key)) ?? [];
  const [message, ...others] = messages;
  if (channel !== undefined && message !== undefined && others.length === 0)
    return { value: { channel, message }, origin };
  const found = messages.map(({ name }) => quote(name)).join(', ') || 'none';
  const text = `A function that is called directly answers one message; \`reply\` names ${found}.`;
  const help =
    "Write `reply: { channel: { $ref: '#/channels/<channel>' }, messages: [{ $ref: '#/channels/<channel>/messages/<message>' }] }`.";
  problems.push(report('call-reply', origin, text, help));
  return null;
}

/** Null means all messages of the channel. */
function selectedKeys(document: SpecDocument, reply: SpecNode, channel: string | undefined): readonly string[] | null {
  const list = reply.get('messages');
  if (list === undefined) return null;
  return list.entries().flatMap(([index]) => {
    const tokens = referenceTokens(document, list.raw(Number(index)));
    return tokens?.[1] === channel && tokens?.[2] === 'messages' ? (tokens?.[3] ?? []) : [];
  });
}
