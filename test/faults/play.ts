import { createLocalSystem, type FaultOccurrence, type LocalSystem } from '@eventloom/local';
import { type Case, eventOf } from './bank.ts';
import { chanceOf } from './chance.ts';
import { checkCircuit, checkEnds, checkReport, checkSplits } from './checks/ends.ts';
import { checkLetters, lettersOf } from './checks/letters.ts';
import { checkOrder } from './checks/order.ts';
import { checkIdentities, checkPublishers } from './checks/publishers.ts';
import { type HandlerModules, topology } from './generated/index.js';
import { makeHandlers } from './handlers.ts';
import type { Bench } from './instance.ts';
import { brokenLines } from './lines.ts';
import { type Notebook, newNotebook } from './notebook.ts';
import { seedPlatform } from './platform.ts';
import { type Published, produce } from './produce.ts';
import { nothing, type Sabotage } from './sabotages/sabotage.ts';
import { clearingOf, outagesOf, ratesOf } from './weather.ts';
import { witness } from './witness.ts';

/** What one run did, and what it should not have done. */
export interface Account {
  /** Events that publishers outside were asked to publish. */
  readonly requested: number;
  /** Of these, how many AWS accepted. */
  readonly accepted: number;
  /** Said not to be accepted, and not known to be. */
  readonly refused: number;
  readonly unconfirmed: number;
  /** All events that were accepted, those of handlers too, each as often as it was. */
  readonly published: number;
  /** Effects of handlers. */
  readonly handled: number;
  /** Effects that came again because the process died, or the store was out, before the first could be remembered. */
  readonly repeated: number;
  /** Items of a FIFO group that came late because a batch was sent again whose answer was lost. */
  readonly overtaken: number;
  /** Deliveries that idempotency kept from a handler. */
  readonly absorbed: number;
  /** Letters on dead-letter queues by reason. */
  readonly deadLettered: Readonly<Record<string, number>>;
  /** Faults by kind. */
  readonly faults: Readonly<Partial<Record<FaultOccurrence['kind'] | 'lineBroken', number>>>;
  /** Most calls of a downstream that was out of order. */
  readonly callsInVain: number;
  /** What is wrong; each begins with a word for what kind of wrong it is. */
  readonly violations: readonly string[];
}

/** Runs one seed: publishes under faults, lets the system work until nothing is left to do, and takes account. */
export async function play(seed: number, events: number, sabotage: Sabotage = nothing): Promise<Account> {
  seedPlatform(seed);
  const chance = chanceOf(seed);
  const book = newNotebook();
  const bench: Bench = { book, sabotage, due: new Map() };
  const start = Date.UTC(2026, 0);
  const seconds = (): number => (system.now().getTime() - start) / 1_000;
  const clearing = clearingOf(chance, seconds);
  const handlers = makeHandlers(bench, chance, clearing);
  const restore = await sabotageDefinitions(handlers, sabotage);
  const system: LocalSystem = createLocalSystem({
    topology,
    handlers,
    seed,
    startTime: new Date(start),
    onLog: () => {},
    journalLimit: 0,
    interceptors: [brokenLines(book, chance, seconds), ...(sabotage.wire ? [sabotage.wire] : []), witness(book)],
    faults: { rates: ratesOf(chance), outages: outagesOf(chance), onFault: (fault) => book.tell(fault) },
  });
  try {
    const clients = sabotage.clients?.(system.clients) ?? system.clients;
    const published = await produce(system, { events, chance, clients });
    await system.settle();
    return accountOf({ system, book, published, chance, callsInVain: clearing.callsInVain });
  } finally {
    restore();
  }
}

async function sabotageDefinitions(handlers: HandlerModules, { definition }: Sabotage): Promise<() => void> {
  if (definition === undefined) return () => {};
  const modules = await Promise.all(Object.values(handlers).map((load) => load()));
  const undo = modules.map(({ handler }) => definition(handler.definition));
  return () => undo.forEach((one) => void one());
}

interface Played {
  readonly system: LocalSystem;
  readonly book: Notebook;
  readonly published: readonly Published[];
  readonly chance: ReturnType<typeof chanceOf>;
  readonly callsInVain: number;
}

function accountOf({ system, book, published, chance, callsInVain }: Played): Account {
  const letters = lettersOf(system);
  const cases = new Map<string, Case>();
  for (const one of published) for (const { id } of [one.item, ...one.payments]) cases.set(id, one);
  const remains = { book, letters, cases };
  const disorder = checkOrder(book, cases);
  const said = (code: (said: string | null) => boolean): number => published.filter((one) => code(one.said)).length;
  const deadLettered: Record<string, number> = {};
  for (const { reason } of letters) deadLettered[reason ?? 'none'] = (deadLettered[reason ?? 'none'] ?? 0) + 1;
  return {
    requested: published.length,
    accepted: published.filter(({ kind, item }) => book.accepted.has(`${eventOf[kind]} ${item.id}`)).length,
    refused: said((code) => code !== null && code !== 'accepted' && code !== 'unconfirmed'),
    unconfirmed: said((code) => code === 'unconfirmed'),
    published: [...book.accepted.values()].reduce((sum, { length }) => sum + length, 0),
    handled: [...book.effects.values()].reduce((sum, { length }) => sum + length, 0),
    repeated: book.repeated,
    overtaken: book.overtaken,
    absorbed: book.absorbed,
    deadLettered,
    faults: { ...system.faults, lineBroken: book.lines },
    callsInVain,
    violations: [
      ...book.violations,
      ...checkPublishers(book, published),
      ...checkIdentities(book),
      ...checkEnds(remains),
      ...checkSplits(remains),
      ...disorder,
      ...checkLetters(letters, cases, chance),
      ...checkReport(system),
      ...checkCircuit(callsInVain),
    ],
  };
}
