import type { EventPattern } from '@eventloom/engine';
import type { EventType } from '../../model/event-model.ts';
import { pointerTokens } from '../../model/pointer.ts';
import type { Snippet } from '../site-model.ts';
import { filterExample } from './filter-example.ts';
import type { LookUps } from './look-ups.ts';
import { codeWord } from './snippet-text.ts';
import { type YamlMap, type YamlValue, yamlText } from './yaml-text.ts';

/** What to add to the spec to receive an event, and the command that follows; none where a queue has its one reader. */
export function becomeConsumer(lookUps: LookUps, event: EventType, samples: readonly unknown[]): readonly Snippet[] {
  if (lookUps.readQueues.has(event.destination)) return [];
  const { spec } = lookUps.model;
  const key = free(`on${event.message}`, lookUps.operations, '');
  const code = yamlText({ operations: { [key]: operation(lookUps, event, samples) } }, ['operations', key]);
  return [
    {
      anchor: 'become-operation',
      title: `Add an operation to ${codeWord(spec.file)}`,
      language: 'yaml',
      file: spec.file,
      code,
    },
    {
      anchor: 'become-generate',
      title: 'Then generate; the handler that is asked for is yours to write',
      language: 'sh',
      file: null,
      code: `npx eventloom generate${spec.file === 'asyncapi.yaml' ? '' : ` --spec ${shellWord(spec.file)}`}\n`,
    },
  ];
}

function operation(lookUps: LookUps, event: EventType, samples: readonly unknown[]): YamlMap {
  const channel = reference(['channels', event.channel]);
  const events = lookUps.eventsOfChannel(event.channel);
  const key = pointerTokens(event.origin.pointer)?.at(-1) ?? event.name;
  const isQueue = lookUps.destination(event.destination).kind === 'queue';
  const selection =
    events < 2 || isQueue ? {} : { messages: [reference(['channels', event.channel, 'messages', key])] };
  const filter = maySelectAndFilter(lookUps, event, events) ? exampleFor(lookUps, event, samples) : null;
  return {
    action: 'receive',
    channel,
    ...selection,
    'x-service': free('your-service', lookUps.services, '-'),
    ...(filter === null ? {} : { 'x-filter': filter as unknown as YamlValue }),
  };
}

function exampleFor(lookUps: LookUps, event: EventType, samples: readonly unknown[]): EventPattern | null {
  return filterExample(event, lookUps.message(event.message), samples);
}

/** A queue loses what its filter leaves, and a subscription has one scope for selecting and filtering. */
function maySelectAndFilter(lookUps: LookUps, { destination }: EventType, eventsOfChannel: number): boolean {
  const { kind } = lookUps.destination(destination);
  return kind === 'bus' || (kind === 'topic' && eventsOfChannel < 2);
}

/** A text that is not taken. */
function free(wanted: string, taken: ReadonlySet<string>, separator: string): string {
  let count = 1;
  let name = wanted;
  while (taken.has(name)) name = `${wanted}${separator}${++count}`;
  return name;
}

/** A reference within the spec: a JSON pointer as a fragment of a URI. */
function reference(tokens: readonly string[]): YamlMap {
  const path = tokens.map((token) =>
    encodeURIComponent(
      token
        .replaceAll('~', '~0')
        .replaceAll('/', '~1')
        .replace(/\p{Surrogate}/gu, '\ufffd'),
    ),
  );
  return { $ref: `#/${path.join('/').replaceAll('%7E', '~')}` };
}

function shellWord(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
