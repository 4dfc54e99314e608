import type { EventPart, LambdaHandler, PayloadSchema, ReceivedEvent } from '@eventloom/runtime';
import { type DeclaredIn, type Overridden, type Overrides, type PayloadOptions, payloadAround } from './payload.ts';

/** The value of a message attribute: a list is one of type `String.Array`. */
export type HeaderValue = string | number | boolean | readonly string[];

/** An event as a test gives it to a handler. */
export interface TestEvent<Name extends string = string, Source extends string = string, Payload = unknown> {
  /** The message name. */
  readonly name: Name;
  readonly payload: Payload;
  /** The address of the channel. Default: where the handler receives an event of this name. */
  readonly source?: Source | undefined;
  /** Default: one for each object. Two deliveries with one id are the same event twice. */
  readonly id?: string | undefined;
  /** When it was published. Default: now, on the clock of the harness. */
  readonly time?: Date | undefined;
  /**
   * Message attributes beside `type`, `id` and `time`; for routes without a bus. Default: none but the one that holds the
   * correlation id, which is filled from the payload as a publisher fills all of them.
   */
  readonly headers?: Readonly<Record<string, HeaderValue>> | undefined;
  /** The message group of a FIFO queue. Default: `test`. */
  readonly group?: string | undefined;
  /** `Resources` of an entry of EventBridge. Default: none. */
  readonly resources?: readonly string[] | undefined;
  /**
   * What comes with the event beside its payload: over a bus, or where `correlationId` names a header. Default: none;
   * one that the payload itself holds is read from there.
   */
  readonly correlationId?: string | undefined;
  /** Place among the parts of a split, for a consumer that gathers. Default: none. */
  readonly part?: EventPart | undefined;
  /** Name of the replay that it comes from; for routes over a bus. Default: none. */
  readonly replay?: string | undefined;
  /** X-Ray trace header of the message; for queues. Default: none. */
  readonly traceHeader?: string | undefined;
  /** True keeps the payload in the claim bucket and sends a claim in its place (`x-claim-check`). Default: false. */
  readonly claimed?: boolean | undefined;
}

/** The events that a handler takes, told apart by `name`; by `source` too where one name comes from several channels. */
export type EventFor<Handler> = Handler extends LambdaHandler<string, infer Event> ? TestEventOf<Event, Event> : never;

type TestEventOf<Event, Any> =
  Event extends ReceivedEvent<infer Name, infer Source, infer Payload>
    ? IsUnion<SourceOf<Any, Name>> extends true
      ? TestEvent<Name, Source, Payload> & FromSource<Source>
      : TestEvent<Name, Source, Payload>
    : never;

/** `source` is there; where it is `never`, nothing was said of it. */
export type FromSource<Source> = [Source] extends [never] ? unknown : { readonly source: Source };

/** The channels from which events of a name come. */
type SourceOf<Event, Name> =
  Event extends ReceivedEvent<infer Other, infer Source, unknown> ? (Name extends Other ? Source : never) : never;

type IsUnion<Type, All = Type> = Type extends unknown ? ([All] extends [Type] ? false : true) : never;

/** How an event is chosen, and what it says beside its payload. */
export type EventOfOptions<Source extends string = string> = PayloadOptions &
  Omit<TestEvent<string, Source>, 'name' | 'payload'>;

/**
 * An event with a valid example as its payload. A consumer that receives the name from several channels takes it with
 * its `source`.
 * @example eventOf('OrderPlaced', orderPlacedSchema, { market: 'ru' })
 * @example eventOf('ShipSailed', shipSailedSchema, {}, { source: 'port.departures' })
 */
export function eventOf<
  const Name extends string,
  Payload,
  const Asked extends Overrides<Payload>,
  const Source extends string = never,
>(
  name: Name,
  schema: PayloadSchema<Payload>,
  overrides?: Asked & DeclaredIn<Payload, Asked>,
  { seed, ...rest }: EventOfOptions<Source> = {},
): TestEvent<Name, NoInfer<Source>, Overridden<Payload, Asked>> & FromSource<NoInfer<Source>> {
  const payload = payloadAround(schema, overrides, seed) as Overridden<Payload, Asked>;
  return { ...rest, name, payload } as TestEvent<Name, Source, Overridden<Payload, Asked>> & FromSource<Source>;
}
