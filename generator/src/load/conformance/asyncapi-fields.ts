import { type Kind, kindAt } from './places.ts';

const documentation = ['title', 'summary', 'description', 'tags', 'externalDocs'];
const message = [
  'contentType',
  'headers',
  'correlationId',
  'name',
  'deprecated',
  'examples',
  'bindings',
  ...documentation,
];

/** Fields of AsyncAPI 3.0 and 3.1, for suggestions only: the parser decides what is allowed. */
const fieldsByKind: Readonly<Partial<Record<Kind | '' | 'info' | 'components', readonly string[]>>> = {
  '': ['asyncapi', 'id', 'info', 'servers', 'defaultContentType', 'channels', 'operations', 'components'],
  info: ['title', 'version', 'description', 'termsOfService', 'contact', 'license', 'tags', 'externalDocs'],
  components: [
    ...['schemas', 'servers', 'channels', 'serverVariables', 'operations', 'messages', 'securitySchemes', 'parameters'],
    ...['correlationIds', 'operationTraits', 'messageTraits', 'replies', 'replyAddresses', 'serverBindings'],
    ...['channelBindings', 'operationBindings', 'messageBindings', 'tags', 'externalDocs'],
  ],
  servers: ['host', 'pathname', 'protocol', 'protocolVersion', 'variables', 'security', 'bindings', ...documentation],
  channels: ['address', 'messages', 'parameters', 'servers', 'bindings', ...documentation],
  operations: ['action', 'channel', 'messages', 'reply', 'traits', 'security', 'bindings', ...documentation],
  operationTraits: ['security', 'bindings', ...documentation],
  messages: ['payload', 'traits', ...message],
  messageTraits: message,
  replies: ['address', 'channel', 'messages'],
  replyAddresses: ['location', 'description'],
  parameters: ['enum', 'default', 'description', 'examples', 'location'],
  correlationIds: ['location', 'description'],
  serverVariables: ['enum', 'default', 'description', 'examples'],
  tags: ['name', 'description', 'externalDocs'],
  externalDocs: ['url', 'description'],
};

/** Fields that the object at `path` may have, as far as known. */
export function fieldsOf(path: readonly string[]): readonly string[] {
  const [section = ''] = path;
  const own = path.length === 0 || (path.length === 1 && (section === 'info' || section === 'components'));
  const kind = own ? (section as '' | 'info' | 'components') : kindAt(path);
  return (kind === undefined ? undefined : fieldsByKind[kind]) ?? [];
}

/** `channel` for the kind `channels`. */
export function nameOfKind(kind: Kind): string {
  return names[kind];
}

const names: Readonly<Record<Kind, string>> = {
  channelBindings: 'channel bindings',
  channels: 'channel',
  correlationIds: 'correlation id',
  externalDocs: 'external documentation',
  messageBindings: 'message bindings',
  messageTraits: 'message trait',
  messages: 'message',
  operationBindings: 'operation bindings',
  operationTraits: 'operation trait',
  operations: 'operation',
  parameters: 'parameter',
  replies: 'reply',
  replyAddresses: 'reply address',
  schemas: 'schema',
  securitySchemes: 'security scheme',
  serverBindings: 'server bindings',
  serverVariables: 'server variable',
  servers: 'server',
  tags: 'tag',
};
