import { closeDelivery, countsOf } from '../accounting/ledger.ts';
import type { Table } from '../dynamodb/table.ts';
import { nextUuid } from '../random.ts';
import { describeFailure } from './asynchronous.ts';
import { batchFailures } from './batch-response.ts';
import { subject } from './queue.ts';
import { giveUpRecords } from './stream-give-up.ts';
import { lambdaStreamRecord, type StreamRecord, sequenceNumberOf } from './stream-record.ts';
import type { InvocationResult, LambdaFunction, World } from './world.ts';

/** Settings of the event source mapping of a stream. Failed batches come again without end, until they are too old. */
export interface StreamMappingOptions {
  readonly table: Table;
  readonly target: LambdaFunction;
  readonly batchSize: number;
  /** Age at which records are given up. */
  readonly maxRecordAgeSeconds: number;
}

/** A record on its way to a function, with the number of its event in the ledger. */
export interface MappedRecord extends StreamRecord {
  readonly event: number;
}

/** A part of a stream that is read in order, by one invocation at a time. */
interface Shard {
  readonly id: string;
  readonly waiting: MappedRecord[];
  isBusy: boolean;
  /** Invocations in a row that failed from the first record on. */
  failures: number;
}

interface Mapping extends StreamMappingOptions {
  readonly world: World;
}

/** Shards of a stream. AWS has as many as the table has partitions; two are enough to show that there is no one order. */
const shardCount = 2;

/** Connects a stream to a function. The function it returns takes a record that the mapping's filter lets through. */
export function connectStream(world: World, options: StreamMappingOptions): (record: MappedRecord) => void {
  const mapping: Mapping = { ...options, world };
  const shards = Array.from({ length: shardCount }, (_, index): Shard => {
    return { id: `shardId-${String(index).padStart(20, '0')}`, waiting: [], isBusy: false, failures: 0 };
  });
  return (record) => {
    const shard = shards[shardOf(record)];
    if (shard === undefined) throw new Error('A stream has no such shard');
    shard.waiting.push(record);
    poll(mapping, shard);
  };
}

/** All changes of one item are in one shard. */
function shardOf({ change }: MappedRecord): number {
  const text = JSON.stringify([...change.key.values()]);
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum = (31 * sum + text.charCodeAt(index)) % 65_521;
  return sum % shardCount;
}

function poll(mapping: Mapping, shard: Shard): void {
  if (shard.isBusy) return;
  giveUpOld(mapping, shard);
  if (shard.waiting.length === 0) return;
  const { scheduler } = mapping.world;
  shard.isBusy = true;
  scheduler.schedule(scheduler.now(), () => invoke(mapping, shard));
}

async function invoke(mapping: Mapping, shard: Shard): Promise<void> {
  const { world, table, target, batchSize } = mapping;
  const batch = shard.waiting.slice(0, batchSize);
  if (shard.failures > 0) countsOf(world.ledger, target.index).retried += batch.length;
  const payload = { Records: batch.map((record) => lambdaStreamRecord(world.location, table, record)) };
  const records = batch.map((record) => ({ messageId: sequenceNumberOf(record), event: record.event, body: '' }));
  const result = await target.invoke({ requestId: nextUuid(world.random), payload, records, attempt: null });
  const end = world.scheduler.now() + result.milliseconds;
  world.scheduler.schedule(end, () => complete(mapping, shard, batch, result));
}

/** What stands before the first failure is done with; from there on all comes again. */
function complete(mapping: Mapping, shard: Shard, batch: readonly MappedRecord[], result: InvocationResult): void {
  const { world, target } = mapping;
  const { index, reason } = firstFailure(batch, result);
  for (const record of batch.slice(0, index)) passed(mapping, record, { result, attempt: shard.failures + 1 });
  shard.waiting.splice(0, index);
  const failed = batch[index];
  if (failed === undefined) {
    shard.failures = 0;
    shard.isBusy = false;
    poll(mapping, shard);
    return;
  }
  shard.failures = index === 0 ? shard.failures + 1 : 1;
  const about = subject(world, failed.event, target.index);
  world.journal.add(world.scheduler.now(), { kind: 'failed', ...about, attempt: shard.failures, reason });
  world.scheduler.schedule(world.scheduler.now() + retryDelay(shard.failures), () => {
    shard.isBusy = false;
    poll(mapping, shard);
  });
}

/** Lambda backs off exponentially and does not say how; so no more than a hundred retries fill a day. */
function retryDelay(failures: number): number {
  return 1_000 * Math.min(900, 2 ** Math.min(failures - 1, 10));
}

/** Lambda goes on from the lowest sequence number that it is told. */
function firstFailure(
  batch: readonly MappedRecord[],
  { failure, response, notes }: InvocationResult,
): { readonly index: number; readonly reason: string } {
  if (failure !== null) return { index: 0, reason: describeFailure(failure) };
  const numbers = batch.map(sequenceNumberOf);
  const failures = batchFailures(response, new Set(numbers));
  if (failures.kind === 'malformed') return { index: 0, reason: failures.reason };
  const index = numbers.findIndex((number) => failures.identifiers.has(number));
  const reason = notes.get(numbers[index] ?? '') ?? 'reported in batchItemFailures';
  return { index: index < 0 ? batch.length : index, reason };
}

function passed(
  { world, target }: Mapping,
  { event }: MappedRecord,
  { result, attempt }: { readonly result: InvocationResult; readonly attempt: number },
): void {
  const reason = result.deadLettered.get(event);
  closeDelivery(world.ledger, event, target.index, {
    outcome: reason === undefined ? 'handled' : 'deadLettered',
    reason,
  });
  if (reason !== undefined) return;
  world.journal.add(world.scheduler.now(), { kind: 'handled', ...subject(world, event, target.index), attempt });
}

function giveUpOld({ world, target, table, maxRecordAgeSeconds }: Mapping, shard: Shard): void {
  const oldest = world.scheduler.now() - maxRecordAgeSeconds * 1000;
  const young = shard.waiting.findIndex(({ at }) => at > oldest);
  const old = shard.waiting.splice(0, young < 0 ? shard.waiting.length : young);
  if (old.length > 0) giveUpRecords(world, { target, table, shardId: shard.id, attempts: shard.failures }, old);
}
