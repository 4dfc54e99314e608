import {
  type ConsumerDefinition,
  type EmittedEvent,
  emitting,
  functionHandler,
  type HandlerContext,
  type LambdaHandler,
  PermanentError,
  queueHandler,
  type ReceivedEvent,
  type RouteKind,
  toTopic,
  type Validator,
} from '@eventloom/runtime';
import { describe, expect, test } from 'vitest';
import { harness } from './harness.ts';

type Toll = { readonly ship: string; readonly cents: number; readonly piers?: readonly string[] };
type TollDue = ReceivedEvent<'TollDue', 'tolls', Toll>;

const valid: Validator<unknown> = Object.assign((_: unknown): _ is unknown => true, { errors: null });
const tollDue = { name: 'TollDue', source: 'tolls', validate: valid } as const;

const treasury = (route: RouteKind, more: Partial<ConsumerDefinition<'treasury/collect'>> = {}) => ({
  key: 'treasury/collect' as const,
  service: 'treasury',
  consumer: 'collect',
  routes: [route],
  receives: [tollDue],
  emits: [],
  ...more,
});

const toll = (ship: string, more: object = {}) => ({ name: 'TollDue', payload: { ship, cents: 3 }, ...more }) as const;

/** A handler, and the inputs that it is called with. */
function watched<Handler extends LambdaHandler<string, TollDue>>(handler: Handler) {
  const inputs: { readonly Records: readonly Record_[] }[] = [];
  const watching = (input: unknown, context: never) => {
    inputs.push(input as never);
    return handler(input, context);
  };
  return { handler: Object.assign(watching, handler) as unknown as Handler, inputs };
}

interface Record_ {
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, { readonly dataType: string; readonly stringValue: string }>>;
}

const traceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793';

describe('what one handler publishes', () => {
  type Publish = HandlerContext & { publish(name: 'TollDue', payload: Toll, options?: object): Promise<unknown> };
  const destination = { transport: toTopic, environmentVariable: 'TOLLS' };
  const headers = [
    { name: 'ship', attributeType: 'String', required: true },
    { name: 'cents', attributeType: 'Number', required: true },
    { name: 'piers', attributeType: 'String.Array', required: false },
  ] as const;
  const customs = {
    ...treasury('sqs'),
    emits: [{ ...tollDue, destination, headers, ordering: '/ship' }],
  };
  const clear: LambdaHandler<'treasury/collect', TollDue, EmittedEvent<'TollDue', 'tolls', Toll>> = queueHandler(
    customs,
    async ({ payload }: TollDue, { publish }: Publish) => {
      await publish('TollDue', { ...payload, piers: ['a', 'b'] });
    },
    [emitting],
  );

  test('comes to the next with its group, its time and the types of its attributes', async () => {
    const times: Date[] = [];
    const upstream = harness(clear, { startTime: new Date('2030-01-01T00:00:00Z') });
    await upstream.deliver([toll('Ada'), toll('Bea')]);
    const { handler, inputs } = watched(
      queueHandler(treasury('sqs', { fifo: true }), ({ time, payload }: TollDue) => {
        times.push(time);
        if (payload.ship === 'Ada') throw new Error('no');
      }),
    );
    const downstream = harness(handler, { maxReceiveCount: 1 });
    await downstream.deliver(upstream.published);
    const records = inputs.flatMap(({ Records }) => Records);
    expect(records.map(({ attributes }) => attributes.MessageGroupId)).toEqual(['Ada', 'Bea']);
    expect(records[0]?.messageAttributes).toMatchObject({
      ship: { dataType: 'String', stringValue: 'Ada' },
      cents: { dataType: 'Number', stringValue: '3' },
      piers: { dataType: 'String.Array', stringValue: '["a","b"]' },
    });
    expect(times.map((time) => time.getUTCFullYear())).toEqual([2030, 2030]);
    expect(upstream.published.map(({ time }) => time)).toEqual(times);
    downstream.expectDeadLettered(upstream.published[0] ?? '');
    downstream.expectHandledOnce(upstream.published[1] ?? '');
  });
});

describe('a name from several channels', () => {
  const berths = treasury('eventbridge', { receives: [tollDue, { ...tollDue, source: 'fines' }] });

  test('needs a source', async () => {
    const due = harness(queueHandler(berths, (_: TollDue | ReceivedEvent<'TollDue', 'fines', Toll>) => {}));
    // JavaScript, which has no types, gives none.
    await expect(due.deliver(toll('Ada') as never)).rejects.toThrow(
      "treasury/collect receives TollDue of tolls and of fines. Give the event a `source` to say which, such as 'tolls'.",
    );
    const fine = { ...toll('Ada'), source: 'fines' } as const;
    await due.deliver(fine);
    due.expectHandledOnce(fine);
  });
});

describe('a function behind a rule', () => {
  test('takes what a bus carries and a topic would not', async () => {
    const collect = harness(functionHandler(treasury('eventbridge'), (_: TollDue) => {}));
    const large = toll('x'.repeat(300_000));
    await collect.deliver(large, { times: 2 });
    expect(collect.runs.map(({ id }) => id)).toEqual([collect.runs[0]?.id, collect.runs[0]?.id]);
    expect(collect.runs[0]?.payload).toEqual(large.payload);
  });

  test.each([
    ['fails', new Error('shut')],
    ['gives up', new PermanentError('sunk')],
  ])('that %s leaves the event of EventBridge in its dead letter, and gets it again', async (_, error) => {
    const office = { isOpen: false };
    const collect = harness(
      functionHandler(treasury('eventbridge'), (_: TollDue) => {
        if (!office.isOpen) throw error;
      }),
    );
    const event = toll('Ada', { resources: ['urn:pier:3'] });
    const [id] = await collect.deliver(event);
    const { requestPayload } = JSON.parse(collect.expectDeadLettered(event).letter.body);
    expect(requestPayload).toMatchObject({
      id,
      'detail-type': 'TollDue',
      detail: event.payload,
      resources: ['urn:pier:3'],
    });
    office.isOpen = true;
    expect(await collect.redrive()).toBe(1);
    collect.expectHandledOnce(event);
  });
});

describe('what is redriven', () => {
  const headers = { ship: 'Ada', cents: 3, paid: false, piers: ['a'] };

  test.each([false, true])('is the message as it was (FIFO: %s)', async (fifo) => {
    const office = { isOpen: false };
    const { handler, inputs } = watched(
      queueHandler(treasury('sqs', { fifo }), (_: TollDue) => {
        if (!office.isOpen) throw new Error('shut');
      }),
    );
    const collect = harness(handler, { maxReceiveCount: 1 });
    const event = toll('Ada', { headers, traceHeader, group: 'pier' });
    await collect.deliver(event);
    office.isOpen = true;
    await collect.redrive();
    collect.expectHandledOnce(event);
    const [before, after] = inputs.flatMap(({ Records }) => Records);
    expect(after?.messageAttributes).toEqual(before?.messageAttributes);
    expect(before?.messageAttributes).toMatchObject({
      cents: { dataType: 'Number', stringValue: '3' },
      paid: { dataType: 'String', stringValue: 'false' },
      piers: { dataType: 'String.Array', stringValue: '["a"]' },
    });
    expect(after?.attributes.AWSTraceHeader).toBe(traceHeader);
    expect(after?.attributes.MessageGroupId).toBe(fifo ? 'pier' : undefined);
  });

  test.each(['sqs', 'eventbridge'] as const)('is known when it is not wanted (%s)', async (route) => {
    const office = { wants: true };
    const matches = () => office.wants;
    const collect = harness(
      queueHandler(treasury(route, { receives: [{ ...tollDue, matches }] }), () => {
        throw new Error('shut');
      }),
      { maxReceiveCount: 1 },
    );
    const event = toll('Ada');
    await collect.deliver(event);
    office.wants = false;
    await collect.redrive();
    expect(() => collect.expectLeftOut(event)).toThrow(/- attempt 1: Error: shut\n- left out: its filter/);
  });
});
