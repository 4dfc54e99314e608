import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AwsClient } from '../connection.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import { PublishError } from '../errors.ts';
import type { Validator } from '../validator.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { PublishFeature } from './publish-feature.ts';
import type { GivenEvent } from './publish-many.ts';
import { createPublisher } from './publisher.ts';

interface Payload {
  readonly n: number;
  readonly group?: string;
  readonly note?: string;
}

const numbered: Validator<unknown> = Object.assign(
  (value: unknown): value is unknown => {
    const valid = typeof (value as Partial<Payload>).n === 'number';
    const error = { instancePath: '/n', schemaPath: '#/n', keyword: 'type', params: { type: 'number' } };
    numbered.errors = valid ? null : [error];
    return valid;
  },
  { errors: null as Validator<unknown>['errors'] },
);

const event = (
  name: string,
  kind: 'bus' | 'topic' | 'queue',
  environmentVariable = name,
): PublishedEventDefinition => ({
  name,
  source: 'shop',
  validate: numbered,
  destination: { kind, environmentVariable },
  headers: [],
  ordering: '/group',
});

const events = [
  event('Bus', 'bus'),
  event('OtherBus', 'bus'),
  event('Topic', 'topic'),
  event('Queue', 'queue'),
  event('FifoTopic', 'topic'),
  event('FifoQueue', 'queue'),
  { ...event('Small', 'bus', 'Bus'), maximumBytes: 60 },
];

const environment = {
  Bus: 'shop',
  OtherBus: 'other',
  Topic: 'arn:aws:sns:eu-west-1:1:t',
  Queue: 'https://sqs/1/q',
  FifoTopic: 'arn:aws:sns:eu-west-1:1:t.fifo',
  FifoQueue: 'https://sqs/1/q.fifo',
};

/** What becomes of the entry of event `n` at its so-manieth attempt: accepted when undefined. */
type Verdict = (n: number, attempt: number) => 'again' | 'never' | 'silence' | undefined;

interface Sent {
  readonly command: string;
  readonly entries: readonly { readonly n: number; readonly group: string | undefined }[];
}

interface Part {
  readonly Id?: string;
  readonly Detail?: string;
  readonly Message?: string;
  readonly MessageBody?: string;
  readonly MessageGroupId?: string;
}

/** AWS behind a publisher: every entry is judged by `verdict`, and what is accepted is kept. */
function system({
  verdict = () => undefined,
  features = [],
  before,
}: {
  readonly verdict?: Verdict | undefined;
  readonly features?: readonly PublishFeature[];
  readonly before?: ((sent: Sent) => Promise<void> | void) | undefined;
} = {}) {
  const sent: Sent[] = [];
  const accepted: number[] = [];
  const attempts = new Map<number, number>();
  let time = 0;
  const passTime = (milliseconds: number): void => {
    time += milliseconds;
  };
  const client: AwsClient = {
    send: async (command, options) => {
      const { input } = command as { readonly input: Readonly<Record<string, readonly Part[]>> };
      const parts = input.Entries ?? input.PublishBatchRequestEntries ?? [];
      const payloads = parts.map(
        (part) => JSON.parse(part.Detail ?? part.Message ?? part.MessageBody ?? '') as Payload,
      );
      const entries = payloads.map(({ n }, index) => ({ n, group: parts[index]?.MessageGroupId }));
      const request = { command: command.constructor.name, entries };
      sent.push(request);
      await before?.(request);
      options?.abortSignal?.throwIfAborted();
      const judged = payloads.map(({ n }, index) => {
        const attempt = (attempts.get(n) ?? 0) + 1;
        attempts.set(n, attempt);
        const said = verdict(n, attempt);
        if (said === undefined) accepted.push(n);
        return { said, n, Id: parts[index]?.Id };
      });
      if (request.command === 'PutEventsCommand') {
        const code = { again: 'ThrottlingException', never: 'MalformedDetail', silence: undefined };
        return { Entries: judged.map(({ said, n }) => (said ? { ErrorCode: code[said] } : { EventId: `e${n}` })) };
      }
      return {
        Successful: judged.filter(({ said }) => said === undefined),
        Failed: judged
          .filter(({ said }) => said === 'again' || said === 'never')
          .map(({ said, Id }) => ({ Id, Code: said, SenderFault: said === 'never' })),
      };
    },
  };
  const publisher = createPublisher<EventPublisher<GivenEvent>>(
    { service: 's', operations: { all: events } },
    {
      environment,
      clients: { eventBridge: client, sns: client, sqs: client },
      clock: { now: () => new Date(time), sleep: async (milliseconds) => passTime(milliseconds) },
    },
    features,
  );
  return { publisher, sent, accepted, passTime };
}

const given = (name: string, n: number, more: object = {}): GivenEvent => ({ name, payload: { n, ...more } });
const many = (name: string, count: number): GivenEvent[] => Array.from({ length: count }, (_, n) => given(name, n));
const numbersOf = (sent: readonly Sent[]): number[][] => sent.map(({ entries }) => entries.map(({ n }) => n));
const thrown = (promise: Promise<unknown>): Promise<PublishError> =>
  promise.then(
    () => expect.unreachable(),
    (error) => error as PublishError,
  );

describe('$publish', () => {
  test('sends events of many buses in as few requests as carry them, and gives their ids in order', async () => {
    const { publisher, sent } = system();
    const mixed = Array.from({ length: 25 }, (_, n) => given(n % 2 === 0 ? 'Bus' : 'OtherBus', n));
    const published = await publisher.$publish(mixed);
    expect(published).toEqual(mixed.map(({ name }, n) => ({ id: `e${n}`, name, source: 'shop' })));
    expect(sent.map(({ entries }) => entries.length)).toEqual([10, 10, 5]);
  });

  test('sends a batch to each topic and queue', async () => {
    const { publisher, sent } = system();
    const mixed = Array.from({ length: 12 }, (_, n) => given(n % 2 === 0 ? 'Topic' : 'Queue', n));
    const ids = (await publisher.$publish(mixed)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(12);
    // Both are under way at once: which is first is no matter.
    expect(sent.map(({ command, entries }) => [command, entries.length]).sort()).toEqual([
      ['PublishBatchCommand', 6],
      ['SendMessageBatchCommand', 6],
    ]);
  });

  test('keeps within the bytes of a request', async () => {
    const { publisher, sent } = system();
    const note = 'x'.repeat(300_000);
    await publisher.$publish([1, 2, 3, 4].map((n) => given('Bus', n, { note })));
    expect(numbersOf(sent)).toEqual([[1, 2, 3], [4]]);
  });

  test('sends no request for no events', async () => {
    const { publisher, sent } = system();
    expect(await publisher.$publish([])).toEqual([]);
    expect(sent).toEqual([]);
  });

  test('sends nothing when one event is invalid or too large, and lists each with its reason', async () => {
    const { publisher, sent } = system();
    const error = await thrown(
      publisher.$publish([
        given('Bus', 1),
        { name: 'Bus', payload: { n: 'x' } },
        given('Small', 3, { note: 'x'.repeat(60) }),
      ]),
    );
    expect(error).toBeInstanceOf(PublishError);
    expect(error).toMatchObject({
      code: 'invalid-payload',
      published: [],
      failures: [
        { index: 0, code: 'not-sent', event: { name: 'Bus', source: 'shop', payload: { n: 1 } } },
        { index: 1, code: 'invalid-payload', cause: { name: 'ValidationFailure', path: '/n', rule: 'type' } },
        { index: 2, code: 'event-too-large' },
      ],
    });
    expect(sent).toEqual([]);
  });

  test('sends the valid ones when asked to', async () => {
    const { publisher, accepted } = system();
    const error = await thrown(
      publisher.$publish([given('Bus', 1), { name: 'Nowhere', payload: {} }, given('Bus', 2)], { sendValid: true }),
    );
    expect(accepted).toEqual([1, 2]);
    expect(error).toMatchObject({
      code: 'unknown-event',
      published: [{ id: 'e1' }, { id: 'e2' }],
      failures: [{ index: 1, event: { name: 'Nowhere' } }],
    });
  });

  test('does not validate where it is told not to, by the call or by the event', async () => {
    const { publisher, accepted } = system();
    const odd = { name: 'Bus', payload: { n: 'x' } };
    await publisher.$publish([odd], { validate: false });
    await publisher.$publish([{ ...odd, validate: false }]);
    expect((await thrown(publisher.$publish([{ ...odd, validate: true }], { validate: false }))).code).toBe(
      'invalid-payload',
    );
    expect(accepted).toEqual(['x', 'x']);
  });

  test('reports a payload that has no JSON', async () => {
    const { publisher } = system();
    const loop: Record<string, unknown> = { n: 1 };
    loop.self = loop;
    const results = await publisher.$publishSettled([
      { name: 'Bus', payload: loop },
      { name: 'Bus', payload: undefined, validate: false },
    ]);
    expect(results.map(({ failure }) => failure?.code)).toEqual(['not-json', 'not-json']);
  });

  test('sends only what failed again, and only what may succeed', async () => {
    const { publisher, sent } = system({
      verdict: (n, attempt) => (n === 1 ? 'never' : n === 3 && attempt < 3 ? 'again' : undefined),
    });
    const error = await thrown(publisher.$publish(many('Queue', 5)));
    expect(numbersOf(sent)).toEqual([[0, 1, 2, 3, 4], [3], [3]]);
    expect(error).toMatchObject({ code: 'never', failures: [{ index: 1 }] });
    expect(error.published).toHaveLength(4);
  });

  test('takes an entry that the answer does not speak of as unconfirmed, and does not send it again', async () => {
    for (const name of ['Bus', 'Topic', 'Queue']) {
      const { publisher, sent } = system({ verdict: (n) => (n === 1 ? 'silence' : undefined) });
      const results = await publisher.$publishSettled(many(name, 3));
      expect(results.map(({ failure }) => failure?.code)).toEqual([undefined, 'unconfirmed', undefined]);
      expect(sent).toHaveLength(1);
    }
  });

  test('has no more requests under way than allowed', async () => {
    let underWay = 0;
    let most = 0;
    const { publisher } = system({
      before: async () => {
        most = Math.max(most, ++underWay);
        await new Promise(setImmediate);
        underWay--;
      },
    });
    await publisher.$publish(many('Bus', 100), { concurrency: 3 });
    expect(most).toBe(3);
  });
});

describe('the end of the time for a call', () => {
  test('stops what was not sent, and leaves what AWS said last of what failed', async () => {
    const { publisher, passTime } = system({
      verdict: (n) => (n === 0 ? 'again' : undefined),
      before: () => passTime(400),
    });
    const results = await publisher.$publishSettled(many('Bus', 30), { concurrency: 1, timeoutMilliseconds: 1_000 });
    const codes = results.map(({ failure }) => failure?.code);
    expect(codes[0]).toBe('ThrottlingException');
    expect(codes.slice(1, 10)).toEqual(Array(9).fill(undefined));
    expect(codes.at(-1)).toBe('timed-out');
  });

  test('an aborted signal stops what was not sent, and what is under way is unconfirmed', async () => {
    const controller = new AbortController();
    const { publisher, sent } = system({
      before: ({ entries }) => (entries[0]?.n === 10 ? controller.abort('enough') : undefined),
    });
    const results = await publisher.$publishSettled(many('Bus', 30), { concurrency: 1, signal: controller.signal });
    const codes = results.map(({ failure }) => failure?.code);
    expect([codes[0], codes[10], codes[20]]).toEqual([undefined, 'unconfirmed', 'aborted']);
    expect(results[20]?.failure?.cause).toBe('enough');
    expect(sent).toHaveLength(2);
  });

  test('an aborted signal ends the wait before another attempt', async () => {
    const controller = new AbortController();
    const client: AwsClient = {
      send: async () => {
        setImmediate(() => controller.abort());
        return { Entries: [{ ErrorCode: 'ThrottlingException' }] };
      },
    };
    const publisher = createPublisher<EventPublisher<GivenEvent>>(
      { service: 's', operations: { all: events } },
      {
        environment,
        clients: { eventBridge: client },
        clock: { now: () => new Date(0), sleep: () => new Promise(() => {}) },
      },
    );
    const [result] = await publisher.$publishSettled([given('Bus', 1)], { signal: controller.signal });
    expect(result?.failure?.code).toBe('ThrottlingException');
  });

  test('cuts off a request that hangs, by the time of the machine', async () => {
    const client: AwsClient = {
      send: (_, options) =>
        new Promise((_resolve, reject) =>
          options?.abortSignal?.addEventListener('abort', () => reject(new Error('cut'))),
        ),
    };
    const publisher = createPublisher<EventPublisher<GivenEvent>>(
      { service: 's', operations: { all: events } },
      { environment, clients: { eventBridge: client } },
    );
    // The timer of a signal does not keep a process alive; this one does.
    const alive = setInterval(() => {}, 1_000);
    const results = await publisher.$publishSettled(many('Bus', 11), { timeoutMilliseconds: 1_000, concurrency: 1 });
    clearInterval(alive);
    expect(results.map(({ failure }) => failure?.code)).toEqual([...Array(10).fill('unconfirmed'), 'timed-out']);
  });
});

describe('events for a FIFO topic or queue', () => {
  const inGroup = (name: string, n: number, group: string): GivenEvent => given(name, n, { group });

  test.each(['FifoTopic', 'FifoQueue'])('go to a %s one request after the other', async (name) => {
    const { publisher, sent, accepted } = system({ before: async () => void (await new Promise(setImmediate)) });
    await publisher.$publish(Array.from({ length: 25 }, (_, n) => inGroup(name, n, 'a')), { concurrency: 9 }); // biome-ignore format: one line
    expect(accepted).toEqual(Array.from({ length: 25 }, (_, n) => n));
    expect(sent).toHaveLength(3);
  });

  test('are not sent when their group has lost one; other groups go on', async () => {
    const { publisher, accepted } = system({ verdict: (n) => (n === 0 ? 'never' : undefined) });
    const list = Array.from({ length: 14 }, (_, n) => inGroup('FifoQueue', n, n % 2 === 0 ? 'a' : 'b'));
    const results = await publisher.$publishSettled(list);
    expect(results[0]?.failure?.code).toBe('never');
    expect(results[10]?.failure?.code).toBe('group-stopped');
    expect(results[12]?.failure?.code).toBe('group-stopped');
    expect(accepted.filter((n) => n % 2 === 1)).toEqual([1, 3, 5, 7, 9, 11, 13]);
  });

  test('are not sent again when an earlier one of the same request is lost', async () => {
    const { publisher } = system({
      verdict: (n, attempt) => (n === 0 ? 'never' : n === 1 && attempt === 1 ? 'again' : undefined),
    });
    const results = await publisher.$publishSettled([inGroup('FifoTopic', 0, 'a'), inGroup('FifoTopic', 1, 'a')]);
    expect(results.map(({ failure }) => failure?.code)).toEqual(['never', 'group-stopped']);
  });

  test('are not sent again behind a later one of their group that was accepted', async () => {
    const { publisher, accepted } = system({ verdict: (n, attempt) => (n < 2 && attempt === 1 ? 'again' : undefined) });
    const list = [0, 1, 2, 3].map((n) => inGroup('FifoQueue', n, n === 1 ? 'b' : 'a'));
    const results = await publisher.$publishSettled(list);
    expect(results.map(({ failure }) => failure?.code)).toEqual(['unconfirmed', undefined, undefined, undefined]);
    expect(accepted).toEqual([2, 3, 1]);
  });

  test('are not sent when an earlier one is given up after all attempts', async () => {
    const { publisher, sent } = system({ verdict: (n) => (n === 0 ? 'again' : undefined) });
    const list = Array.from({ length: 11 }, (_, n) => inGroup('FifoQueue', n, n === 0 || n === 10 ? 'a' : 'b'));
    const results = await publisher.$publishSettled(list, { timeoutMilliseconds: 1e9 });
    expect(results[10]?.failure?.code).toBe('group-stopped');
    expect(sent).toHaveLength(10);
  });
});

describe('whatever AWS does', () => {
  test('every event has exactly one outcome, and those published are those accepted', async () => {
    const names = fc.constantFrom('Bus', 'OtherBus', 'Topic', 'Queue', 'FifoTopic', 'FifoQueue', 'Nowhere');
    const verdicts = fc.array(fc.constantFrom('again', 'never', 'silence', undefined, undefined, undefined), {
      maxLength: 80,
    });
    const setting = fc.record({ concurrency: fc.integer({ min: 1, max: 5 }), sendValid: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(names, { maxLength: 60 }),
        verdicts,
        setting,
        fc.nat(9),
        async (list, said, options, crash) => {
          let requests = 0;
          const { publisher, accepted } = system({
            verdict: (n, attempt) => said[(n * 7 + attempt * 3) % (said.length || 1)],
            before: () => {
              if (++requests % 7 === crash) throw new Error('connection reset');
            },
          });
          const all = list.map((name, n) => given(name, n, { group: `${n % 3}` }));
          const results = await publisher.$publishSettled(all, options);
          expect(results).toHaveLength(all.length);
          const published = results.flatMap((result, n) => (result.published ? [n] : []));
          expect(published).toEqual([...accepted].sort((left, right) => left - right));
          for (const [index, { published: one, failure }] of results.entries()) {
            expect(one === undefined).toBe(failure !== undefined);
            expect(failure?.index ?? index).toBe(index);
            expect((failure?.event ?? one)?.name).toBe(all[index]?.name);
          }
        },
      ),
    );
  });
});

describe('$publishStream', () => {
  async function* counting(count: number, pulled: number[]): AsyncGenerator<GivenEvent> {
    for (let n = 0; n < count; n++) {
      pulled.push(n);
      yield given('Bus', n);
    }
  }

  test.each(['sync', 'async'])('publishes a %s source in full requests, and gives results in order', async (kind) => {
    const { publisher, sent } = system();
    const ids: (string | undefined)[] = [];
    const source = kind === 'sync' ? many('Bus', 45) : counting(45, []);
    for await (const { published } of publisher.$publishStream(source, { concurrency: 2 })) ids.push(published?.id);
    expect(ids).toEqual(Array.from({ length: 45 }, (_, n) => `e${n}`));
    expect(sent).toHaveLength(5);
  });

  test('takes no more of the source than it sends and gathers', async () => {
    const { publisher } = system();
    const pulled: number[] = [];
    const stream = publisher.$publishStream(counting(1_000, pulled), { concurrency: 2 });
    await stream.next();
    await new Promise(setImmediate);
    expect(pulled.length).toBeGreaterThanOrEqual(20);
    expect(pulled.length).toBeLessThanOrEqual(40);
    await stream.return();
    expect(pulled.length).toBeLessThanOrEqual(40);
  });

  test('does not wait for a full request when the source lags', async () => {
    const { publisher } = system();
    const asked: ((result: IteratorResult<GivenEvent>) => void)[] = [];
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<GivenEvent>>((give) => void asked.push(give)),
      }),
    };
    const stream = publisher.$publishStream(source);
    const first = stream.next();
    asked.shift()?.({ value: given('Bus', 1), done: false });
    expect((await first).value).toMatchObject({ published: { id: 'e1' } });
    const second = stream.next();
    asked.shift()?.({ value: given('Bus', 2), done: false });
    expect((await second).value).toMatchObject({ published: { id: 'e2' } });
  });

  test('gives a result for each event that is refused, and goes on', async () => {
    const { publisher } = system();
    const results = [];
    for await (const result of publisher.$publishStream([
      given('Bus', 1),
      { name: 'Bus', payload: {} },
      given('Bus', 2),
    ])) {
      results.push(result.failure?.code ?? result.published?.id);
    }
    expect(results).toEqual(['e1', 'invalid-payload', 'e2']);
  });

  test('throws what the source throws, after the results of what came before', async () => {
    const { publisher } = system();
    const failing = function* (): Generator<GivenEvent> {
      yield given('Bus', 1);
      throw new Error('no more');
    };
    const ids: unknown[] = [];
    const reading = (async () => {
      for await (const { published } of publisher.$publishStream(failing())) ids.push(published?.id);
    })();
    await expect(reading).rejects.toThrow('no more');
    expect(ids).toEqual(['e1']);
  });

  test('stops a message group for the rest of the stream', async () => {
    const { publisher, accepted } = system({ verdict: (n) => (n === 0 ? 'never' : undefined) });
    const source = Array.from({ length: 30 }, (_, n) =>
      given('FifoQueue', n, { group: n === 0 || n === 25 ? 'a' : 'b' }),
    );
    const codes: (string | undefined)[] = [];
    for await (const { failure } of publisher.$publishStream(source, { concurrency: 1 })) codes.push(failure?.code);
    expect([codes[0], codes[25]]).toEqual(['never', 'group-stopped']);
    expect(accepted).not.toContain(25);
  });
});

describe('claims', () => {
  const claimed: number[] = [];
  const claiming: PublishFeature = {
    claim: async (outgoing) => {
      const { n } = outgoing.payload as Payload;
      claimed.push(n);
      return { ...outgoing, payload: { n } };
    },
  };
  const checked: PublishedEventDefinition = {
    ...event('Claimed', 'bus', 'Bus'),
    claimCheck: { aboveBytes: 100, keep: [] },
  };

  test('are made of what is larger than allowed, and sized again; not before all events are valid', async () => {
    const bodies: string[] = [];
    const client: AwsClient = {
      send: async (command) => {
        const { Entries } = (command as unknown as { input: { Entries: { Detail: string }[] } }).input;
        bodies.push(...Entries.map(({ Detail }) => Detail));
        return { Entries: Entries.map(() => ({ EventId: 'e' })) };
      },
    };
    const publisher = createPublisher<EventPublisher<GivenEvent> & { one(payload: unknown): Promise<unknown> }>(
      { service: 's', operations: { one: [checked] } },
      { environment, clients: { eventBridge: client } },
      [claiming],
    );
    const large = { name: 'Claimed', payload: { n: 1, note: 'x'.repeat(2_000_000) } };
    await thrown(publisher.$publish([large, { name: 'Claimed', payload: {} }]));
    expect(claimed).toEqual([]);
    await publisher.$publish([large, { name: 'Claimed', payload: { n: 2 } }]);
    await publisher.one(large.payload);
    expect(claimed).toEqual([1, 1]);
    expect(bodies).toEqual(['{"n":1}', '{"n":2}', '{"n":1}']);
  });
});
