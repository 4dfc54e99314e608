import type { ConsumerModel, EventReference, EventType, ServiceModel } from '../../model/event-model.ts';
import type { SiteContext } from '../site-context.ts';
import type { EventExample, Snippet } from '../site-model.ts';
import { becomeConsumer } from './become-consumer.ts';
import { callSnippets } from './calls-snippet.ts';
import { batchSnippet, handleSnippet } from './handle-snippet.ts';
import { type LookUps, lookUpsOf } from './look-ups.ts';
import { outboxSnippet, publishSnippet } from './publish-snippet.ts';
import { publisherSnippet, relaySnippet } from './service-snippets.ts';
import { codeWord } from './snippet-text.ts';

/** Most publishers and most consumers that the page of an event shows; pages of services have all of theirs. */
const mostOnEvent = 3;

/** Most handlers that the page of a service shows. */
const mostOnService = 24;

/** Code to publish the event, to handle it, and to become a new consumer of it. */
export function eventSnippets(
  context: SiteContext,
  event: EventType,
  examples: readonly EventExample[],
): readonly Snippet[] {
  const lookUps = lookUpsOf(context.model);
  const samples = samplesOf(lookUps, event, examples);
  return [
    ...publishing(lookUps, event, samples),
    ...handling(lookUps, event),
    ...becomeConsumer(lookUps, event, samples),
  ];
}

/** Code that a service starts with: its publisher, its handlers, its direct calls. */
export function serviceSnippets(context: SiteContext, service: ServiceModel): readonly Snippet[] {
  const lookUps = lookUpsOf(context.model);
  const handlers = service.consumers
    .slice(0, mostOnService)
    .flatMap((consumer) => [
      handleSnippet(lookUps, service, { consumer, focus: null }),
      ...batchSnippet(lookUps, service, consumer),
    ]);
  return [...publisherSnippet(service), ...relaySnippet(service), ...callSnippets(lookUps, service), ...handlers];
}

/** Payloads that a snippet may show: examples of the spec, then the smallest. */
function samplesOf(lookUps: LookUps, event: EventType, examples: readonly EventExample[]): readonly unknown[] {
  const shown = examples.filter(({ origin }) => origin !== 'largest').map(({ payload }) => payload);
  return shown.length > 0 ? shown : lookUps.message(event.message).examples;
}

/** How each `send` operation publishes the event; without one, how the first handler that emits it does. */
function publishing(lookUps: LookUps, event: EventType, samples: readonly unknown[]): readonly Snippet[] {
  const snippets = lookUps
    .sendersOf(event)
    .slice(0, mostOnEvent)
    .map((sender) => ({ ...sender, event, samples }))
    .flatMap((sending) => [...publishSnippet(lookUps, sending), ...outboxSnippet(lookUps, sending)]);
  if (snippets.length > 0) return snippets;
  const [emitter] = lookUps.emittersOf(event);
  if (emitter === undefined) return [];
  const { service, consumer } = emitter;
  const snippet = handleSnippet(lookUps, service, { consumer: emittingFirst(consumer, event), focus: null });
  const title = `Publish it from the handler of ${codeWord(consumer.wiring.key)}`;
  return [{ ...snippet, anchor: snippet.anchor.replace(/^handle-/, 'emit-'), title }];
}

/** The consumer as if the spec named the event first among those it emits. */
function emittingFirst(consumer: ConsumerModel, event: EventReference): ConsumerModel {
  const emits = [...consumer.wiring.emits].sort((a, b) => Number(isSame(b, event)) - Number(isSame(a, event)));
  return { ...consumer, wiring: { ...consumer.wiring, emits } };
}

function handling(lookUps: LookUps, event: EventType): readonly Snippet[] {
  return lookUps
    .receiversOf(event)
    .slice(0, mostOnEvent)
    .map(({ service, consumer }) => handleSnippet(lookUps, service, { consumer, focus: event }));
}

function isSame(left: EventReference, right: EventReference): boolean {
  return left.name === right.name && left.source === right.source;
}
