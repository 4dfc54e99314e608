import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SpecDocument } from '../../load/spec-document.ts';
import type { ChannelDeclaration, OperationDeclaration } from '../declarations.ts';
import type { Messages } from '../messages.ts';
import { sortBy } from '../order.ts';
import type { ChannelDocs, Documentation, MessageDocs, OperationDocs } from './documentation.ts';
import { type NamedMessage, replacementFinder } from './find-replacement.ts';
import { readInfo } from './read-info.ts';
import { readMessageDocs } from './read-message-docs.ts';
import { readSite } from './read-site.ts';
import { externalDocsOf, tagsOf, textAt } from './texts.ts';

/** What documentation is read from: the document, and what the other readers found in it. */
export interface Documented {
  readonly document: SpecDocument;
  readonly messages: Messages;
  readonly operations: readonly OperationDeclaration[];
  readonly channels: readonly ChannelDeclaration[];
}

/** Reads what the spec says for readers alone. */
export function buildDocumentation(spec: Documented, problems: Diagnostic[]): Documentation {
  const { document, operations } = spec;
  const known = [...new Set(operations.map(({ service }) => service))].sort();
  return {
    info: readInfo(document.root, problems),
    messages: readMessages(spec, problems),
    operations: sortBy(operations, ({ key }) => key).map((operation) => readOperation(operation, problems)),
    channels: readChannels(spec),
    ...readSite(document, known, problems),
  };
}

/** A definition that several channels share is read once. */
function readMessages({ messages, channels }: Documented, problems: Diagnostic[]): readonly MessageDocs[] {
  const all: readonly NamedMessage[] = sortBy(channels, ({ key }) => key).flatMap((channel) =>
    channel.messages.flatMap((message) => {
      const type = messages.byDefinition.get(message.definition);
      return type === undefined ? [] : [{ message, typeName: type.typeName }];
    }),
  );
  const first = new Map([...all].reverse().map((one) => [one.typeName, one]));
  return messages.types.flatMap((type) => {
    const self = first.get(type.typeName);
    if (self === undefined) return [];
    const findReplacement = replacementFinder(self, all, problems);
    return [readMessageDocs(self.message.node, type, { findReplacement, problems })];
  });
}

function readOperation({ key, node }: OperationDeclaration, problems: Diagnostic[]): OperationDocs {
  return {
    operation: key,
    title: textAt(node, 'title'),
    summary: textAt(node, 'summary'),
    description: textAt(node, 'description'),
    tags: tagsOf(node),
    externalDocs: externalDocsOf(node, problems),
  };
}

function readChannels({ document, channels }: Documented): readonly ChannelDocs[] {
  const nodes = document.root.get('channels');
  const used = channels.filter(({ messages }) => messages.length > 0);
  return sortBy(used, ({ key }) => key).map(({ key, address }) => {
    const node = nodes?.get(key);
    return {
      channel: key,
      address: address ?? key,
      title: textAt(node, 'title'),
      summary: textAt(node, 'summary'),
      description: textAt(node, 'description'),
    };
  });
}
