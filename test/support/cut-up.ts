import type { SpecDocument } from './random-specs.ts';

/** Parts of a spec that may stand in other files, each of which refers to earlier ones only. */
export const layers = ['schemas', 'messages', 'servers', 'channels'] as const;
export type Layer = (typeof layers)[number];

/** How a spec is cut into files. */
export interface Cut {
  /** The last layer that is cut out; those before it are too. */
  readonly up: Layer;
  /** Of the files: empty, or with a slash at the end. */
  readonly folder: string;
  /** Whether each member of a layer has a file of its own. */
  readonly split: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** Cuts a spec into `asyncapi.yaml` and files that it refers to. Texts by path. */
export function cutUp(document: SpecDocument, cut: Cut): Readonly<Record<string, string>> {
  const parts = partsOf(document, cut);
  const out = layers.slice(0, layers.indexOf(cut.up) + 1);
  const linked = (layer: Layer, otherwise: Json): Json =>
    out.includes(layer) ? mapped(parts[layer], (_, key) => reference(cut, layer, key, cut.folder)) : otherwise;
  const messages = mapped(messagesOf(document), (message, key) => ({
    ...(message as Json),
    payload: reference(cut, 'schemas', key, cut.folder),
  }));
  const spec = {
    ...document,
    servers: linked('servers', document.servers as Json),
    channels: linked('channels', document.channels as Json),
    components: { messages: linked('messages', messages) },
  };
  return Object.fromEntries([
    ...out.flatMap((layer) => filesOf(cut, layer, parts[layer])),
    ['asyncapi.yaml', JSON.stringify(spec)],
  ]);
}

/** The layers as they stand in files of their own. */
function partsOf(document: SpecDocument, cut: Cut): Readonly<Record<Layer, Json>> {
  const messages = messagesOf(document);
  return {
    schemas: mapped(messages, (message) => (message as Json).payload),
    messages: mapped(messages, (message, key) => ({ ...(message as Json), payload: reference(cut, 'schemas', key) })),
    servers: document.servers as Json,
    channels: mapped(document.channels as Json, (channel) => relinked(channel, cut)),
  };
}

function filesOf({ folder, split }: Cut, layer: Layer, part: Json): readonly (readonly [string, string])[] {
  if (!split) return [[`${folder}${layer}.json`, JSON.stringify(part)]];
  return Object.entries(part).map(([key, member]) => [`${folder}${layer}-${key}.json`, JSON.stringify(member)]);
}

function messagesOf(document: SpecDocument): Json {
  return (document.components as { readonly messages: Json }).messages;
}

function reference({ split }: Cut, layer: Layer, key: string, folder = ''): { readonly $ref: string } {
  return { $ref: `./${folder}${layer}${split ? `-${key}.json` : `.json#/${key}`}` };
}

/** A part whose references lead to files beside it. */
function relinked(part: unknown, cut: Cut): unknown {
  return JSON.parse(JSON.stringify(part), (field, value) => {
    const [, layer, key] = /^#\/(?:components\/)?(\w+)\/(\w+)$/.exec(field === '$ref' ? String(value) : '') ?? [];
    return layer === undefined || key === undefined ? value : reference(cut, layer as Layer, key).$ref;
  });
}

function mapped(map: Json, change: (value: unknown, key: string) => unknown): Json {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
