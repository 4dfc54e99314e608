import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { SpecDocument, SpecNode } from '../load/spec-document.ts';
import { readCorrelation } from './correlation.ts';
import type { ChannelDeclaration, ChannelMessage } from './declarations.ts';
import type { JsonSchema, MessageType } from './event-model.ts';
import { headerFields } from './headers.ts';
import { eventFileName, pascalCase, payloadTypeName } from './names.ts';
import { byCodeUnit, sortBy } from './order.ts';
import { isSchemaObject } from './payload-facts.ts';
import { docOf } from './read/doc.ts';
import { definitionOrigin } from './read/references.ts';
import { buildPayload } from './schema/build-payload.ts';
import type { NamedType } from './type-expression.ts';
import { quote } from './wording.ts';

/** The catalog's messages, and which of them a channel's message is. */
export interface Messages {
  /** Sorted by `typeName`. */
  readonly types: readonly MessageType[];
  /** By `ChannelMessage.definition`. */
  readonly byDefinition: ReadonlyMap<string, MessageType>;
}

/** Makes one message type of each message definition, however many channels share it. */
export function buildMessages(
  document: SpecDocument,
  channels: readonly ChannelDeclaration[],
  problems: Diagnostic[],
): Messages {
  const byDefinition = new Map<string, MessageType>();
  for (const [definition, { message, typeName }] of typeNames(channels)) {
    byDefinition.set(
      definition,
      buildMessage(message, { typeName, origin: definitionOrigin(document, message.node) }, problems),
    );
  }
  return { types: sortBy(byDefinition.values(), ({ typeName }) => typeName), byDefinition };
}

interface NamedMessage {
  readonly message: ChannelMessage;
  readonly typeName: string;
}

/**
 * Names the payload types: after the message where one definition has that name, else after the channel and the message.
 * Of several channels that share a definition the first by key counts, so that the order of the spec does not matter.
 */
function typeNames(channels: readonly ChannelDeclaration[]): ReadonlyMap<string, NamedMessage> {
  const uses = sortBy(channels, ({ key }) => key).flatMap((channel) =>
    channel.messages.map((message) => ({ channel: channel.key, message })),
  );
  const first = new Map([...uses].reverse().map((use) => [use.message.definition, use]));
  const definitions = new Map<string, number>();
  for (const { message } of first.values()) definitions.set(message.name, (definitions.get(message.name) ?? 0) + 1);
  const entries = [...first].map(([definition, { channel, message }]): [string, NamedMessage] => {
    const isShared = (definitions.get(message.name) ?? 0) > 1;
    const typeName = payloadTypeName(isShared ? `${pascalCase(channel)} ${message.name}` : message.name);
    return [definition, { message, typeName }];
  });
  return new Map(entries.sort(([left], [right]) => byCodeUnit(left, right)));
}

function buildMessage(
  { name, node }: ChannelMessage,
  { typeName, origin }: { readonly typeName: string; readonly origin: Origin },
  problems: Diagnostic[],
): MessageType {
  const { payload, types } = readPayload({ node, name, typeName, origin }, problems);
  const headersNode = node.get('headers');
  const headers = headersNode === undefined ? null : buildPayload(headersNode, `${typeName}Headers`);
  problems.push(...(headers?.diagnostics ?? []));
  checkContentType(node, problems);
  const examples = examplesOf(node, payload);
  return {
    name,
    typeName,
    fileName: eventFileName(typeName),
    reference: node.identity,
    doc: docOf(node, examples, isDeprecated(node, payload) ? '' : false),
    payload,
    types,
    headers: headers === null ? [] : headerFields(headers.payload, payload),
    correlation: readCorrelation(node, name, payload, problems),
    examples,
    origin,
  };
}

interface Payload {
  readonly payload: JsonSchema;
  readonly types: readonly NamedType[];
}

function readPayload(
  { node, name, typeName, origin }: Pick<ChannelMessage, 'node' | 'name' | 'origin'> & { readonly typeName: string },
  problems: Diagnostic[],
): Payload {
  const schema = node.get('payload');
  if (schema !== undefined) {
    const { payload, types, diagnostics } = buildPayload(schema, typeName, exampleNodes(node));
    problems.push(...diagnostics);
    return { payload, types };
  }
  // A `$ref` that leads nowhere was reported where references are resolved.
  if (node.raw('payload') === undefined) {
    const message = `Message ${quote(name)} has no payload, so nothing is known of it and anything is valid.`;
    problems.push(report('message-without-payload', origin, message, "Add `payload: { $ref: './schemas/….json' }`."));
  }
  return { payload: true, types: [{ name: typeName, type: { kind: 'primitive', name: 'unknown' }, doc: docOf(node) }] };
}

function checkContentType(node: SpecNode, problems: Diagnostic[]): void {
  const contentType = node.get('contentType')?.value;
  if (typeof contentType !== 'string' || /^[^;]*[/+]json\s*(;|$)/i.test(contentType)) return;
  const message = `The content type ${quote(contentType)} is not supported; payloads travel as JSON.`;
  problems.push(
    report(
      'content-type',
      node.keyOrigin('contentType'),
      message,
      'Write `contentType: application/json`, or remove it.',
    ),
  );
}

function exampleNodes(node: SpecNode): readonly SpecNode[] {
  return (node.get('examples')?.entries() ?? []).flatMap(([, example]) => example.get('payload') ?? []);
}

/** Payloads of the message's own examples, then those of its schema. */
function examplesOf(node: SpecNode, payload: JsonSchema): readonly unknown[] {
  const own = exampleNodes(node).map(({ value }) => value);
  const fromSchema = isSchemaObject(payload) && Array.isArray(payload.examples) ? payload.examples : [];
  return [...own, ...fromSchema];
}

function isDeprecated(node: SpecNode, payload: JsonSchema): boolean {
  return node.get('deprecated')?.value === true || (isSchemaObject(payload) && payload.deprecated === true);
}
