import { describe, expect, test } from 'vitest';
import { type DynamoDbRecord, dynamoDbImage } from './dynamo-db-image.ts';
import { kinesisPayload } from './kinesis-payload.ts';

const kinesisRecord = (data: string) => ({
  kinesis: {
    kinesisSchemaVersion: '1.0',
    partitionKey: '1',
    sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
    data,
    approximateArrivalTimestamp: 1545084650.987,
  },
  eventSource: 'aws:kinesis',
  eventVersion: '1.0',
  eventID: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
  eventName: 'aws:kinesis:record',
  invokeIdentityArn: 'arn:aws:iam::111122223333:role/lambda-kinesis',
  awsRegion: 'us-east-2',
  eventSourceARN: 'arn:aws:kinesis:us-east-2:111122223333:stream/orders',
});

const tableRecord = (NewImage?: Record<string, object>, OldImage?: Record<string, object>): DynamoDbRecord =>
  ({
    eventID: '1',
    eventVersion: '1.0',
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-west-2',
    eventSourceARN: 'arn:aws:dynamodb:us-west-2:111122223333:table/orders/stream/2026-11-20T00:00:00.000',
    dynamodb: {
      ApproximateCreationDateTime: 1693997155,
      Keys: { Id: { N: '101' } },
      NewImage,
      OldImage,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      SequenceNumber: '111',
      SizeBytes: 26,
    },
  }) as DynamoDbRecord;

describe('the payload of a record of Kinesis', () => {
  test('is JSON in base64', () => {
    const data = Buffer.from('{"orderId":"ö-1"}').toString('base64');
    expect(kinesisPayload(kinesisRecord(data))).toEqual({ orderId: 'ö-1' });
  });

  test.each([null, {}, { kinesis: null }, { kinesis: { data: 5 } }])('is missed in %j', (record) => {
    expect(() => kinesisPayload(record as never)).toThrow('has no data');
  });

  test('that is not JSON is refused', () => {
    expect(() => kinesisPayload(kinesisRecord('SGVsbG8='))).toThrow(SyntaxError);
  });
});

describe('the image in a record of DynamoDB', () => {
  test('has every type of value', () => {
    const item = dynamoDbImage(
      tableRecord({
        text: { S: '' },
        number: { N: '-1.5' },
        large: { N: '9007199254740993' },
        bytes: { B: 'AQI=' },
        yes: { BOOL: true },
        no: { NULL: true },
        list: { L: [{ S: 'a' }, { M: { b: { N: '1' } } }] },
        texts: { SS: ['a', 'b'] },
        numbers: { NS: ['1', '2'] },
        blobs: { BS: ['AQI='] },
      }),
    );
    expect(item).toEqual({
      text: '',
      number: -1.5,
      large: 9007199254740993n,
      bytes: Buffer.from([1, 2]),
      yes: true,
      no: null,
      list: ['a', { b: 1 }],
      texts: new Set(['a', 'b']),
      numbers: new Set([1, 2]),
      blobs: new Set([Buffer.from([1, 2])]),
    });
  });

  test('is that before the change on demand, and undefined where there is none', () => {
    const removed = tableRecord(undefined, { id: { S: 'a' } });
    expect(dynamoDbImage(removed, 'OldImage')).toEqual({ id: 'a' });
    expect(dynamoDbImage(removed)).toBeUndefined();
    expect(dynamoDbImage({})).toBeUndefined();
  });

  test('keeps a name that means something to JavaScript as data', () => {
    const NewImage = JSON.parse('{"__proto__":{"S":"x"}}');
    expect(Object.entries(dynamoDbImage(tableRecord(NewImage)) ?? {})).toEqual([['__proto__', 'x']]);
  });

  test.each<unknown>([{ X: 1 }, {}, null, 5, { constructor: 1 }])('refuses %j as a value', (value) => {
    expect(() => dynamoDbImage(tableRecord({ id: value as object }))).toThrow('no attribute value');
  });
});
