import type { LocalSystem } from '@eventloom/local';
import { isEventloomError } from '@eventloom/runtime';
import type { Chance } from './chance.ts';
import type { Item } from './effects.ts';
import { createDeskPublisher, type DeskPublisher } from './generated/services/desk/index.js';

export type Kind = 'transfer' | 'line' | 'movement' | 'payout';

/** What a publisher was asked to publish, and what it said. */
export interface Published {
  readonly kind: Kind;
  readonly item: Item;
  /** False: it was published without a check, and its schema refuses it. */
  readonly valid: boolean;
  /** False: the publisher said that it was not accepted, or not known to be. */
  readonly accepted: boolean;
}

const kinds: readonly Kind[] = ['transfer', 'line', 'movement', 'payout'];

/** Publishes so many events of all kinds, one after the other, and has the system work now and then. */
export async function produce(system: LocalSystem, events: number, chance: Chance): Promise<readonly Published[]> {
  const desk = createDeskPublisher({ clients: system.clients, environment: system.environment, clock: still(system) });
  const published: Published[] = [];
  for (let number = 0; number < events; number++) {
    const kind = kinds[number % kinds.length] ?? 'line';
    const valid = !chance(0.01, 'invalid', number);
    const item = { id: `${kind}-${number}`, account: `a${number % 7}`, amount: valid ? (number * 37) % 1_000 : -1 };
    published.push({ kind, item, valid, accepted: await isAccepted(desk, kind, item, valid) });
    if (number % 200 === 199) await system.advance(10_000);
  }
  return published;
}

/** Back-off between the publisher's tries takes no time. */
const still = (system: LocalSystem) => ({ now: () => system.now(), sleep: async (): Promise<void> => {} });

async function isAccepted(desk: DeskPublisher, kind: Kind, item: Item, validate: boolean): Promise<boolean> {
  const send = {
    transfer: desk.requestTransfer,
    line: desk.printLine,
    movement: desk.moveMoney,
    payout: desk.requestPayout,
  }[kind];
  try {
    const { id } = await send(item, { validate });
    if (!id) throw new Error(`No id for ${item.id}`);
    return true;
  } catch (error) {
    if (isEventloomError(error, 'PublishError')) return false;
    throw error;
  }
}
