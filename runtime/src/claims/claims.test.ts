import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { AwsClient } from '../connection.ts';
import type { ConsumerDefinition, PublishedEventDefinition } from '../definitions.ts';
import { queueHandler } from '../handle/queue-handler.ts';
import type { PublishOptions } from '../publish/options.ts';
import type { PublishFeature } from '../publish/publish-feature.ts';
import { createPublisher } from '../publish/publisher.ts';
import { toQueue } from '../publish/to-queue.ts';
import type { Validator } from '../validator.ts';
import { claimPayload } from './claim.ts';
import { claiming } from './claiming.ts';
import { claims } from './claims.ts';

const hasNote: Validator<unknown> = Object.assign(
  (value: unknown): value is unknown => {
    const valid = typeof (value as { readonly note?: unknown } | null)?.note === 'string';
    hasNote.errors = valid ? null : [{ instancePath: '', keyword: 'required', params: {} }];
    return valid;
  },
  { errors: null as Validator<unknown>['errors'] },
);

const event: PublishedEventDefinition = {
  name: 'OrderPlaced',
  source: 'shop.orders',
  validate: hasNote,
  destination: { transport: toQueue, environmentVariable: 'QUEUE' },
  headers: [{ name: 'market', attributeType: 'String', required: true }],
  ordering: '/order/id',
  claimCheck: { aboveBytes: 500, keep: ['/market', '/order/id', '/missing', '/order/lines/0'] },
};

const consumer: ConsumerDefinition<'a/b'> = {
  key: 'a/b',
  service: 'a',
  consumer: 'b',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['sqs'],
  receives: [{ name: event.name, source: event.source, validate: hasNote }],
  emits: [],
};

const environment = {
  QUEUE: 'https://sqs.eu-west-1.amazonaws.com/1/q.fifo',
  EVENTLOOM_CLAIM_BUCKET_NAME: 'claims-bucket',
  EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/1/dlq',
};

const large = { market: 'eu', order: { id: 7, lines: ['x', 'y'] }, note: 'é'.repeat(600) };

interface Input {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body: Uint8Array;
  readonly [name: string]: unknown;
}

/** A bucket that keeps what is put; `break_` throws what S3 throws. */
function bucketOf(break_: (command: string) => void = () => {}) {
  const objects = new Map<string, Uint8Array>();
  const inputs: Input[] = [];
  const s3: AwsClient = {
    send: async (command) => {
      break_(command.constructor.name);
      const { input } = command as { readonly input: Input };
      inputs.push(input);
      if (command.constructor.name === 'PutObjectCommand') return void objects.set(input.Key, input.Body);
      const body = objects.get(input.Key);
      if (!body) throw Object.assign(new Error('gone'), { name: 'NoSuchKey' });
      return { Body: { transformToByteArray: async () => body } };
    },
  };
  return { s3, objects, inputs };
}

interface Message {
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
  readonly MessageAttributes: Record<string, { readonly DataType: string; readonly StringValue: string }>;
}

async function publish(payload: unknown, s3: AwsClient, options?: PublishOptions): Promise<Message[]> {
  const sent: Message[] = [];
  const sqs: AwsClient = {
    send: async (command) => {
      sent.push((command as { input: Message }).input);
      return { MessageId: 'm' };
    },
  };
  const definition = { service: 'orders', operations: { place: [event] } };
  interface Publisher {
    place(payload: unknown, options?: PublishOptions): Promise<unknown>;
  }
  await createPublisher<Publisher>(definition, { environment, clients: { s3, sqs } }, [claiming]).place(
    payload,
    options,
  );
  return sent;
}

async function handle(body: string, s3: AwsClient) {
  const handled: unknown[] = [];
  const letters: string[] = [];
  const sqs: AwsClient = {
    send: async (command) => {
      const { MessageAttributes } = (command as { input: Message }).input;
      letters.push(JSON.parse(MessageAttributes['eventloom.failure']?.StringValue ?? '{}').code);
    },
  };
  const handler = queueHandler(consumer, ({ payload }) => void handled.push(payload), [claims]);
  const attribute = { dataType: 'String', stringValue: 'OrderPlaced' };
  const record = { messageId: 'm', body, attributes: {}, messageAttributes: { type: attribute } };
  const invocation = { environment, clients: { s3, sqs }, log: () => {} };
  const answer = await handler({ Records: [record] }, { [Symbol.for('eventloom.invocation')]: invocation } as never);
  const { batchItemFailures } = answer as { batchItemFailures: unknown[] };
  return { handled, letters, retried: batchItemFailures.length };
}

test('a publisher that keeps payloads elsewhere fails when it is made without a bucket', () => {
  const make = (features: readonly PublishFeature[]) =>
    createPublisher(
      { service: 'orders', operations: { place: [event] } },
      { environment: { QUEUE: environment.QUEUE } },
      features,
    );
  expect(() => make([claiming])).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', variable: 'EVENTLOOM_CLAIM_BUCKET_NAME' }),
  );
  expect(() => make([])).not.toThrow();
});

describe('a payload that is too large', () => {
  test('is kept, and comes back exactly', async () => {
    const { s3, objects, inputs } = bucketOf();
    const [message] = await publish(large, s3);
    expect(objects.size).toBe(1);
    expect(inputs[0]).toMatchObject({ Bucket: 'claims-bucket', ContentType: 'application/json' });
    expect(message?.MessageBody).not.toContain('é');
    expect(await handle(message?.MessageBody ?? '', s3)).toEqual({ handled: [large], letters: [], retried: 0 });
  });

  test('leaves a claim with what is to be kept, and headers and group as they were', async () => {
    const { s3 } = bucketOf();
    const [message] = await publish(large, s3);
    expect(JSON.parse(message?.MessageBody ?? '')).toEqual({
      market: 'eu',
      order: { id: 7, lines: ['x'] },
      'eventloom:claim': {
        key: expect.stringMatching(/^claims\/OrderPlaced\/[\da-f]{64}$/),
        bytes: new TextEncoder().encode(JSON.stringify(large)).length,
        sha256: expect.stringMatching(/^[\da-f]{64}$/),
      },
    });
    expect([message?.MessageGroupId, message?.MessageAttributes.market?.StringValue]).toEqual(['7', 'eu']);
  });

  test('has the same key when it is published again', async () => {
    const { s3, objects } = bucketOf();
    await publish(large, s3);
    await publish(large, s3);
    expect(objects.size).toBe(1);
  });

  test('that is small enough is sent as it is', async () => {
    const { s3, inputs } = bucketOf();
    const small = { ...large, note: 'short' };
    const [message] = await publish(small, s3);
    expect([JSON.parse(message?.MessageBody ?? ''), inputs]).toEqual([small, []]);
  });

  test('is not sent when it cannot be kept', async () => {
    const { s3 } = bucketOf(() => {
      throw new Error('down');
    });
    await expect(publish(large, s3)).rejects.toMatchObject({ name: 'PublishError', code: 'claim-failed' });
  });

  test('goes to S3 with its checksum, through the real client', async () => {
    const requests: { headers: Record<string, string>; path: string }[] = [];
    const requestHandler = {
      handle: async (request: { headers: Record<string, string>; path: string }) => {
        requests.push(request);
        return { response: { statusCode: 200, headers: {}, body: new Uint8Array() } };
      },
    };
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    await publish(large, new S3Client({ region: 'eu-west-1', credentials, requestHandler } as never) as AwsClient);
    expect(requests[0]?.headers['x-amz-checksum-sha256']).toMatch(/^[A-Za-z\d+/]{43}=$/);
    expect(requests[0]?.path).toMatch(/^\/claims\/OrderPlaced\//);
  });
});

describe('a claim', () => {
  const claimed = async () => {
    const bucket = bucketOf();
    const [message] = await publish(large, bucket.s3);
    return { ...bucket, body: JSON.parse(message?.MessageBody ?? '') };
  };
  const changed = (body: Record<string, object>, change: object): string =>
    JSON.stringify({ ...body, 'eventloom:claim': { ...body['eventloom:claim'], ...change } });

  test('whose object is gone goes to the dead-letter queue', async () => {
    const { s3, objects, body } = await claimed();
    objects.clear();
    expect(await handle(JSON.stringify(body), s3)).toMatchObject({
      handled: [],
      letters: ['claim-missing'],
      retried: 0,
    });
  });

  test('whose object was changed goes to the dead-letter queue', async () => {
    const { s3, objects, body } = await claimed();
    for (const key of objects.keys()) objects.set(key, new TextEncoder().encode(JSON.stringify({ note: 'forged' })));
    expect((await handle(JSON.stringify(body), s3)).letters).toEqual(['claim-corrupt']);
    expect((await handle(changed(body, { bytes: 1 }), s3)).letters).toEqual(['claim-corrupt']);
  });

  test('comes again while S3 is down, since the event is not at fault', async () => {
    const { body } = await claimed();
    const { s3 } = bucketOf(() => {
      throw Object.assign(new Error('down'), { name: 'InternalError' });
    });
    expect(await handle(JSON.stringify(body), s3)).toEqual({ handled: [], letters: [], retried: 1 });
  });

  test.each([
    ['../secrets'],
    ['claims/OrderPlaced/../../x'],
    [`claims/a/b/${'0'.repeat(64)}`],
    [`claims/OrderPlaced/${'0'.repeat(64)}`],
    [''],
  ])('with key %s asks S3 for nothing', async (key) => {
    const { s3, inputs, body } = await claimed();
    const before = inputs.length;
    expect((await handle(changed(body, { key }), s3)).letters).toEqual(['claim-invalid']);
    expect(inputs).toHaveLength(before);
  });

  test('names no bucket: what looks so is no claim', async () => {
    const { s3, inputs, body } = await claimed();
    const before = inputs.length;
    expect((await handle(changed(body, { bucket: 'mine' }), s3)).letters).toEqual(['invalid-payload']);
    expect(inputs).toHaveLength(before);
  });
});

describe('what is kept in a claim', () => {
  const claim = { key: 'k', bytes: 1, sha256: 's' };

  test('never changes the payload', () => {
    const payload = Object.freeze({ a: Object.freeze({ b: 1, c: 2 }) });
    expect(claimPayload(payload, claim, ['/a', '/a/b'])).toEqual({ a: { b: 1, c: 2 }, 'eventloom:claim': claim });
    expect(claimPayload(payload, claim, ['/a/b', '/a/c'])).toEqual({ a: { b: 1, c: 2 }, 'eventloom:claim': claim });
  });

  test('may be called __proto__', () => {
    const payload = JSON.parse('{"__proto__":{"x":1}}');
    const text = JSON.stringify(claimPayload(payload, claim, ['/__proto__/x']));
    expect(text).toContain('"__proto__":{"x":1}');
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
