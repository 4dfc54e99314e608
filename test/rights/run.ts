import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { AwsError, createLocalSystem, type HandlerModules, type Interceptor, type WireCall } from '@eventloom/local';
import { PermanentError } from '@eventloom/runtime';
import { topology } from './generated/index.js';
import { bindBook } from './generated/services/binders/index.js';
import {
  announceBook,
  createDeskOutbox,
  createDeskOutboxRelay,
  createDeskPublisher,
  writeReader,
} from './generated/services/desk/index.js';
import { send } from './generated/services/post/index.js';
import { copyPage, splitBook } from './generated/services/stacks/index.js';

// Takes every consumer down every path on which it asks AWS for something, and prints what each has asked for.
const used = new Map<string, Set<string>>();
let isElsewhere = false;
const record: Interceptor = async (call, next) => {
  try {
    return await next(call);
  } catch (error) {
    throw answered(call, error);
  } finally {
    for (const right of rightsFor(call)) note(call, right);
  }
};

const system = createLocalSystem({ topology, handlers: handlers(), seed: 5, onLog: () => {}, interceptors: [record] });
const desk = createDeskPublisher({ clients: system.clients, environment: system.environmentOf('desk') });
const outbox = createDeskOutbox({ clients: system.clients, environment: system.environmentOf('desk') });
const outboxTable = system.environmentOf('desk').EVENTLOOM_OUTBOX_TABLE_NAME;
const long = 'x'.repeat(3_000);

await desk.$verify();
await desk.orderBook({ id: 'small', pages: [{ id: 'p1' }, { id: 'p2', mood: 'stumbles' }] });
await desk.orderBook({ id: 'large', pages: [{ id: 'p3', text: long }, { id: 'p4' }] });
await desk.orderBook({ id: 'torn', pages: [{ id: 'p5', mood: 'refuses' }] });
await desk.remind({ id: 'twice', mood: 'stumbles' });
await desk.remind({ id: 'never', mood: 'refuses' });
await desk.packParcel({ id: 'parcel', mood: 'stumbles' });
await desk.packParcel({ id: 'broken', mood: 'refuses' });
await outbox.$transact([], [outbox.packParcel({ id: 'written' })]);
const unreadable = { TableName: outboxTable, Item: { id: { S: 'unreadable' } } };
await unseen(() => system.clients.dynamoDb.send(new PutItemCommand(unreadable)));
await system.settle();
await desk.remind({ id: 'twice', mood: 'stumbles' });
await fromElsewhere('library.books', 'BookOrdered', goneClaim('BookOrdered'));
await fromElsewhere('library.books', 'Book bound*', goneClaim('Book%20bound*'));
await fromElsewhere('library.pages', 'PageCopied', { id: 'a part of nothing' });
await system.settle();
console.log(
  JSON.stringify({ topology, used: Object.fromEntries([...used].map(([who, rights]) => [who, [...rights]])) }),
);

function handlers(): HandlerModules {
  const seen = new Set<string>();
  const take = (consumer: string, { id, mood }: { readonly id: string; readonly mood?: string | undefined }): void => {
    if (mood === 'refuses') throw new PermanentError(`${consumer} refuses ${id}`);
    const isFirst = !seen.has(`${consumer} ${id}`);
    seen.add(`${consumer} ${id}`);
    if (isFirst && mood === 'stumbles') throw new Error(`${consumer} stumbles over ${id}`);
  };
  return {
    'desk/outbox-relay': async () => ({ handler: createDeskOutboxRelay() }),
    'stacks/splitBook': async () => ({
      handler: splitBook((page) => {
        if (page.id === 'p2') take('split', page);
        return page;
      }),
    }),
    'stacks/copyPage': async () => ({
      handler: copyPage(async ({ payload }, { downstreams, publish }) => {
        await downstreams.copier.call(async () => take('copy', payload));
        await publish('PageCopied', payload);
      }),
    }),
    'binders/bindBook': async () => ({
      handler: bindBook(async (parts, { publish }) => {
        const [first] = parts;
        take('bind', { id: `${first?.payload.id}`, mood: 'stumbles' });
        await publish('Book bound*', { id: `${first?.payload.id}`, text: long });
      }),
    }),
    'desk/announceBook': async () => ({
      handler: announceBook(async ({ payload }, { publish }) => {
        await publish('ReminderDue', { id: payload.id });
      }),
    }),
    'desk/writeReader': async () => ({
      handler: writeReader(async ({ payload }, { publish }) => {
        take('write', payload);
        await publish('LetterWritten', payload);
      }),
    }),
    'post/send': async () => ({ handler: send(({ payload }) => take('send', payload)) }),
  };
}

/** A claim whose payload is gone from the bucket. */
function goneClaim(name: string): object {
  const sha256 = '0'.repeat(64);
  return { 'eventloom:claim': { key: `claims/${name}/${sha256}`, bytes: 2, sha256 } };
}

/** Does what nobody's rights are looked at for. */
async function unseen(work: () => Promise<unknown>): Promise<void> {
  isElsewhere = true;
  await work();
  isElsewhere = false;
}

/** Publishes for somebody whose rights are not looked at. */
async function fromElsewhere(Source: string, DetailType: string, detail: object): Promise<void> {
  const entry = { EventBusName: 'library', Source, DetailType, Detail: JSON.stringify(detail) };
  await unseen(() => system.clients.eventBridge.send(new PutEventsCommand({ Entries: [entry] })));
}

function note({ caller }: WireCall, right: string): void {
  if (isElsewhere) return;
  const who = caller.kind === 'function' ? caller.function.consumer.key : 'desk';
  used.set(who, (used.get(who) ?? new Set()).add(right));
}

/** The rights that a call takes, each as `action on variable`: the variable of the environment that names the resource. */
function rightsFor(call: WireCall): readonly string[] {
  const { service, operation, input } = call;
  const on = (resource: unknown) => variableOf(call, String(resource));
  switch (`${service}:${operation}`) {
    case 'events:PutEvents':
      return (input.Entries as readonly Record<string, string>[]).map(
        ({ EventBusName, Source, DetailType }) =>
          `events:PutEvents on ${on(EventBusName)} from ${Source} as ${DetailType}`,
      );
    case 'events:DescribeEventBus':
      return [`events:DescribeEventBus on ${on(input.Name)}`];
    case 'sns:Publish':
    case 'sns:PublishBatch':
      return [`sns:Publish on ${on(input.TopicArn)}`];
    case 'dynamodb:TransactWriteItems':
      return (input.TransactItems as readonly { readonly Put: { readonly TableName: string } }[]).map(
        ({ Put }) => `dynamodb:PutItem on ${on(Put.TableName)}`,
      );
    case 's3:GetObject':
    case 's3:PutObject':
      return [`s3:${operation} on ${on(input.Bucket)}/${String(input.Key).replace(/[^/]+$/, '*')}`];
    default:
      return [
        `${service}:${operation.replace(/Batch$/, '')} on ${on(input.TopicArn ?? input.QueueUrl ?? input.TableName)}`,
      ];
  }
}

function variableOf({ caller }: WireCall, value: string): string {
  const own = caller.kind === 'function' ? caller.function.environment : system.environmentOf('desk');
  const found = Object.entries({ ...system.environment, ...own }).filter(([, address]) => address === value);
  const [name] = found.find(([variable]) => Object.hasOwn(own, variable)) ?? found[0] ?? [];
  return name ?? `unknown ${value}`;
}

/** S3 says that an object is gone to those only who may list; DynamoDB need not say what is in the way of a condition. */
function answered(call: WireCall, error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  if (error.code === 'NoSuchKey') note(call, `s3:ListBucket on ${variableOf(call, String(call.input.Bucket))}`);
  return error.code === 'ConditionalCheckFailedException' && call.operation === 'PutItem'
    ? new AwsError(error.code, error.message)
    : error;
}
