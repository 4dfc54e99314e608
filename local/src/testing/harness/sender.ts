import { createRandom, nextUuid } from '../../random.ts';
import type { LocalSystem } from '../../system.ts';
import type { TestEvent } from '../event.ts';
import { type AnyHandler, type Defaults, wrapEvent } from '../wrap.ts';
import { keepClaimed } from './claimed.ts';
import { deliver } from './deliver.ts';

/** Puts events before a handler, and knows them again. */
export interface Sender {
  /** Sends each event so many times. Resolves with the ids of the events. */
  send(events: readonly TestEvent[], times: number): Promise<readonly string[]>;
  /** The id of an event that was sent, told by itself. Throws for any other. */
  idOf(event: string | object): string;
}

/** What a sender needs beside the system. */
export interface SenderOptions {
  readonly seed: number | string;
  /** Is told the id of each event, by the id under which the handler gets it. */
  readonly eventIds: Map<string, string>;
}

/** Makes the sender of a harness. */
export function createSender(system: LocalSystem, handler: AnyHandler, { seed, eventIds }: SenderOptions): Sender {
  const random = createRandom(`events ${seed}`);
  const known = new WeakMap<object, Defaults>();
  const sent = new Map<string, number>();
  const wrap = async (event: TestEvent) => {
    const { id = event.id ?? nextUuid(random), time = system.now() } = known.get(event) ?? {};
    const wrapped = wrapEvent(handler.definition, await keepClaimed(system, event), { id, time });
    known.set(event, { id: wrapped.id, time });
    const { route, body } = wrapped;
    const attributes = Object.fromEntries(
      [...wrapped.attributes].map(([name, { dataType, stringValue }]) => [
        name,
        { DataType: dataType, StringValue: stringValue ?? '' },
      ]),
    );
    const { group = 'test', traceHeader } = event;
    return { id: wrapped.id, body, attributes, direct: route === 'eventbridge', group, traceHeader };
  };
  return {
    send: async (events, times) => {
      const wrapped = [];
      for (const event of events) wrapped.push(await wrap(event));
      for (let time = 0; time < times; time++) {
        for (const { id, ...message } of wrapped) {
          const before = sent.get(id) ?? 0;
          sent.set(id, before + 1);
          const messageId = await deliver(system, handler, { ...message, deduplicationId: anotherId(id, before) });
          if (messageId !== undefined) eventIds.set(messageId, id);
        }
      }
      return wrapped.map(({ id }) => id);
    },
    idOf: (event) => {
      const id = typeof event === 'string' ? event : (known.get(event)?.id ?? (event as Partial<TestEvent>).id);
      if (id === undefined)
        throw new Error('This event was not delivered. Pass the object that `deliver` was given, or its id.');
      return id;
    },
  };
}

/** A FIFO queue drops what has one deduplication id; a duplicate that gets through has another. */
function anotherId(id: string, before: number): string {
  return before === 0 ? id : `${id}-${before}`;
}
