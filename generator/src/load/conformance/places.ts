/** What stands where in an AsyncAPI 3 document, by the keys that lead there. */

/** What an object of AsyncAPI is, by the name of the section of `components` that such objects go to. */
export type Kind =
  | 'channelBindings'
  | 'channels'
  | 'correlationIds'
  | 'externalDocs'
  | 'messageBindings'
  | 'messageTraits'
  | 'messages'
  | 'operationBindings'
  | 'operationTraits'
  | 'operations'
  | 'parameters'
  | 'replies'
  | 'replyAddresses'
  | 'schemas'
  | 'securitySchemes'
  | 'serverBindings'
  | 'serverVariables'
  | 'servers'
  | 'tags';

/** The fields of each kind that hold another, as patterns of the path below it; `*` is any key. */
const fields: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  channels: {
    'messages/*': 'messages',
    'servers/*': 'servers',
    'parameters/*': 'parameters',
    'tags/*': 'tags',
    externalDocs: 'externalDocs',
    bindings: 'channelBindings',
  },
  messages: {
    correlationId: 'correlationIds',
    'traits/*': 'messageTraits',
    'tags/*': 'tags',
    externalDocs: 'externalDocs',
    bindings: 'messageBindings',
  },
  operations: {
    channel: 'channels',
    'messages/*': 'messages',
    'traits/*': 'operationTraits',
    reply: 'replies',
    'security/*': 'securitySchemes',
    'tags/*': 'tags',
    externalDocs: 'externalDocs',
    bindings: 'operationBindings',
  },
  replies: { channel: 'channels', 'messages/*': 'messages', address: 'replyAddresses' },
  servers: {
    'variables/*': 'serverVariables',
    'security/*': 'securitySchemes',
    'tags/*': 'tags',
    externalDocs: 'externalDocs',
    bindings: 'serverBindings',
  },
};

/** What the object at `path` is, all references on the way followed; undefined for other places. */
export function kindAt(path: readonly string[]): Kind | undefined {
  const [section = '', second = ''] = path;
  if (section === 'components') return path.length < 3 ? undefined : kindBelow(second as Kind, path.slice(3));
  if (section !== 'channels' && section !== 'operations' && section !== 'servers') return undefined;
  return path.length < 2 ? undefined : kindBelow(section, path.slice(2));
}

function kindBelow(kind: Kind, path: readonly string[]): Kind | undefined {
  const [field, key] = path;
  if (field === undefined) return kind;
  const single = kindOfField(kind, field);
  if (single !== undefined) return kindBelow(single, path.slice(1));
  const several = key === undefined ? undefined : kindOfField(kind, `${field}/*`);
  return several === undefined ? undefined : kindBelow(several, path.slice(2));
}

function kindOfField(kind: Kind, field: string): Kind | undefined {
  const known = Object.hasOwn(fields, kind) ? fields[kind] : undefined;
  return known !== undefined && Object.hasOwn(known, field) ? known[field] : undefined;
}

/** Whether AsyncAPI certainly allows a `$ref` at `path`. */
export function mayBeReference(path: readonly string[]): boolean {
  return kindAt(path) !== undefined;
}

/** Whether many alike members are to be expected in the map at `path`. */
export function isFoldable(path: readonly string[]): boolean {
  const [first = '', second = ''] = path;
  if (path.length === 1) return first === 'channels' || first === 'operations';
  if (path.length === 2) return first === 'components' && ['channels', 'messages', 'operations'].includes(second);
  return isMessagesOfChannel(path);
}

/** Whether the map at `path` is the messages of one channel. */
export function isMessagesOfChannel(path: readonly string[]): boolean {
  const channel = path[0] === 'components' ? path.slice(1) : path;
  return channel.length === 3 && channel[0] === 'channels' && channel[2] === 'messages';
}

/** Whether the list at `path` is the messages of one operation. */
export function isMessagesOfOperation(path: readonly string[]): boolean {
  const operation = path[0] === 'components' ? path.slice(1) : path;
  return operation.length === 3 && operation[0] === 'operations' && operation[2] === 'messages';
}

/** Whether the object at `path` holds bindings by protocol. */
export function isBindings(path: readonly string[]): boolean {
  return (
    path.at(-1) === 'bindings' || (path.length === 3 && path[0] === 'components' && /Bindings$/.test(path[1] ?? ''))
  );
}
