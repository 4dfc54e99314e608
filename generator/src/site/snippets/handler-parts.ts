import { collectImports, type Imports } from '../../emit/print/imports.ts';
import { literal } from '../../emit/print/literal.ts';
import { lineWidth } from '../../emit/print/text.ts';
import type {
  ConsumerModel,
  EventReference,
  MessageType,
  ReceivedEvent,
  ServiceModel,
} from '../../model/event-model.ts';
import type { LookUps } from './look-ups.ts';
import { requiredOptions } from './publish-options.ts';
import { fieldEntry } from './shown-field.ts';
import { fromService, handlersType, payloadTypeOf } from './snippet-text.ts';

/** A handler while its snippet is put together. */
export interface HandlerDraft {
  readonly lookUps: LookUps;
  readonly service: ServiceModel;
  readonly consumer: ConsumerModel;
  readonly imports: Imports;
}

/** Starts the snippet of a consumer's handler, in the module where the wiring looks for it. */
export function handlerDraft(lookUps: LookUps, service: ServiceModel, consumer: ConsumerModel): HandlerDraft {
  const made = madeMessages(lookUps, consumer).map(makerName);
  return { lookUps, service, consumer, imports: collectImports(handlerFile(consumer), ['handler', ...made]) };
}

/** Where a user would keep the handler. */
export function handlerFile({ wiring }: ConsumerModel): string {
  return `services/${wiring.handler}.ts`;
}

/** The exported handler: the factory applied to a function, already spelled. */
export function handlerConstant({ service, consumer, imports }: HandlerDraft, factory: string, handle: string): string {
  const type = `${imports.use(handlersType)}[${literal(consumer.wiring.key)}]`;
  const start = `export const handler: ${type} = ${imports.use(fromService(service).value(factory))}(`;
  const [first = ''] = handle.split('\n');
  if (start.length + first.length <= lineWidth) return `${start}${handle});`;
  return `${start}\n  ${handle.replaceAll('\n', '\n  ')},\n);`;
}

/** Functions that the reader has to write: one for each payload that the handler makes. */
export function makers(draft: HandlerDraft, parameters: readonly string[]): string {
  return madeMessages(draft.lookUps, draft.consumer)
    .map((message) => {
      const type = draft.imports.use(payloadTypeOf(message));
      return `declare function ${makerName(message)}(${parameters.join(', ')}): ${type};`;
    })
    .join('\n');
}

/** Name of the function that makes a payload. */
export function makerName({ typeName }: MessageType): string {
  return `make${typeName}`;
}

/** Most events whose publishing a snippet shows. */
const mostEmitted = 3;

/** What a handler of single events makes: payloads of events that it emits, and of its reply. */
function madeMessages(lookUps: LookUps, consumer: ConsumerModel): readonly MessageType[] {
  const { split, emits } = consumer.wiring;
  const emitted = split === undefined ? shownEmits(lookUps, consumer).map(({ event }) => event) : emits.slice(0, 1);
  const events = emitted.map((event) => lookUps.event(event).message);
  const reply = consumer.reply === undefined ? [] : [consumer.reply.message];
  return [...new Set([...events, ...reply])].map((typeName) => lookUps.message(typeName));
}

/** An event that a handler publishes in answer. */
export interface Emission {
  readonly event: EventReference;
  /** Spelled, with a comma before it; empty when none is needed. */
  readonly options: string;
}

/** The emitted events that a snippet shows, with the options that each needs. */
export function shownEmits(lookUps: LookUps, { wiring }: ConsumerModel): readonly Emission[] {
  return wiring.emits
    .flatMap(({ name, source }) => {
      const isAmbiguous = wiring.emits.filter((other) => other.name === name).length > 1;
      const options = requiredOptions(lookUps, { name, source }, isAmbiguous ? source : null);
      if (options === null) return [];
      return [{ event: { name, source }, options: options === '' ? '' : `, ${options}` }];
    })
    .slice(0, mostEmitted);
}

/** A field of a received payload as an entry of an object. `payload` is the expression that holds it. */
export function receivedField({ lookUps }: HandlerDraft, received: ReceivedEvent, payload: string): string {
  const message = lookUps.message(received.message);
  const names = new Map(message.types.map(({ name, type }) => [name, type]));
  const whole = { kind: 'reference', name: message.typeName } as const;
  return fieldEntry(payload, received.narrowing?.type ?? whole, names);
}

/** The type of what the handler is given. */
export function eventTypeName({ service, consumer, imports }: HandlerDraft): string {
  return imports.use(fromService(service).type(`${consumer.typeName}Event`));
}
