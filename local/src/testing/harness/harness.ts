import type { AwsClients, EmittedEvent, Environment, LambdaHandler, LogLevel, ReceivedEvent } from '@eventloom/runtime';
import { createLocalSystem, type LocalSystem } from '../../system.ts';
import type { EventFor, TestEvent } from '../event.ts';
import { redriveAll } from './deliver.ts';
import { type ExpectedFailure, expectDeadLettered, expectHandledOnce, expectLeftOut, type Happened } from './expect.ts';
import { type HandlerDeadLetter, readLetter } from './letters.ts';
import { type PublishedByHandler, type PublishedFor, recordPublished, sourcesOf } from './published.ts';
import { type HandlerRun, type Notes, type RunOf, recordedHandler } from './run.ts';
import { createSender } from './sender.ts';
import { type DeliverySettings, topologyAround } from './topology.ts';

/** What stands around a handler under test. */
export interface HarnessOptions extends DeliverySettings {
  /** When virtual time begins. Default: 2026-01-01T00:00:00Z. */
  readonly startTime?: Date | undefined;
  /** What ids depend on. Default: 1. */
  readonly seed?: number | string | undefined;
  /** Environment variables that the handler sees beside those of its destinations. */
  readonly environment?: Environment | undefined;
  /** Clients in place of those of the local AWS. */
  readonly clients?: AwsClients | undefined;
}

/** One line of the handler's log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** An event, told by its id or by what `deliver` was given. */
export type EventIdentity = string | object;

/** One handler in an AWS of its own, in virtual time. */
export interface Harness<Event, Emitted = EmittedEvent<string, string, unknown>> {
  /**
   * Puts events before the handler, all at once so that a queue hands them over in batches, and settles: every event is
   * handled or dead-lettered when it resolves, retries included. One object is one event, however often it is delivered;
   * a copy without an `id` is another event. Resolves with the ids of the events.
   *
   * Rejects as `send` and `settle` do.
   */
  deliver(events: Event | readonly Event[], options?: DeliverOptions): Promise<readonly string[]>;
  /**
   * As `deliver`, but nothing is done yet: use `advance` or `settle`.
   *
   * Rejects for an event that the handler does not receive, for one without a `source` whose name it receives from
   * several channels, and with the error of AWS for one that the route could not carry, such as one that is too large.
   */
  send(events: Event | readonly Event[], options?: DeliverOptions): Promise<readonly string[]>;
  /** Lets virtual time pass, and does what is due meanwhile. Rejects with a `RunawayError` as `settle` does. */
  advance(milliseconds: number): Promise<void>;
  /** Works until nothing is left to do. Rejects with a `RunawayError` when the handler is called for ever. */
  settle(): Promise<void>;
  /**
   * Puts everything on the dead-letter queue before the handler again as it was, attributes, group and trace header
   * included, and settles. Resolves with how many that were. Rejects as `settle` does.
   */
  redrive(): Promise<number>;
  /** Each call of the user's function, in order of its end. Events that never reached it are not among them. */
  readonly runs: readonly RunOf<Event>[];
  /** What the handler has published. */
  readonly published: readonly PublishedFor<Emitted>[];
  /** What stands on the dead-letter queue, oldest first. */
  readonly deadLetters: readonly HandlerDeadLetter[];
  /** What the handler has logged, read from JSON; a line that is none has only a `message`. */
  readonly logs: readonly LogLine[];
  /**
   * Throws unless the user's function returned exactly once for an event, nothing of it is dead-lettered, and nothing of
   * it is still to come: no other delivery is in flight, and no call, such as one that timed out, has yet to return. A
   * call with all parts of a split counts for each of them.
   */
  expectHandledOnce(event: EventIdentity): void;
  /**
   * Throws unless an event was done with although the user's function was never called for it: it is known already
   * (`x-idempotency`), or its filter does not match it.
   */
  expectLeftOut(event: EventIdentity): void;
  /** Throws unless an event is on the dead-letter queue, for the reason given. Returns it. */
  expectDeadLettered(event: EventIdentity, expected?: ExpectedFailure): HandlerDeadLetter;
  /** The whole local system, for what else is to be seen. */
  readonly system: LocalSystem;
}

/** How events are delivered. */
export interface DeliverOptions {
  /** How often each event comes: the same event, its id and its time included. Default: 1. */
  readonly times?: number | undefined;
}

/**
 * Runs one generated handler as AWS would, without a topology: a queue or a function feeds it, and what it publishes is
 * written down.
 * @example
 * const payments = harness(handler);
 * const order = eventOf('OrderPlaced', orderPlacedSchema);
 * await payments.deliver(order, { times: 2 });
 * payments.expectHandledOnce(order);
 */
export function harness<
  Event extends ReceivedEvent<string, string, unknown>,
  Emitted extends EmittedEvent<string, string, unknown>,
>(
  handler: LambdaHandler<string, Event, Emitted>,
  options: HarnessOptions = {},
): Harness<EventFor<LambdaHandler<string, Event>>, Emitted> {
  const notes: Notes = { runs: [], steps: [], open: new Set(), eventIds: new Map() };
  const published: PublishedByHandler[] = [];
  const logs: LogLine[] = [];
  const module = recordedHandler(handler, notes, options);
  const sourceOf = sourcesOf(handler.definition.emits);
  const system: LocalSystem = createLocalSystem({
    topology: topologyAround(handler, options),
    handlers: { [handler.consumer]: async () => module },
    startTime: options.startTime,
    seed: options.seed,
    interceptors: [recordPublished(published, 'function', { sourceOf, now: () => system.now() })],
    onLog: (_, level, line) => logs.push({ level, ...readLine(line) }),
  });
  const sender = createSender(system, handler, { seed: options.seed ?? 1, eventIds: notes.eventIds });
  const deadLetters = (): readonly HandlerDeadLetter[] => system.deadLetters(handler.consumer).map(readLetter);
  const happened = (): Happened => ({
    consumer: handler.consumer,
    ...notes,
    deadLetters: deadLetters(),
    isInFlight: (id) => isInFlight(system, notes, id),
  });
  const events = (given: unknown): readonly TestEvent[] =>
    (Array.isArray(given) ? given : [given]) as readonly TestEvent[];
  return {
    send: (given, { times = 1 } = {}) => sender.send(events(given), times),
    deliver: async (given, { times = 1 } = {}) => {
      const ids = await sender.send(events(given), times);
      await system.settle();
      return ids;
    },
    advance: (milliseconds) => system.advance(milliseconds),
    settle: () => system.settle(),
    redrive: async () => {
      const count = await redriveAll(system, handler, notes.eventIds);
      await system.settle();
      return count;
    },
    // The types are those that generated code marks the handler with; the events were validated.
    runs: notes.runs as HandlerRun[] as never,
    published: published as never,
    get deadLetters() {
      return deadLetters();
    },
    logs,
    expectHandledOnce: (event) => expectHandledOnce(happened(), sender.idOf(event)),
    expectLeftOut: (event) => expectLeftOut(happened(), sender.idOf(event)),
    expectDeadLettered: (event, expected) => expectDeadLettered(happened(), sender.idOf(event), expected),
    system,
  };
}

/** Whether the system is still to deliver an event, whatever the id by which it knows it. */
function isInFlight(system: LocalSystem, { eventIds }: Notes, id: string): boolean {
  return system
    .report()
    .accounted.some(
      ({ event, verdicts }) =>
        (eventIds.get(event.id) ?? event.id) === id && Object.values(verdicts).some(({ kind }) => kind === 'pending'),
    );
}

function readLine(line: string): { readonly message: string } {
  try {
    return JSON.parse(line) as { readonly message: string };
  } catch {
    return { message: line };
  }
}
