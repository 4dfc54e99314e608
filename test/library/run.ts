import { GetItemCommand, PutItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { createLocalSystem, type Interceptor, type LocalSystemOptions } from '@eventloom/local';
import type { OutboxRelay } from '@eventloom/runtime';
import { type HandlerModules, topology } from './generated/index.js';
import { createDeskOutbox, createDeskOutboxRelay } from './generated/services/desk/index.js';
import { remind } from './generated/services/reminders/index.js';
import { putBack } from './generated/services/shelves/index.js';

// A desk saves loans and tells of them through its outbox, and all kinds of things go wrong in between.
const relayKey = 'desk/outbox-relay';

interface Staff {
  readonly withRelay?: boolean;
  readonly relay?: OutboxRelay<'desk'>;
}

function library(
  options: Partial<LocalSystemOptions> = {},
  { withRelay = true, relay = createDeskOutboxRelay() }: Staff = {},
) {
  const reminded: { loanId: string; memberId: string | undefined; note: number; correlationId: string | undefined }[] =
    [];
  const shelved: string[] = [];
  const all: HandlerModules = {
    'desk/outbox-relay': async () => ({ handler: relay }),
    'reminders/remind': async () => ({
      handler: remind(({ payload: { loanId, memberId, note = '' }, correlationId }) => {
        reminded.push({ loanId, memberId, note: note.length, correlationId });
      }),
    }),
    'shelves/putBack': async () => ({ handler: putBack(({ payload }) => void shelved.push(payload.bookId)) }),
  };
  const { [relayKey]: _, ...withoutRelay } = all;
  const tables = [{ name: 'loans', partitionKey: 'id' }];
  const handlers = withRelay ? all : withoutRelay;
  const system = createLocalSystem({ topology, handlers, tables, seed: 5, onLog: () => {}, ...options });
  const environment = system.environmentOf('desk');
  const outbox = createDeskOutbox({
    environment,
    clients: system.clients,
    clock: { now: system.now, sleep: async () => {} },
  });
  const table = environment.EVENTLOOM_OUTBOX_TABLE_NAME ?? '';
  const { dynamoDb } = system.clients;
  /** Saves a loan that is not there yet, and says so, in one transaction. */
  const lend = async (loanId: string, more: { memberId?: string; note?: string } = {}) =>
    outbox.$transact(
      [{ Put: { TableName: 'loans', Item: { id: { S: loanId } }, ConditionExpression: 'attribute_not_exists(id)' } }],
      [outbox.tellLoan('BookLent', { loanId, ...more }, { id: `lent-${loanId}` })],
    );
  const left = async () => (await dynamoDb.send(new ScanCommand({ TableName: table }))).Items?.length ?? 0;
  const isSaved = async (id: string) =>
    (await dynamoDb.send(new GetItemCommand({ TableName: 'loans', Key: { id: { S: id } } }))).Item !== undefined;
  const row = (key: string) => system.report().outboxes.find((one) => one.key === key);
  return { system, outbox, table, dynamoDb, lend, left, isSaved, row, reminded, shelved };
}

const codeOf = (error: unknown): string => {
  const { name, code } = Object(error);
  return code ?? name;
};

/** Everything in one transaction, and it arrives, small or large, once. */
async function savesAndPublishes() {
  const { lend, outbox, system, left, isSaved, reminded, shelved } = library();
  await lend('l-1', { memberId: 'm-1' });
  await lend('l-2', { note: 'x'.repeat(300_000) });
  await outbox.$transact(
    [],
    Array.from({ length: 20 }, (_, n) => outbox.shelve({ bookId: `b-${n}`, shelf: 'A' })),
  );
  const savedBefore = await isSaved('l-1');
  const publishedBefore = system.report().events.length;
  await system.settle();
  const orders = shelved.length === 20 && new Set(shelved).size === 20;
  return { savedBefore, publishedBefore, reminded, orders, left: await left() };
}

/** A condition that does not hold takes the event with it. */
async function refusesTogether() {
  const { lend, system, reminded, left } = library();
  await lend('l-1');
  const refused = await lend('l-1').catch(codeOf);
  await system.settle();
  return { refused, reminded: reminded.length, left: await left(), told: system.report().accounted.length };
}

/** What cannot be kept is refused before the transaction. */
async function refusesEarly() {
  const { lend, outbox, system, isSaved } = library();
  const tooLarge = await lend('l-1', { note: 'x'.repeat(450_000) }).then(() => 'sent', codeOf);
  let invalid = 'made';
  try {
    outbox.tellLoan('BookLent', { loanId: '' });
  } catch (error) {
    invalid = codeOf(error);
  }
  const message = await lend('l-2', { note: 'x'.repeat(450_000) }).then(() => '', String);
  await system.settle();
  return {
    tooLarge,
    invalid,
    message,
    saved: (await isSaved('l-1')) || (await isSaved('l-2')),
    told: system.report().accounted.length,
  };
}

/** A relay dies eight times, before or after it has published something; AWS throttles, entries fail, deliveries double. */
async function survivesCrashes() {
  let requests = 0;
  let crash = (_: Error): void => {};
  const die = (when: string): Promise<never> => {
    crash(new Error(`Killed ${when}`));
    return new Promise(() => {});
  };
  const interceptor: Interceptor = async (call, next) => {
    const isRelay = call.caller.kind === 'function' && call.caller.function.consumer.key === relayKey;
    if (!isRelay || !/^(PutEvents|SendMessageBatch|SendMessage)$/.test(call.operation)) return next(call);
    const isFatal = ++requests % 3 === 0 && requests <= 24;
    if (isFatal && requests % 2 === 0) return die('before publishing');
    const answer = await next(call);
    return isFatal ? die('after publishing') : answer;
  };
  const relay = createDeskOutboxRelay();
  const mortal = Object.assign(
    (event: unknown, context?: Parameters<typeof relay>[1]) => {
      const death = new Promise<never>((_, reject) => {
        crash = reject;
      });
      return Promise.race([relay(event, context), death]);
    },
    { service: 'desk' } as const,
  );
  const rates = {
    putEventsThrottled: 0.2,
    putEventsEntryFails: 0.2,
    batchEntryFails: 0.2,
    connectionResetsAfterAcceptance: 0.05,
    deliveryDuplicated: 0.2,
  };
  return tally(library({ faults: { rates }, interceptors: [interceptor] }, { relay: mortal }));
}

/** Every function dies now and then, wherever it is, and stores fail: readers may see an event again, none misses one. */
async function losesNothing() {
  const rates = {
    handlerCrashes: 0.3,
    storeFails: 0.05,
    putEventsThrottled: 0.2,
  };
  return tally(library({ faults: { rates } }));
}

/** Lends and shelves a lot, and counts what has come of it. */
async function tally({ lend, outbox, system, isSaved, reminded, shelved, row }: ReturnType<typeof library>) {
  const loans = Array.from({ length: 60 }, (_, n) => `l-${n}`);
  const books: string[] = [];
  for (const loanId of loans) {
    // Who does not learn what became of a transaction does it again; the condition keeps it from being done twice.
    await again(() => lend(loanId));
    const bookId = `b-${loanId}`;
    await again(() => outbox.$transact([], [outbox.shelve({ bookId, shelf: loanId.slice(-1) }, { id: bookId })]));
    books.push(bookId);
  }
  await system.settle();
  const verdicts = system.report().accounted.flatMap(({ verdicts }) => Object.values(verdicts));
  const told = reminded.map(({ loanId }) => loanId);
  const saved: string[] = [];
  for (const loanId of loans) if (await again(() => isSaved(loanId))) saved.push(loanId);
  const published = system.report().events.reduce((sum, event) => sum + event.published, 0);
  return {
    lost: [...saved.filter((id) => !told.includes(id)), ...books.filter((id) => !shelved.includes(id))],
    madeUp: told.filter((id) => !saved.includes(id)),
    isTwice: told.length > new Set(told).size || shelved.length > new Set(shelved).size,
    unsettled: verdicts.filter(({ kind }) => kind !== 'handled' && kind !== 'notMatched').length,
    published,
    wanted: loans.length + books.length,
    retried: row(relayKey)?.retried ?? 0,
    faults: Object.keys(system.faults).sort(),
  };
}

/** The result; false when it was refused for what had already happened. */
async function again<Result>(work: () => Promise<Result>): Promise<Result | false> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) === 'TransactionCanceledException') return false;
    }
  }
}

/** What AWS refuses for good stands on the dead-letter queue, and comes back when it has been mended. */
async function putsAside() {
  const { system, outbox, table, dynamoDb, lend, reminded, row } = library();
  const { Item } = outbox.tellLoan('BookLent', { loanId: 'l-1' }, { id: 'lent-l-1' }).Put;
  await dynamoDb.send(new PutItemCommand({ TableName: table, Item: { ...Item, payload: { S: '["no object"]' } } }));
  await lend('l-2');
  await system.settle();
  const [letter] = system.deadLetters(relayKey);
  const { Item: kept } = await dynamoDb.send(new GetItemCommand({ TableName: table, Key: { id: { S: 'lent-l-1' } } }));
  const verdict = system.report().accounted.find(({ event }) => event.id === 'lent-l-1')?.verdicts[relayKey];
  const before = reminded.map(({ loanId }) => loanId);
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { id: { S: 'lent-l-1' } },
      UpdateExpression: 'SET payload = :payload REMOVE failed',
      ExpressionAttributeValues: { ':payload': { S: '{"loanId":"l-1"}' } },
    }),
  );
  await system.settle();
  return {
    letter: letter && { event: letter.event, from: letter.from, reason: letter.reason, id: JSON.parse(letter.body).id },
    kept: { failed: kept?.failed, expires: kept?.expiration !== undefined },
    verdict,
    before,
    after: reminded.map(({ loanId }) => loanId),
    deadLettered: row(relayKey)?.deadLettered,
  };
}

/** While nothing relays, events wait and are seen to. */
async function waits() {
  const { lend, system, row, left } = library({}, { withRelay: false });
  await lend('l-1');
  await system.settle();
  const [account] = system.report().accounted;
  return { account, inFlight: row(relayKey)?.inFlight, left: await left() };
}

const told = {
  savesAndPublishes: await savesAndPublishes(),
  refusesTogether: await refusesTogether(),
  refusesEarly: await refusesEarly(),
  survivesCrashes: await survivesCrashes(),
  losesNothing: await losesNothing(),
  putsAside: await putsAside(),
  waits: await waits(),
};
// Functions that were killed leave their timers behind, for which the process would wait.
process.stdout.write(JSON.stringify(told), () => process.exit());
