import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { LocalSystem } from '@eventloom/local';
import { type AwsClients, isEventloomError, type PublishError, type PublishFailure } from '@eventloom/runtime';
import { type Case, eventOf } from './bank.ts';
import { caseOf } from './cases.ts';
import type { Chance } from './chance.ts';
import { createDeskPublisher, type DeskPublisher, type DeskPublisherEvent } from './generated/services/desk/index.js';

/** What a publisher was asked to publish, and what it said of it. */
export interface Published extends Case {
  /** `accepted`, else the code of the failure; null for what a stranger sent, who keeps no account. */
  readonly said: string | null;
}

/** Publishes so many events in all the ways there are, and has the system work in between. */
export async function produce(
  system: LocalSystem,
  { events, chance, clients }: { readonly events: number; readonly chance: Chance; readonly clients: AwsClients },
): Promise<readonly Published[]> {
  // Back-off between the publisher's tries takes no time.
  const clock = { now: () => system.now(), sleep: async (): Promise<void> => {} };
  const desk = createDeskPublisher({ clients, environment: system.environment, clock });
  const published: Published[] = [];
  while (published.length < events) {
    const first = published.length;
    const size = chance.strikes(0.3, 'alone', first) ? 1 : chance.between(2, 24, 'size', first);
    const cases = Array.from({ length: Math.min(size, events - first) }, (_, index) => caseOf(chance, first + index));
    const strange = cases.filter(isStrange);
    const said = await say(
      desk,
      cases.filter((one) => !isStrange(one)),
      chance.draw('way', first),
    );
    for (const one of strange) await sendStrange(system, one);
    published.push(...cases.map((one) => ({ ...one, said: said.get(one) ?? null })));
    await system.advance(chance.between(1_000, 8_000, 'pause', first));
  }
  return published;
}

const isStrange = ({ flaw }: Case): boolean => flaw === 'malformed' || flaw === 'foreign';

type Said = ReadonlyMap<Case, string>;

/** Publishes events and tells what the publisher said of each. */
async function say(desk: DeskPublisher, cases: readonly Case[], way: number): Promise<Said> {
  const [only, ...others] = cases;
  if (only === undefined) return new Map();
  if (others.length === 0 && way < 0.7) return new Map([[only, await sayOne(desk, only)]]);
  const events = cases.map(toEvent);
  const options = { sendValid: way < 0.5 };
  if (way < 0.6) return fromFailures(cases, await failuresOf(desk.$publish(events, options), cases.length));
  const results = await desk.$publishSettled(events, options);
  if (results.length !== cases.length) throw new Error(`${results.length} results for ${cases.length} events`);
  return new Map(cases.map((one, index) => [one, results[index]?.failure?.code ?? 'accepted']));
}

async function sayOne(desk: DeskPublisher, one: Case): Promise<string> {
  const { payload, name, ...options } = toEvent(one);
  const send = {
    MoneyMoved: desk.moveMoney,
    SalariesDue: desk.paySalaries,
    EntryPosted: desk.postEntry,
    LinePrinted: desk.printLine,
    PayoutRequested: desk.requestPayout,
    TransferRequested: desk.requestTransfer,
  }[name] as (payload: object, options: object) => Promise<unknown>;
  try {
    await send(payload, options);
    return 'accepted';
  } catch (error) {
    if (isEventloomError(error)) return error.code;
    throw error;
  }
}

/** The failures of a call, which must speak of every event together with what was published. */
async function failuresOf(call: Promise<readonly unknown[]>, count: number): Promise<readonly PublishFailure[]> {
  let accepted = 0;
  let failures: readonly PublishFailure[] = [];
  try {
    accepted = (await call).length;
  } catch (error) {
    if (!isEventloomError(error, 'PublishError')) throw error;
    const { published, ...rest } = error as PublishError;
    accepted = published.length;
    failures = rest.failures;
  }
  if (accepted + failures.length !== count) throw new Error(`${accepted} + ${failures.length} of ${count} events told`);
  return failures;
}

function fromFailures(cases: readonly Case[], failures: readonly PublishFailure[]): Said {
  const codes = new Map(failures.map(({ index, code }) => [index, code]));
  return new Map(cases.map((one, index) => [one, codes.get(index) ?? 'accepted']));
}

function toEvent({ kind, item, payments, flaw }: Case): DeskPublisherEvent {
  const name = eventOf[kind];
  // Long enough for half of them to become claims.
  const payload = kind === 'salaries' ? { ...item, payments, note: 'for the month'.repeat(payments.length) } : item;
  return { name, payload, ...(flaw === 'unchecked' ? { validate: false } : {}) } as DeskPublisherEvent;
}

/** What somebody without the SDK sends: half of a payload, or a type of event that nobody receives. */
async function sendStrange({ clients, environment }: LocalSystem, { kind, item, flaw }: Case): Promise<void> {
  const text = flaw === 'foreign' ? JSON.stringify(item) : `{"id":"${item.id}","account":`;
  const type = flaw === 'foreign' ? 'PayoutForgotten' : eventOf[kind];
  const MessageAttributes = { type: { DataType: 'String', StringValue: type } };
  const fifo = { MessageGroupId: item.account, MessageDeduplicationId: item.id };
  const queue = { payout: 'EVENTLOOM_QUEUE_PAYOUTS', entry: 'EVENTLOOM_QUEUE_ENTRIES' }[kind as 'payout' | 'entry'];
  const group = kind === 'movement' || kind === 'entry' ? fifo : {};
  try {
    if (queue !== undefined) {
      const QueueUrl = environment[queue];
      await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text, MessageAttributes, ...group }));
      return;
    }
    const TopicArn = environment[kind === 'line' ? 'EVENTLOOM_TOPIC_STATEMENTS' : 'EVENTLOOM_TOPIC_MOVEMENTS'];
    await clients.sns.send(new PublishCommand({ TopicArn, Message: text, MessageAttributes, ...group }));
  } catch {
    // Whether it was accepted is seen elsewhere.
  }
}
