import type { ChannelDeclaration, OperationDeclaration } from '../declarations.ts';
import type { Messages } from '../messages.ts';
import { sortBy } from '../order.ts';
import type { Documentation, MessageDocs } from './documentation.ts';

/** Reads what the spec says for readers alone. */
export function buildDocumentation(
  messages: Messages,
  operations: readonly OperationDeclaration[],
  channels: readonly ChannelDeclaration[],
): Documentation {
  return {
    site: { title: null, logo: null, accent: null, links: [], pages: [] },
    info: { contact: null, license: null, termsOfService: null, externalDocs: null, tags: [] },
    messages: messages.types.map(({ typeName, doc, examples }) => messageDocs(typeName, doc.description, examples)),
    operations: sortBy(
      operations.map(({ key }) => ({
        operation: key,
        title: null,
        summary: null,
        description: null,
        tags: [],
        externalDocs: null,
      })),
      ({ operation }) => operation,
    ),
    channels: sortBy(
      channels.map(({ key, address }) => ({
        channel: key,
        address: address ?? key,
        title: null,
        summary: null,
        description: null,
      })),
      ({ channel }) => channel,
    ),
    services: [],
  };
}

function messageDocs(message: string, description: string | null, examples: readonly unknown[]): MessageDocs {
  return {
    message,
    title: null,
    summary: description,
    description: null,
    tags: [],
    externalDocs: null,
    owner: null,
    status: 'stable',
    deprecation: null,
    replacedBy: null,
    version: null,
    changes: [],
    examples: examples.map(() => ({ name: null, summary: null })),
  };
}
