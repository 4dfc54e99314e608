import { EventloomSystem } from '@eventloom/cdk';
import { settingsOf, watchableSubscriber } from '@eventloom/engine';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { alarmResources, subscriberResources } from '../../engine/src/stack-resources.ts';
import { parcelSubscribers, subscriberTopology } from './parcel-subscribers.ts';
import { workflows } from './subscriber-system.ts';
import { makeApp, propsFor, templatesOf } from './synthesize.ts';
import { resources, spell, type Template } from './template.ts';

const app = makeApp();
const system = new EventloomSystem(app, 'Parcel', { ...propsFor(subscriberTopology), workflows });
const templates = templatesOf(app);

function alarmsOf(template: Template | undefined): ReadonlyMap<unknown, Readonly<Record<string, unknown>>> {
  const found = resources(template ?? {}, 'AWS::CloudWatch::Alarm').map(({ properties }) => spell(properties));
  return new Map((found as Readonly<Record<string, unknown>>[]).map((alarm) => [alarm.AlarmName, alarm]));
}

describe('alarms of subscribers', () => {
  test('watch every dead-letter queue, and say how its events come back', () => {
    for (const { service, consumer } of parcelSubscribers) {
      const alarm = alarmsOf(templates.get(`parcel-${service}`)).get(`parcel-${service}-${consumer}-dead-letters`);
      expect(alarm, consumer).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 });
      const advice = service === 'partners' && consumer !== 'theirs' ? 'redrive' : 'replay an archive';
      expect(alarm?.AlarmDescription).toContain(advice);
    }
  });

  test('watch how long events wait in a queue of their own', () => {
    expect(alarmsOf(templates.get('parcel-partners')).get('parcel-partners-pull-oldest-message')).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
    });
  });

  test('watch executions of workflows and rules that could not deliver', () => {
    const claims = alarmsOf(templates.get('parcel-claims'));
    const errors = JSON.stringify(claims.get('parcel-claims-errors'));
    const machine = system.subscriber('claims/file').deliversTo;
    if (machine.type !== 'workflow') throw new Error('no workflow');
    const stack = Stack.of(system.subscriber('claims/file'));
    expect(errors).toContain('"MetricName":"ExecutionsFailed"');
    expect(errors).toContain(`"Value":"${spell(stack.resolve(machine.stateMachine.stateMachineArn))}"`);
    expect(
      JSON.stringify(alarmsOf(templates.get('parcel-analytics')).get('parcel-analytics-failed-invocations')),
    ).toContain('AuditAuditLostRule');
  });
});

test('a stack is split by as many resources as a subscriber has, or more', () => {
  const settings = settingsOf(subscriberTopology, undefined, undefined);
  for (const subscriber of parcelSubscribers) {
    const own = system.subscriber(subscriber.key).node.findAll().filter(CfnResource.isCfnResource);
    // What others make is theirs.
    const found = own.filter(({ node }) => !node.path.includes('/Workflow/')).length;
    const shared = subscriber.delivery.type === 'log' ? 1 : 0;
    const most = subscriberResources(subscriber) + alarmResources([watchableSubscriber(subscriber, settings)]);
    expect(found + shared, subscriber.key).toBeGreaterThan(3);
    expect(found + shared, subscriber.key).toBeLessThanOrEqual(most);
  }
});
