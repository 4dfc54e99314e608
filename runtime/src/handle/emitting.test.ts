import { describe, expect, test } from 'vitest';
import { notNull, observedRun, record } from '../../../test/support/observed-run.ts';
import type { EmittingContext } from '../context.ts';
import type { ConsumerDefinition, PublishedEventDefinition } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Call, Feature } from '../feature.ts';
import type { PublishByName } from '../publish/publish-event.ts';
import { toBus } from '../publish/to-bus.ts';
import { carriedOn, emitting } from './emitting.ts';
import type { Session } from './session.ts';

const event: ReceivedEvent<string, string, unknown> = {
  ...{ name: 'OrderPlaced', source: 'shop.orders', payload: {}, id: 'e-1', time: new Date(0) },
  correlationId: 'c-1',
  part: { of: 'o', index: 0, count: 2 },
  traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
};

const orderPaid: PublishedEventDefinition = {
  ...{ name: 'OrderPaid', source: 'shop.payments', validate: notNull, headers: [] },
  destination: { transport: toBus, environmentVariable: 'BUS' },
};

const call = (over: Partial<ConsumerDefinition> = {}): Pick<Call, 'event' | 'session'> => ({
  event,
  session: { definition: { key: 'a/b', ...over } } as unknown as Session,
});

describe('what an event hands on to those that its handler publishes', () => {
  test('is what it is correlated by, its place among the parts of a split, and its trace', () => {
    const { correlationId, part, traceHeader } = event;
    expect(carriedOn(call())).toEqual({ correlationId, part, traceHeader });
  });

  test('is no place where the parts were gathered', () => {
    expect(carriedOn(call({ gather: { timeoutSeconds: 60 } }))).toMatchObject({ part: undefined });
  });

  test('is sent, unless the handler says otherwise', async () => {
    const came: Feature = { extend: (one) => Object.assign(one.event, { traceHeader: event.traceHeader }) && {} };
    const own = { traceHeader: 'Root=own' };
    const { sent } = await observedRun([came, emitting], [record('a')], {
      handle: async (_, context) => {
        const { publish } = context as EmittingContext<PublishByName>;
        await publish('OrderPaid', {});
        await publish('OrderPaid', {}, own);
      },
      definition: { emits: [orderPaid] },
    });
    const entries = sent.flatMap(({ Entries }) => Entries as { readonly TraceHeader: string }[]);
    expect(entries.map(({ TraceHeader }) => TraceHeader)).toEqual([event.traceHeader, own.traceHeader]);
  });
});
