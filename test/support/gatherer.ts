import type { EventPart, HandlerContext, PermanentError, ReceivedEvent, RetryLater } from '@eventloom/runtime';
import {
  type Clock,
  type Feature,
  type GatherFunctions,
  gatherHandler,
  gathering,
  isEventloomError,
} from '@eventloom/runtime';
import { dynamoDbInMemory } from './dynamo-db.ts';

export type Part = ReceivedEvent<string, string, unknown>;

/** A message with one part, on a queue that never gives up. */
export interface Message {
  readonly id: string;
  readonly part: EventPart | undefined;
  /** Milliseconds since 1970 at which it can be received. */
  readonly visibleAt: number;
  readonly payload?: unknown;
}

/** What an operation of the table does beside working: nothing, fail before it is done, fail after, or be sent twice. */
export type Fault = 'none' | 'before' | 'after' | 'lost';

export interface Gatherer {
  /** Delivers messages in the order in which they become visible, until none is left. */
  drain(messages: readonly Message[]): Promise<void>;
  /** Delivers one message once; says what became of it. */
  deliver(message: Message): Promise<unknown>;
  /** The codes of what was dead-lettered, with the message. */
  readonly deadLetters: { readonly id: string; readonly code: string; readonly message: string }[];
  /** How often each message was delivered. */
  readonly receives: Map<string, number>;
  readonly items: ReadonlyMap<string, unknown>;
  now: number;
  /** Asked before each operation of the table. */
  fault: (update: string) => Fault;
  /** True makes every further operation of the delivery fail: its function has died. */
  dead: boolean;
}

/** One consumer that gathers, with its queue and table, in virtual time. */
export function gatherer(handle: GatherFunctions<Part, HandlerContext>, timeoutSeconds = 60): Gatherer {
  const { client, items } = dynamoDbInMemory();
  const clock: Clock = { now: () => new Date(self.now), sleep: async () => {} };
  const send = async (command: object): Promise<unknown> => {
    const update = String(
      (command as { readonly input: { readonly UpdateExpression?: string } }).input.UpdateExpression,
    );
    const fault = self.dead ? 'before' : self.fault(update);
    if (fault === 'before') throw new Error('connection reset');
    if (fault === 'lost') await client.send(command as never);
    const answer = await client.send(command as never);
    if (fault === 'after') throw new Error('connection reset after acceptance');
    return answer;
  };
  const definition = { key: 'shop/gather', gather: { timeoutSeconds } };
  const environment = { EVENTLOOM_TABLE_NAME: 'table' };
  const session = { definition, connection: { environment, clients: { dynamoDb: { send } }, clock } };
  const whole = gatherHandler(handle);

  const deliver = async ({ id, part, payload = part?.index }: Message): Promise<unknown> => {
    self.receives.set(id, (self.receives.get(id) ?? 0) + 1);
    self.dead = false;
    const event: Part = { name: 'Item', source: 'items', payload, id: `event-${part?.index}`, time: new Date(0), part };
    const { signal } = new AbortController();
    const context = { remainingMilliseconds: () => 30_000, signal };
    const call = { session, event, messageId: id, context } as unknown as Parameters<NonNullable<Feature['around']>>[0];
    return gathering.around?.(call, async () => whole(event, context as never));
  };

  const self: Gatherer = {
    ...{ deadLetters: [], receives: new Map(), items, now: 0, fault: () => 'none', dead: false, deliver },
    async drain(messages) {
      let waiting = messages;
      for (let rounds = 0; waiting.length > 0; rounds++) {
        if (rounds > 2_000) throw new Error('The queue does not run dry');
        const [first, ...others] = [...waiting].sort((a, b) => a.visibleAt - b.visibleAt) as [Message, ...Message[]];
        self.now = Math.max(self.now, first.visibleAt);
        const delay = await deliver(first).then(
          () => undefined,
          (error: unknown) => delayOf(self, first, error),
        );
        waiting = delay === undefined ? others : [...others, { ...first, visibleAt: self.now + delay * 1_000 }];
      }
    },
  };
  return self;
}

/** Seconds after which a failed message comes again; undefined when it was dead-lettered. */
function delayOf({ deadLetters }: Gatherer, { id }: Message, error: unknown): number | undefined {
  if (isEventloomError(error, 'RetryLater')) return (error as RetryLater).retryAfterSeconds;
  if (!isEventloomError(error, 'PermanentError')) return 30;
  const { code, message } = error as PermanentError;
  deadLetters.push({ id, code, message });
  return undefined;
}

/** A message with one of the parts of a split. */
export const message = (index: number, count: number, more: Partial<Message> = {}): Message => ({
  id: `m-${index}`,
  part: { of: 'split/e-1', index, count },
  visibleAt: index,
  ...more,
});

/** A consumer that notes what it is called with. */
export function noting(): { readonly calls: unknown[][]; readonly handle: (parts: readonly Part[]) => void } {
  const calls: unknown[][] = [];
  return { calls, handle: (parts) => calls.push(parts.map(({ payload }) => payload)) };
}
