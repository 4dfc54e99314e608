import type { Change, Table } from '../dynamodb/table.ts';
import { bytesOf, writeItem } from '../dynamodb/value.ts';
import type { Location } from './names.ts';

/** A change of an item as the stream of its table keeps it. */
export interface StreamRecord {
  /** Number in its stream, from 0. */
  readonly number: number;
  readonly eventId: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly change: Change;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What a change is called in the stream. */
export function eventNameOf({ before, after }: Change): StreamRecord['eventName'] {
  if (before === undefined) return 'INSERT';
  return after === undefined ? 'REMOVE' : 'MODIFY';
}

/** Sequence numbers of AWS have 21 digits and more; those of a stream rise. */
export function sequenceNumberOf({ number }: StreamRecord): string {
  return String(100_000_000_000_000_000_000n + BigInt(number));
}

/**
 * The record in the event that a function gets from an event source mapping, for a stream of new images.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function lambdaStreamRecord(location: Location, table: Table, record: StreamRecord): object {
  const { eventId, eventName, at, change } = record;
  const { key, after } = change;
  return {
    eventID: eventId,
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: location.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: writeItem(key),
      ...(after === undefined ? {} : { NewImage: writeItem(after) }),
      SequenceNumber: sequenceNumberOf(record),
      SizeBytes: bytesOf(key) + (after === undefined ? 0 : bytesOf(after)),
      StreamViewType: 'NEW_IMAGE',
    },
    eventSourceARN: `${table.arn}/stream/${streamLabel}`,
  };
}

/** A stream is called by the time at which it was made. */
const streamLabel = '2026-01-01T00:00:00.000';
