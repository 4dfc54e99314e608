import type { Clock } from '@eventloom/runtime';
import type { Activity } from './accounting/activity.ts';
import { createJournal } from './accounting/journal.ts';
import { createLedger } from './accounting/ledger.ts';
import { createReport, type SystemReport } from './accounting/report.ts';
import { type EventTrace, traceEvent } from './accounting/trace.ts';
import { type DeadLetter, deadLettersOf } from './dead-letters.ts';
import type { KeyAttribute } from './dynamodb/table.ts';
import { createFaults } from './faults/faults.ts';
import type { FaultOccurrence } from './faults/rates.ts';
import type { HandlerModule } from './handlers.ts';
import type { ApiAnswer } from './ingress/answers.ts';
import type { ApiRequest } from './ingress/api.ts';
import { createIngress } from './ingress/ingress.ts';
import type { IngressPlace } from './ingress/pipes.ts';
import { type ApiServer, serveApi } from './ingress/server.ts';
import type { LocalSystemOptions } from './options.ts';
import { createRandom, nextFraction } from './random.ts';
import { queueUrlOf, receivedBy } from './received.ts';
import { connectResources } from './state/build/connect.ts';
import { addDestination } from './state/build/destinations.ts';
import { addOutbox, createRelay, outboxEnvironment, outboxesOf } from './state/build/outboxes.ts';
import { callsEnvironment, createOutlet, environmentFor } from './state/build/outlets.ts';
import type { Outlet, Site } from './state/build/site.ts';
import { addStores, addTable, claimEnvironment, storeEnvironment } from './state/build/stores.ts';
import { createSubscriberOutlet, requireSubscribers } from './state/build/subscribers.ts';
import type { Caller } from './state/caller.ts';
import { type InvokeOptions, invokeFunction } from './state/invoke.ts';
import { targetModule } from './state/subscribers/play.ts';
import type { LambdaFunction, World } from './state/world.ts';
import type { Reception } from './targets.ts';
import { createRealScheduler } from './time/real-scheduler.ts';
import type { Scheduler } from './time/scheduler.ts';
import { createVirtualScheduler } from './time/virtual-scheduler.ts';
import { clientsOf, createClients, type LocalClients } from './wire/clients.ts';
import { createCallHandler, createRequestHandler, type LocalRequestHandler } from './wire/request-handler.ts';

/** A system that runs in this process. */
export interface LocalSystem {
  /** Clients of the AWS SDK v3 that may do anything: for publishers, and for looking at queues. */
  readonly clients: LocalClients;
  /** For clients of one's own: pass it as `requestHandler`, and to an `SQSClient` also `useQueueUrlAsEndpoint: false`. */
  readonly requestHandler: LocalRequestHandler;
  /** The environment variables of all destinations: for publishers. */
  readonly environment: Readonly<Record<string, string>>;
  /** As `environment`, with what belongs to one service alone: its tables. Throws when there is no such service. */
  environmentOf(service: string): Readonly<Record<string, string>>;
  /**
   * Runs until nothing is left to do: every event handled or dead-lettered, every retry made. In real time it waits for
   * that. Throws a `RunawayError` when events cause each other for ever. A handler that awaits it waits for itself.
   */
  settle(): Promise<void>;
  /** Lets time pass, and does what is due meanwhile. Schedules fire then, and only then; `settle` does not wait for them. */
  advance(milliseconds: number): Promise<void>;
  /** Answers a request to the API of a service (`x-ingress` of type `http`), as API Gateway does. */
  request(request: ApiRequest): Promise<ApiAnswer>;
  /** Serves these APIs on a port of this machine. @param port Default: one that is free. */
  serve(port?: number): Promise<ApiServer>;
  /** Where the ingress of type `queue` or `table` of an operation is fed. Throws when there is none. */
  ingress(operation: string): IngressPlace;
  /** The system's time. */
  now(): Date;
  /**
   * The system's time for publishers and outboxes outside of handlers, which stamp events with it. To sleep is to
   * `advance`. Its random numbers follow from the seed.
   */
  readonly clock: Clock;
  /** What every consumer has done, and a verdict on every event at every consumer. */
  report(): SystemReport;
  /** The event with this id and all that it caused; undefined when no such event was published. */
  trace(eventId: string): EventTrace | undefined;
  /**
   * What the target of a subscriber has got so far, in the form in which it gets it, oldest first. Throws when there is no
   * such subscriber.
   */
  received(subscriber: string): readonly Reception[];
  /** URL of the queue of a subscriber of type `none`. Throws when there is no such subscriber. */
  queueUrl(subscriber: string): string;
  /** What stands on the dead-letter queue of a consumer or subscriber, oldest first. Throws when there is none of that key. */
  deadLetters(consumer: string): readonly DeadLetter[];
  /** How often each kind of fault has happened so far. */
  readonly faults: Readonly<Partial<Record<FaultOccurrence['kind'], number>>>;
  /** The latest activities, oldest first. */
  readonly journal: readonly Activity[];
  /** Drops all work that has not begun. What handlers publish afterwards goes nowhere. */
  stop(): void;
}

/**
 * Makes a system that runs a topology in this process: EventBridge, SNS, SQS and Lambda behind the real clients of the
 * AWS SDK. Throws when a consumer has no handler.
 */
export function createLocalSystem(options: LocalSystemOptions): LocalSystem {
  const { topology } = options;
  requireHandlers(options);
  requireSubscribers(options);
  const world = createWorld(options);
  const serve = createCallHandler(world, options.interceptors ?? []);
  const requestHandler = createRequestHandler(world, serve);
  const clients = createClients(world.location.region, requestHandler);
  const site = siteOf(world, options);
  const outlets = topology.consumers.map((consumer, index) => createOutlet(site, consumer, index));
  const outboxes = outboxesOf(topology);
  const relays = outboxes.map((outbox, index) => createRelay(site, outbox, outlets.length + index));
  const subscribers = (topology.subscribers ?? []).map((subscriber, position) =>
    createSubscriberOutlet(site, subscriber, { index: outlets.length + relays.length + position, options }),
  );
  const all = [...outlets, ...relays, ...subscribers];
  addFunctions(world, all, { ...options, clientsOf: (caller) => clientsOf(clients, caller) });
  for (const { outbox } of outboxes) {
    const target = world.functions.find(({ consumer }) => consumer.key === outbox.key);
    if (target) addOutbox(site, world, { outbox, target, isHandled: options.handlers[outbox.key] !== undefined });
  }
  connectResources(world, topology, all);
  const ingress = createIngress(site, world, { options, serve });
  if (world.scheduler.kind === 'real') ingress.schedules.start();
  return {
    clients,
    requestHandler,
    environment: { ...environmentFor(world.location, topology.destinations), ...claimEnvironment(topology) },
    environmentOf: (service) => environmentOf(world, options, service),
    settle: () => world.scheduler.settle(),
    advance: (milliseconds) => {
      ingress.schedules.plan(milliseconds);
      return world.scheduler.advance(milliseconds);
    },
    request: ingress.request,
    serve: (port = 0) => serveApi(ingress.request, port),
    ingress: (operation) => ingress.place(operation),
    now: () => new Date(world.scheduler.now()),
    clock: clockOf(world),
    report: () => createReport(world.ledger),
    trace: (eventId) => traceEvent(world.ledger, eventId),
    deadLetters: (consumer) => deadLettersOf(world, consumer),
    received: (subscriber) => receivedBy(world, subscriber),
    queueUrl: (subscriber) => queueUrlOf(world, subscriber),
    get faults() {
      return { ...world.faults.counts };
    },
    get journal() {
      return world.journal.entries();
    },
    stop: () => {
      ingress.schedules.stop();
      world.scheduler.stop();
    },
  };
}

function clockOf({ scheduler, jitter }: World): Clock {
  return {
    now: () => new Date(scheduler.now()),
    sleep: (milliseconds) => scheduler.advance(milliseconds),
    random: () => nextFraction(jitter),
  };
}

function environmentOf(
  { location }: World,
  { topology }: LocalSystemOptions,
  service: string,
): Readonly<Record<string, string>> {
  if (topology.services.every(({ name }) => name !== service)) {
    const names = topology.services.map(({ name }) => name).join(', ');
    throw new Error(`There is no service ${service}. Services: ${names}`);
  }
  return {
    ...environmentFor(location, topology.destinations),
    ...storeEnvironment(topology, service),
    ...outboxEnvironment(topology, service),
    ...callsEnvironment(topology, service),
  };
}

const account = '000000000000';

function createWorld(options: LocalSystemOptions): BuildingWorld {
  const scheduler = createScheduler(options);
  const world: BuildingWorld = {
    location: { account, region: options.region ?? 'us-east-1' },
    scheduler,
    random: createRandom(options.seed ?? 1),
    jitter: createRandom(`jitter ${options.seed ?? 1}`),
    faults: createFaults(options.faults ?? {}, options.seed ?? 1, scheduler.now()),
    ledger: createLedger(
      options.topology.consumers.map(({ key }) => key),
      outboxesOf(options.topology).map(({ relay }) => relay.key),
      (options.topology.subscribers ?? []).map(({ key }) => key),
    ),
    journal: createJournal(options.journalLimit ?? 10_000, options.onActivity),
    buses: new Map(),
    topics: new Map(),
    queues: new Map(),
    tables: new Map(),
    transactions: new Map(),
    buckets: new Map(),
    functions: [],
    bounds: { hops: options.bounds?.hops ?? 100, invocationsPerEvent: options.bounds?.invocationsPerEvent ?? 200 },
    activity: { invocations: 0, outsideEvents: 0 },
  };
  for (const destination of options.topology.destinations) addDestination(siteOf(world, options), destination);
  addStores(siteOf(world, options));
  for (const { name, partitionKey, sortKey = null } of options.tables ?? []) {
    const keys = { partitionKey: keyAttribute(partitionKey), sortKey: sortKey === null ? null : keyAttribute(sortKey) };
    addTable(siteOf(world, options), { name, ...keys });
  }
  return world;
}

function keyAttribute(key: string | KeyAttribute): KeyAttribute {
  return typeof key === 'string' ? { name: key, type: 'S' } : key;
}

/** A world whose resources are still being made. */
type BuildingWorld = World &
  Pick<Site, 'buses' | 'topics' | 'queues' | 'tables' | 'buckets'> & { readonly functions: LambdaFunction[] };

function siteOf(world: BuildingWorld, { topology }: LocalSystemOptions): Site {
  const { location, buses, topics, queues, tables, buckets } = world;
  return { topology, location, buses, topics, queues, tables, buckets };
}

function createScheduler({ time = 'virtual', startTime }: LocalSystemOptions): Scheduler {
  if (time === 'real') return createRealScheduler();
  return createVirtualScheduler((startTime ?? new Date(Date.UTC(2026, 0))).getTime());
}

type FunctionOptions = LocalSystemOptions & { readonly clientsOf: (caller: Caller) => LocalClients };

function addFunctions(world: BuildingWorld, outlets: readonly Outlet[], options: FunctionOptions): void {
  for (const outlet of outlets) {
    const invokeOptions: InvokeOptions = {
      load: loadOnce(options, outlet),
      invocationMilliseconds: options.invocationMilliseconds ?? 20,
      patienceMilliseconds: options.patienceMilliseconds ?? null,
      clientsOf: options.clientsOf,
      onLog: options.onLog ?? null,
    };
    const target: LambdaFunction = {
      ...outlet,
      invoke: (request) => invokeFunction(world, target, request, invokeOptions),
    };
    world.functions.push(target);
  }
}

/** A module that cannot be loaded is tried again at the next invocation, as a new container of Lambda would. */
function loadOnce(
  { handlers, targets = {} }: LocalSystemOptions,
  { consumer, end }: Outlet,
): () => Promise<HandlerModule> {
  const { key } = consumer;
  const play = end === undefined ? undefined : targets[key];
  if (end !== undefined && play !== undefined) return async () => targetModule(play, end.refused);
  let loaded: Promise<HandlerModule> | null = null;
  return async () => {
    loaded ??= handlers[key]?.() ?? Promise.reject(new Error(`No handler for ${key}`));
    try {
      return await loaded;
    } catch (error) {
      loaded = null;
      throw error;
    }
  };
}

function requireHandlers({ topology, handlers }: LocalSystemOptions): void {
  const missing = topology.consumers.filter(({ key }) => typeof handlers[key] !== 'function').map(({ key }) => key);
  if (missing.length === 0) return;
  throw new Error(
    `No handler for ${missing.join(', ')}. Pass a function for every consumer of the topology, such as ` +
      `'${missing[0]}': () => import('./${missing[0]}.js')`,
  );
}
