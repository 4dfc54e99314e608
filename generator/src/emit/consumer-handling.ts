import type { Consumer, JsonValue } from '@eventloom/engine';
import type { ConsumerModel } from '../model/event-model.ts';
import { pointerTokens } from '../model/pointer.ts';
import { type Imports, typeFrom, valueFrom } from './print/imports.ts';
import { type CodeValue, fromJson } from './print/json-value.ts';
import { literal } from './print/literal.ts';
import { runtime } from './published-event.ts';

/** Names that a consumer's file declares: `ScreenHighValueOrderEvent` and so on. */
export interface ConsumerNames {
  readonly event: string;
  readonly context: string;
  readonly emitted: string;
  readonly publish: string;
}

/** Tells whether a consumer also gets a factory whose handler takes the events of a batch together. */
export function takesBatches({ wiring: { delivery, split, gather } }: ConsumerModel): boolean {
  return delivery.type === 'queue' && split === undefined && gather === undefined;
}

/** Tells whether a consumer has a standard queue that is fed over a bus alone, for which there is a smaller handler. */
export function isFedByBus({ wiring: { delivery, routes } }: ConsumerModel): boolean {
  return delivery.type === 'queue' && !delivery.fifo && routes.every(({ kind }) => kind.startsWith('eventbridge'));
}

/** Name of the factory whose handler takes the events of a batch together. */
export function batchFactoryName({ factoryName }: ConsumerModel): string {
  return `${factoryName}Batch`;
}

/** The features that the spec asks of a consumer, outermost first, as the runtime names them. */
export function featuresOf({ wiring }: ConsumerModel, imports: Imports): readonly string[] {
  const { claims, downstreams, idempotency, split, gather, emits } = wiring;
  const wanted: readonly (readonly [string, boolean])[] = [
    ['claims', claims === true],
    ['circuits', downstreams !== undefined],
    ['idempotent', idempotency !== null],
    ['splitting', split !== undefined],
    ['gathering', gather !== undefined],
    ['emitting', emits.length > 0 && split === undefined],
  ];
  return wanted.flatMap(([name, isWanted]) => {
    if (!isWanted) return [];
    const publishes = name === 'emitting' || name === 'splitting';
    const claiming = publishes && emits.some(({ claimCheck }) => claimCheck !== undefined);
    if (!claiming) return [imports.use(valueFrom(runtime, name))];
    return [`${imports.use(valueFrom(runtime, `${name}With`))}(${imports.use(valueFrom(runtime, 'claiming'))})`];
  });
}

/** The fields of a consumer's definition that say how its events are handled; undefined where the spec says nothing. */
export function handlingFields({
  delivery,
  idempotency,
  split,
  gather,
  downstreams,
}: Consumer): Readonly<Record<string, CodeValue | string | number | undefined>> {
  const queue = delivery.type === 'queue' ? delivery : undefined;
  return {
    concurrency: queue?.concurrency,
    backoff: inCode(queue?.backoff),
    idempotency: inCode(idempotency ?? undefined),
    split,
    gather: inCode(gather),
    downstreams: inCode(downstreams),
  };
}

/** The type of what a handler knows beside the event. */
export function contextType({ wiring }: ConsumerModel, names: ConsumerNames, imports: Imports): string {
  const { emits, split, downstreams = [] } = wiring;
  const use = (name: string) => imports.use(typeFrom(runtime, name));
  const calls = downstreams.map(({ name }) => literal(name)).join(' | ');
  const parts = [
    ...(split === undefined ? [] : [`${use('SplitContext')}<${names.event}>`]),
    ...(emits.length > 0 && split === undefined ? [`${use('EmittingContext')}<${names.publish}>`] : []),
    ...(downstreams.length > 0 ? [`${use('CircuitContext')}<${calls}>`] : []),
  ];
  return parts.length === 0 ? use('HandlerContext') : parts.join(' & ');
}

/** The type of the elements that a consumer splits its events into. */
export function elementType({ wiring }: ConsumerModel, names: ConsumerNames, imports: Imports): string {
  const path = (pointerTokens(wiring.split ?? '') ?? []).map(literal).join(', ');
  return `${imports.use(typeFrom(runtime, 'ElementAt'))}<${names.event}['payload'], [${path}]>`;
}

/** The model is JSON by its own rule; its interfaces cannot say so. */
function inCode(value: object | undefined): CodeValue | undefined {
  return value === undefined ? undefined : fromJson(value as JsonValue);
}
