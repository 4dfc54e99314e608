import { batchFactoryName, takesBatches } from '../../emit/consumer-handling.ts';
import { literal } from '../../emit/print/literal.ts';
import type { ConsumerModel, EventReference, ReceivedEvent, ServiceModel } from '../../model/event-model.ts';
import { narrowingText } from '../narrowing-text.ts';
import type { Snippet } from '../site-model.ts';
import { encodeName } from '../site-paths.ts';
import { gatherCode, splitCode } from './fan-snippet.ts';
import {
  eventTypeName,
  type HandlerDraft,
  handlerConstant,
  handlerDraft,
  handlerFile,
  makerName,
  makers,
  receivedField,
  shownEmits,
} from './handler-parts.ts';
import type { LookUps } from './look-ups.ts';
import { codeWord, lineComment, memberOf, snippetCode } from './snippet-text.ts';

/** The handler of a consumer, with an eye on one of its events, or on all with `focus` null. */
export function handleSnippet(
  lookUps: LookUps,
  service: ServiceModel,
  { consumer, focus }: { readonly consumer: ConsumerModel; readonly focus: EventReference | null },
): Snippet {
  // With one event there is nothing else to have an eye on.
  if (consumer.receives.length !== 1) return makeSnippet(lookUps, service, { consumer, focus });
  const snippet = known.get(consumer) ?? makeSnippet(lookUps, service, { consumer, focus });
  known.set(consumer, snippet);
  return snippet;
}

/** Models never change, and the pages of an event and of a service show the same handler. */
const known = new WeakMap<ConsumerModel, Snippet>();

function makeSnippet(
  lookUps: LookUps,
  service: ServiceModel,
  { consumer, focus }: { readonly consumer: ConsumerModel; readonly focus: EventReference | null },
): Snippet {
  const draft = handlerDraft(lookUps, service, consumer);
  const { key, split, gather } = consumer.wiring;
  const blocks =
    split !== undefined ? splitCode(draft) : gather !== undefined ? gatherCode(draft) : singleCode(draft, focus);
  return {
    anchor: `handle-${service.wiring.name}.${encodeName(consumer.wiring.consumer)}`,
    title: `Handle it in ${codeWord(key)}`,
    language: 'ts',
    file: handlerFile(consumer),
    code: snippetCode(draft.imports, blocks),
  };
}

/** The handler of a whole batch, where the spec asks for batches worth it; else nothing. */
export function batchSnippet(lookUps: LookUps, service: ServiceModel, consumer: ConsumerModel): readonly Snippet[] {
  const { delivery, key } = consumer.wiring;
  const isWorthIt = delivery.type === 'queue' && (delivery.batchSize > 10 || delivery.batchingWindowSeconds > 0);
  if (!isWorthIt || !takesBatches(consumer)) return [];
  const draft = handlerDraft(lookUps, service, consumer);
  const [received] = consumer.receives;
  const payload = received === undefined ? '' : `, first: { ${receivedField(draft, received, 'first.payload')} }`;
  const isOne = consumer.receives.length === 1 && payload !== '';
  const handle = isOne
    ? `(events, { log }) => {\n  const [first] = events;\n  if (first !== undefined) log.info('Batch', { count: events.length${payload} });\n}`
    : `(events, { log }) => {\n  log.info('Batch', { count: events.length });\n}`;
  return [
    {
      anchor: `batch-${service.wiring.name}.${encodeName(consumer.wiring.consumer)}`,
      title: `Handle a batch of ${codeWord(key)} at once`,
      language: 'ts',
      file: handlerFile(consumer),
      code: snippetCode(draft.imports, [handlerConstant(draft, batchFactoryName(consumer), handle)]),
    },
  ];
}

function singleCode(draft: HandlerDraft, focus: EventReference | null): readonly string[] {
  const { consumer } = draft;
  const [only, ...others] = consumer.receives;
  const isOne = only !== undefined && others.length === 0;
  const given = isOne ? 'payload' : 'event';
  const shown = consumer.receives.filter((received) => focus === null || isSame(received, focus));
  const seen = isOne
    ? [`log.info(${literal(only.name)}, { ${receivedField(draft, only, 'payload')} });`]
    : shown.map((received) => told(draft, received));
  const body = [...seen, ...downstreamLines(consumer), ...emitLines(draft, given), ...replyLines(draft, given)];
  const isAsync = body.some((line) => line.includes('await '));
  const parameters = `${isOne ? '{ payload }' : 'event'}, { ${contextNames(draft).join(', ')} }`;
  const lines = body.map((line) => `  ${line.replaceAll('\n', '\n  ')}\n`).join('');
  const handle = `${isAsync ? 'async ' : ''}(${parameters}) => {\n${lines}}`;
  const constant = handlerConstant(draft, consumer.factoryName, handle);
  const type = eventTypeIfMade(draft, isOne);
  return [
    makers(draft, type === null ? [] : [`${given}: ${type}`]),
    [...notes(consumer, shown, focus), constant].join('\n'),
  ];
}

/** The type that makers take; null when there is nothing to make. */
function eventTypeIfMade(draft: HandlerDraft, isOne: boolean): string | null {
  const isMaking = shownEmits(draft.lookUps, draft.consumer).length > 0 || draft.consumer.reply !== undefined;
  if (!isMaking) return null;
  return `${eventTypeName(draft)}${isOne ? "['payload']" : ''}`;
}

function isSame(left: EventReference, right: EventReference): boolean {
  return left.name === right.name && left.source === right.source;
}

/** Of several events: what to do with one of them, told apart by name, and by source where a name has two. */
function told(draft: HandlerDraft, received: ReceivedEvent): string {
  const { name, source } = received;
  const isAmbiguous = draft.consumer.receives.filter((other) => other.name === name).length > 1;
  const test = `event.name === ${literal(name)}${isAmbiguous ? ` && event.source === ${literal(source)}` : ''}`;
  return `if (${test}) log.info(${literal(name)}, { ${receivedField(draft, received, 'event.payload')} });`;
}

function contextNames({ lookUps, consumer }: HandlerDraft): readonly string[] {
  return [
    'log',
    ...(consumer.wiring.downstreams === undefined ? [] : ['downstreams']),
    ...(shownEmits(lookUps, consumer).length === 0 ? [] : ['publish']),
  ];
}

function downstreamLines({ wiring: { downstreams = [] } }: ConsumerModel): readonly string[] {
  return downstreams.map(
    ({ name }) => `await ${memberOf('downstreams', name)}.call(async () => {\n  // What may be out of order.\n});`,
  );
}

function emitLines({ lookUps, consumer }: HandlerDraft, given: string): readonly string[] {
  return shownEmits(lookUps, consumer).map(({ event, options }) => {
    const message = lookUps.message(lookUps.event(event).message);
    return `await publish(${literal(event.name)}, ${makerName(message)}(${given})${options});`;
  });
}

function replyLines({ lookUps, consumer }: HandlerDraft, given: string): readonly string[] {
  if (consumer.reply === undefined) return [];
  return [`return ${makerName(lookUps.message(consumer.reply.message))}(${given});`];
}

/** Comments above the handler: what its filter has narrowed, and what else it gets. */
function notes(
  { receives }: ConsumerModel,
  shown: readonly ReceivedEvent[],
  focus: EventReference | null,
): readonly string[] {
  const narrowed = shown.flatMap(({ narrowing }) => {
    const text = narrowing === null ? '' : narrowingText(narrowing);
    return text === '' || text.includes('\n') ? [] : [lineComment(`The payload is narrowed by the filter: ${text}`)];
  });
  const others = receives.filter((received) => focus !== null && !isSame(received, focus));
  const also = others.map(({ name }) => name).slice(0, 6);
  return [...narrowed.slice(0, 1), ...(also.length === 0 ? [] : [lineComment(`It also receives ${also.join(', ')}.`)])];
}
