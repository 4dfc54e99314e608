import type { AwsClients, Environment, LambdaHandler, LogLevel, ReceivedEvent } from '@eventloom/runtime';
import { createRandom, nextUuid } from '../../random.ts';
import { createLocalSystem, type LocalSystem } from '../../system.ts';
import type { EventFor, TestEvent } from '../event.ts';
import { wrapEvent } from '../wrap.ts';
import { deliver, redriveAll } from './deliver.ts';
import { type ExpectedFailure, expectDeadLettered, expectHandledOnce } from './expect.ts';
import { type HandlerDeadLetter, readLetter } from './letters.ts';
import { type PublishedByHandler, recordPublished } from './published.ts';
import { type HandlerRun, recordedHandler } from './run.ts';
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
export type EventIdentity = string | { readonly id?: string | undefined };

/** One handler in an AWS of its own, in virtual time. */
export interface Harness<Event> {
  /**
   * Puts events before the handler, all at once so that a queue hands them over in batches, and settles: every event is
   * handled or dead-lettered when it resolves, retries included. Resolves with the ids of the events.
   */
  deliver(events: Event | readonly Event[], options?: DeliverOptions): Promise<readonly string[]>;
  /** As `deliver`, but nothing is done yet: use `advance` or `settle`. */
  send(events: Event | readonly Event[], options?: DeliverOptions): Promise<readonly string[]>;
  /** Lets virtual time pass, and does what is due meanwhile. */
  advance(milliseconds: number): Promise<void>;
  /** Works until nothing is left to do. */
  settle(): Promise<void>;
  /** Puts everything on the dead-letter queue before the handler again, and settles. Resolves with how many that were. */
  redrive(): Promise<number>;
  /** Each call of the user's function, in order of its end. Events that never reached it are not among them. */
  readonly runs: readonly HandlerRun[];
  /** What the handler has published. */
  readonly published: readonly PublishedByHandler[];
  /** What stands on the dead-letter queue, oldest first. */
  readonly deadLetters: readonly HandlerDeadLetter[];
  readonly logs: readonly LogLine[];
  /** Throws unless the user's function returned exactly once for an event, and nothing of it is dead-lettered. */
  expectHandledOnce(event: EventIdentity): void;
  /** Throws unless an event is on the dead-letter queue, for the reason given. Returns it. */
  expectDeadLettered(event: EventIdentity, expected?: ExpectedFailure): HandlerDeadLetter;
  /** The whole local system, for what else is to be seen. */
  readonly system: LocalSystem;
}

/** How events are delivered. */
export interface DeliverOptions {
  /** How often each event comes: the same event, its id included. Default: 1. */
  readonly times?: number | undefined;
}

/**
 * Runs one generated handler as AWS would, without a topology: a queue or a function feeds it, and what it publishes is
 * written down.
 * @example
 * const shop = harness(handler);
 * const [id] = await shop.deliver(eventOf('OrderPlaced', orderPlacedSchema), { times: 2 });
 * shop.expectHandledOnce(id);
 */
export function harness<Event extends ReceivedEvent<string, string, unknown>>(
  handler: LambdaHandler<string, Event>,
  options: HarnessOptions = {},
): Harness<EventFor<LambdaHandler<string, Event>>> {
  const runs: HandlerRun[] = [];
  const published: PublishedByHandler[] = [];
  const logs: LogLine[] = [];
  const module = recordedHandler(handler, runs, options);
  const system = createLocalSystem({
    topology: topologyAround(handler, options),
    handlers: { [handler.consumer]: async () => module },
    startTime: options.startTime,
    seed: options.seed,
    interceptors: [recordPublished(published)],
    onLog: (_, level, line) => logs.push({ level, ...readLine(line) }),
  });
  const random = createRandom(`events ${options.seed ?? 1}`);
  const send = async (events: TestEvent | readonly TestEvent[], { times = 1 }: DeliverOptions = {}) => {
    const list = Array.isArray(events) ? (events as readonly TestEvent[]) : [events as TestEvent];
    const wrapped = list.map((event) => ({
      ...wrapEvent(handler.definition, event, { id: nextUuid(random), time: system.now() }),
      group: event.group ?? 'test',
    }));
    for (let time = 0; time < times; time++) {
      for (const message of wrapped) await deliver(system, handler, { ...message, ...anotherTime(message.id, time) });
    }
    return wrapped.map(({ id }) => id);
  };
  const deadLetters = (): readonly HandlerDeadLetter[] => system.deadLetters(handler.consumer).map(readLetter);
  const happened = () => ({ consumer: handler.consumer, runs, deadLetters: deadLetters() });
  return {
    send,
    deliver: async (events, deliverOptions) => {
      const ids = await send(events, deliverOptions);
      await system.settle();
      return ids;
    },
    advance: (milliseconds) => system.advance(milliseconds),
    settle: () => system.settle(),
    redrive: async () => {
      const count = await redriveAll(system, handler);
      await system.settle();
      return count;
    },
    runs,
    published,
    get deadLetters() {
      return deadLetters();
    },
    logs,
    expectHandledOnce: (event) => expectHandledOnce(happened(), idOf(event)),
    expectDeadLettered: (event, expected) => expectDeadLettered(happened(), idOf(event), expected),
    system,
  };
}

/** A FIFO queue drops what has one deduplication id; a duplicate that gets through has another. */
function anotherTime(id: string, time: number): { readonly id?: string } {
  return time === 0 ? {} : { id: `${id}-${time}` };
}

function idOf(event: EventIdentity): string {
  const id = typeof event === 'string' ? event : event.id;
  if (id === undefined) throw new Error('This event has no `id`. Pass the one that `deliver` resolved with.');
  return id;
}

function readLine(line: string): { readonly message: string } {
  try {
    return JSON.parse(line) as { readonly message: string };
  } catch {
    return { message: line };
  }
}
