import type { ConsumerEntry, EventPage, ProducerEntry } from '../site-model.ts';
import { hrefFrom } from '../site-paths.ts';
import { type Block, code, codeBlock, heading, type Inline, link, list, md, paragraph, webLink } from './markdown.ts';
import { edgeList, factTable, part, snippetParts } from './parts.ts';
import { prose, proseLine } from './prose.ts';
import { schemaTable } from './schema-table.ts';
import { commas, linksTo, linkTo, words } from './words.ts';

/** The page of an event. */
export function eventTwin(event: EventPage): readonly Block[] {
  const { path, schema, headers, neighbourhood, facts, snippets } = event;
  return [
    heading(1, event.name),
    paragraph(proseLine(event.summary)),
    ...warning(event),
    list(identity(event)),
    prose(event.description, 3),
    ...part(2, 'Who sends, who receives', edgeList(neighbourhood)),
    ...part(2, 'At a glance', facts.length === 0 ? [] : [factTable(path, facts)]),
    ...part(2, 'Payload', [
      prose(schema.description, 3),
      paragraph(commas([schema.type, ...schema.constraints].map((fact) => md`${fact}`))),
      schemaTable(schema.children),
    ]),
    ...part(2, 'Message attributes', headers.length === 0 ? [] : [schemaTable(headers)]),
    ...part(2, 'Examples', examples(event)),
    ...part(2, 'Producers', [producers(event)]),
    ...part(2, 'Consumers', consumers(event)),
    ...part(2, 'On the wire', wireForms(event)),
    ...part(2, 'Use it', snippetParts(3, snippets)),
    ...part(2, 'Changes', changes(event)),
  ];
}

function identity(event: EventPage): readonly Inline[] {
  const { path, name, source, channel, owners, status, version, tags, externalDocs, jsonSchema } = event;
  const schemaFile = hrefFrom(path, { path: jsonSchema, anchor: null });
  return [
    md`Name ${code(name)}, source ${code(source)}, channel ${code(channel)}`,
    ...(event.title === name ? [] : [md`Title: ${event.title}`]),
    md`Status: ${status}${version === null ? '' : `, version ${version}`}`,
    ...(owners.length === 0 ? [] : [md`Owned by ${owners.join(', ')}`]),
    ...(tags.length === 0 ? [] : [md`Tags: ${tags.join(', ')}`]),
    md`Schema of its payload: ${link('JSON Schema', schemaFile)}`,
    ...(externalDocs === null ? [] : [md`More: ${webLink(externalDocs.text, externalDocs.url)}`]),
  ];
}

function warning({ path, status, deprecation, replacedBy }: EventPage): readonly Block[] {
  const sentences = { retired: 'This event is no longer sent.', deprecated: 'Do not start using this event.' };
  const sentence = status === 'retired' || status === 'deprecated' ? sentences[status] : null;
  if (sentence === null && replacedBy === null) return [];
  const instead = replacedBy === null ? null : md`Use ${linkTo(path, replacedBy)} in its place.`;
  return [paragraph(md`${sentence ?? 'There is a newer event.'} ${instead}`), prose(deprecation, 3)];
}

function examples({ examples: all }: EventPage): readonly Block[] {
  return all.flatMap(({ title, summary, bytes, json }) => [
    heading(3, title),
    paragraph(md`${summary === null ? null : [proseLine(summary), ' ']}${bytes} bytes.`),
    codeBlock('json', json),
  ]);
}

function producers({ path, producers: all }: EventPage): Block {
  if (all.length === 0) return paragraph('Nobody sends it yet.');
  return list(all.map((producer) => producerItem(path, producer)));
}

function producerItem(path: string, { service, kind, operation, summary, ingress, outbox }: ProducerEntry): Inline {
  return md`${linkTo(path, service)} ${kind === 'emits' ? 'in answer, from' : 'by'} ${code(operation)}${
    ingress === null ? null : [' on ', code(ingress)]
  }${outbox ? ', over its outbox' : ''}${summary === null ? null : [': ', proseLine(summary)]}`;
}

function consumers(event: EventPage): readonly Block[] {
  if (event.consumers.length === 0) return [paragraph('Nobody receives it yet.')];
  return event.consumers.flatMap((entry) => consumer(event, entry));
}

function consumer(event: EventPage, entry: ConsumerEntry): readonly Block[] {
  const { service, operation, filter, emits, facts, compiled, narrowed } = entry;
  return [
    heading(3, md`${service.text}: ${entry.consumer}`),
    paragraph(proseLine(entry.summary)),
    prose(entry.description, 4),
    list([
      md`Service ${linkTo(event.path, service)}, operation ${code(operation)}, by ${words(entry.delivery)}`,
      ...(filter.length === 0
        ? [md`Takes every one`]
        : filter.map((condition) => md`Takes those where ${words(condition)}`)),
      ...verdicts(event, entry),
      ...(emits.length === 0 ? [] : [md`May answer with ${linksTo(event.path, emits)}`]),
    ]),
    ...compiled.flatMap(({ title, json }) => [paragraph(md`${title}:`), codeBlock('json', json)]),
    ...(narrowed === null ? [] : [paragraph('Payload as its handler gets it:'), codeBlock('ts', narrowed)]),
    factTable(event.path, facts),
  ];
}

function verdicts({ examples: all }: EventPage, { filter, verdicts: found }: ConsumerEntry): readonly Inline[] {
  if (filter.length === 0) return [];
  return found.flatMap(({ matched, reason }, index) => {
    const example = all[index];
    if (example === undefined) return [];
    return [md`${matched ? 'Takes' : 'Leaves'} the example “${example.title}”${reason === '' ? '' : `: ${reason}`}`];
  });
}

function wireForms({ path, wireForms: all }: EventPage): readonly Block[] {
  return all.flatMap(({ title, explanation, consumers: takers, json }) => [
    heading(3, words(title)),
    paragraph(md`${words(explanation)}${takers.length === 0 ? null : [' So gets it: ', linksTo(path, takers), '.']}`),
    codeBlock('json', json),
  ]);
}

function changes({ changes: all }: EventPage): readonly Block[] {
  const items = all.flatMap(({ version, date, changes: texts }) =>
    texts.map((text) => md`${version}${date === null ? '' : ` (${date})`}: ${proseLine(text)}`),
  );
  return items.length === 0 ? [] : [list(items)];
}
