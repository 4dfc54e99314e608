import { closeDelivery } from '../accounting/ledger.ts';
import type { Table } from '../dynamodb/table.ts';
import { nextUuid } from '../random.ts';
import { createContent } from './content.ts';
import { send, subject } from './queue.ts';
import type { MappedRecord } from './stream-mapping.ts';
import { sequenceNumberOf } from './stream-record.ts';
import type { LambdaFunction, World } from './world.ts';

/** Where records were read that are given up, and how often it was tried. */
export interface GivenUpFrom {
  readonly target: LambdaFunction;
  readonly table: Table;
  readonly shardId: string;
  readonly attempts: number;
}

/** Lambda says on the failure destination which records it has given up; it does not say what was in them. */
export function giveUpRecords(world: World, from: GivenUpFrom, records: readonly MappedRecord[]): void {
  const { target } = from;
  const now = world.scheduler.now();
  const reason = `RecordAgeExceeded: not handled in ${from.attempts} invocations`;
  const content = createContent(JSON.stringify(noticeOf(world, from, records)));
  const [first] = records;
  if (first === undefined) return;
  send(world, target.deadLetterQueue, {
    content,
    event: first.event,
    senderId: 'AIDALAMBDALOCAL000001',
    reason,
    deadLetteredBy: 'function',
  });
  for (const { event } of records) {
    closeDelivery(world.ledger, event, target.index, { outcome: 'deadLettered', reason });
    world.journal.add(now, { kind: 'deadLettered', ...subject(world, event, target.index), reason });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
function noticeOf(world: World, { target, table, shardId, attempts }: GivenUpFrom, records: readonly MappedRecord[]) {
  const arrival = (record: MappedRecord | undefined) => new Date(record?.at ?? 0).toISOString();
  const number = (record: MappedRecord | undefined) => (record === undefined ? '' : sequenceNumberOf(record));
  return {
    version: '1.0',
    timestamp: new Date(world.scheduler.now()).toISOString(),
    requestContext: {
      requestId: nextUuid(world.random),
      functionArn: target.arn,
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: number(records[0]),
      endSequenceNumber: number(records.at(-1)),
      approximateArrivalOfFirstRecord: arrival(records[0]),
      approximateArrivalOfLastRecord: arrival(records.at(-1)),
      batchSize: records.length,
      streamArn: `${table.arn}/stream`,
    },
  };
}
