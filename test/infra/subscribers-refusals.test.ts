import { ConstructError, EventloomSystem, ServiceStack } from '@eventloom/cdk';
import type { Subscriber, SubscriberDelivery, SubscriberRoute } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, test } from 'vitest';
import {
  ofBus,
  ofTopic,
  parcelSubscribers,
  subscriber,
  subscriberTopology,
  withSubscribers,
} from './parcel-subscribers.ts';
import { workflows } from './subscriber-system.ts';
import { makeApp, propsFor, templatesOf } from './synthesize.ts';

describe('a system with subscribers is refused', () => {
  test('when a workflow has neither a file nor a state machine', () => {
    expect(refusal(subscriberTopology.subscribers ?? [], {})).toEqual([
      'missing-workflow',
      expect.stringContaining('claims/custom name no file'),
    ]);
    const props = { topology: subscriberTopology, service: 'claims', code: propsFor(subscriberTopology).code.claims };
    expect(thrownBy(() => new ServiceStack(makeApp(), 'X', props as never))[0]).toBe('missing-workflow');
  });

  test('when a state machine is handed in that nobody wants', () => {
    const more = { ...workflows, 'claims/file': workflows['claims/custom'] } as typeof workflows;
    expect(refusal(parcelSubscribers, more)[0]).toBe('unknown-workflow');
  });

  test.each<[string, SubscriberDelivery, SubscriberRoute]>([
    ['a topic leads to a log', { type: 'log', retentionDays: 7 }, ofTopic('x')],
    ['a topic leads to a bus', { type: 'bus', busName: 'b', account: null, region: null }, ofTopic('x')],
    ['a bus leads to mail', { type: 'email', addresses: ['a@example.com'] }, ofBus('x')],
    ['a bus leads to a text message', { type: 'sms', numbers: ['+49'] }, ofBus('x')],
    ['a FIFO topic leads to mail', { type: 'email', addresses: ['a@example.com'] }, vans()],
    ['a bus leads to a FIFO queue', queueOf(true), ofBus('x')],
    ['a standard topic leads to a FIFO queue', queueOf(true), ofTopic('x')],
    ['the ARN of a queue is none', { ...queueOf(false), arn: 'arn:aws:sns:eu-west-1:111122223333:x' }, ofBus('x')],
  ])('when %s', (_, delivery, route) => {
    expect(refusal([subscriber('notices/x', delivery, [route])])[0]).toBe('impossible-route');
  });

  test('when it subscribes to a topic twice', () => {
    const delivery = { type: 'sms', numbers: ['+4915112345678'] } as const;
    expect(refusal([subscriber('notices/x', delivery, [ofTopic('a'), ofTopic('b')])])[0]).toBe(
      'duplicate-subscription',
    );
  });

  test('when EventBridge could not follow its partition key', () => {
    const kinesis = {
      type: 'stream',
      kind: 'kinesis',
      partitionKey: "/a']['b",
      shards: 2,
      retentionHours: 24,
    } as const;
    expect(refusal([subscriber('notices/x', kinesis, [ofBus('x')])])[0]).toBe('impossible-path');
  });

  test.each(['a:b', 'x}}{{resolve:ssm:y', '', 'arn:aws:s3:::x'])('when %j is to be a secret', (secret) => {
    expect(refusal([endpoint({ kind: 'apiKey', header: 'X-Key', secret })])[0]).toBe('invalid-secret');
  });

  test('when CloudFormation would replace a part of what it calls or who it is', () => {
    const reference = '{{resolve:ssm:x}}';
    const refused = [
      endpoint({ kind: 'apiKey', header: reference, secret: 's' }),
      endpoint({ kind: 'basic', username: reference, secret: 's' }),
      endpoint({ kind: 'oauth', tokenUrl: reference, clientId: 'c', secret: 's', scope: null }),
      endpoint({ kind: 'oauth', tokenUrl: 't', clientId: 'c', secret: 's', scope: reference }),
      endpoint({ kind: 'basic', username: 'u', secret: 's' }, reference),
      subscriber('notices/x', { type: 'email', addresses: [reference] }, [ofTopic('x')]),
      subscriber('notices/x', { type: 'bus', busName: reference, account: null, region: null }, [ofBus('x')]),
    ];
    expect(refused.map((each) => refusal([each])[0])).toEqual(refused.map(() => 'dynamic-reference'));
  });

  test('when its events could put a secret into a policy', () => {
    const event = { name: '{{resolve:ssm:x}}', source: 's' };
    const bus = { type: 'bus', busName: 'b', account: null, region: null } as const;
    expect(refusal([subscriber('notices/x', bus, [ofBus('x', event)])])[0]).toBe('dynamic-reference');
  });
});

test('a subscriber that does not exist cannot be asked for', () => {
  const system = new EventloomSystem(makeApp(), 'Parcel', { ...propsFor(subscriberTopology), workflows });
  expect(thrownBy(() => system.subscriber('claims/none'))[0]).toBe('unknown-subscriber');
});

describe('escape hatches', () => {
  test('reach every resource of a subscriber', () => {
    const system = new EventloomSystem(makeApp(), 'Parcel', { ...propsFor(subscriberTopology), workflows });
    const { deliversTo, rules, queue, deadLetterQueues } = system.subscriber('claims/file');
    if (deliversTo.type !== 'workflow') throw new Error('no workflow');
    expect(deliversTo.executionRole?.roleArn).toBeDefined();
    expect([...rules.keys()]).toEqual(['fileLost']);
    expect([queue, deadLetterQueues.length]).toEqual([undefined, 1]);
    const pull = system.subscriber('partners/pull');
    expect(pull.queue).toBeDefined();
    expect(pull.subscriptions.get('pullSlots')).toHaveLength(1);
    expect(system.stacks.get('partners')?.subscribers.get('partners/pull')).toBe(pull);
  });

  test('let a state machine of another stack be started', () => {
    const app = makeApp();
    const theirs = new Stack(app, 'Theirs');
    const machine = StateMachine.fromStateMachineName(theirs, 'Machine', 'theirs');
    new EventloomSystem(app, 'Parcel', { ...propsFor(subscriberTopology), workflows: { 'claims/custom': machine } });
    const claims = JSON.stringify(templatesOf(app).get('parcel-claims'));
    expect(claims).toContain(':stateMachine:theirs');
    expect(claims).not.toContain('ImportValue');
  });
});

test('subscribers keep their logical ids when others come and go', () => {
  const idsOf = (subscribers: readonly Subscriber[]) => {
    const app = makeApp();
    new EventloomSystem(app, 'Parcel', { ...propsFor(withSubscribers(subscribers)), workflows });
    return Object.keys(templatesOf(app).get('parcel-analytics')?.Resources ?? {});
  };
  const all = idsOf(parcelSubscribers);
  expect(new Set(idsOf(parcelSubscribers.toReversed()))).toEqual(new Set(all));
  const fewer = idsOf(parcelSubscribers.filter(({ key }) => key !== 'analytics/stream'));
  expect(all).toEqual(expect.arrayContaining(fewer));
  expect(fewer.length).toBeLessThan(all.length);
});

function endpoint(
  authorization: Extract<SubscriberDelivery, { type: 'endpoint' }>['authorization'],
  url = 'https://a.example.com',
): Subscriber {
  const rest = { method: 'POST', ratePerSecond: null, body: 'event' } as const;
  return subscriber('notices/x', { type: 'endpoint', url, authorization, ...rest }, [ofBus('x')]);
}

function queueOf(fifo: boolean): Extract<SubscriberDelivery, { type: 'none' }> {
  return { type: 'none', arn: null, visibilityTimeoutSeconds: 30, maxReceiveCount: 5, fifo };
}

function vans(): SubscriberRoute {
  return { ...ofTopic('x'), topic: 'topic:vans' } as SubscriberRoute;
}

function refusal(subscribers: readonly Subscriber[], machines?: typeof workflows): readonly [string, string] {
  const topology = withSubscribers(subscribers);
  const wanted = subscribers.some(({ key }) => key === 'claims/custom') ? workflows : {};
  const props = { ...propsFor(topology), workflows: machines ?? wanted };
  return thrownBy(() => new EventloomSystem(makeApp(), 'Parcel', props));
}

function thrownBy(act: () => unknown): readonly [string, string] {
  try {
    act();
  } catch (error) {
    if (ConstructError.is(error)) return [error.code, error.message];
    throw error;
  }
  throw new Error('nothing was thrown');
}
