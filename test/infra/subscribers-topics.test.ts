import { describe, expect, test } from 'vitest';
import { arnOf } from './expected.ts';
import { subscriberTopology } from './parcel-subscribers.ts';
import {
  ownResource,
  ownResources,
  policyOfRole,
  ruleRole,
  synthesizeSubscribers,
  targetsOf,
} from './subscriber-system.ts';
import { resource, rightsOf, spell, type Template } from './template.ts';

const templates = synthesizeSubscribers();
const deployment = { topology: subscriberTopology };
const notices = templates.get('parcel-notices') ?? {};
const partners = templates.get('parcel-partners') ?? {};

describe('subscriptions of SNS', () => {
  const ofNotices = (constructId: string) =>
    ownResources(notices, constructId, 'AWS::SNS::Subscription').map(({ properties }) => spell(properties));

  test('send mail and text to each address, filtered', () => {
    const mails = ofNotices('Mail') as readonly Readonly<Record<string, unknown>>[];
    expect(mails.map(({ Protocol, Endpoint, TopicArn }) => [Protocol, Endpoint, TopicArn]).sort()).toEqual([
      ['email', 'depot@example.com', arnOf(deployment, 'topic:scans')],
      ['email', 'depot@example.com', arnOf(deployment, 'topic:slots')],
      ['email', 'ops@example.com', arnOf(deployment, 'topic:scans')],
      ['email', 'ops@example.com', arnOf(deployment, 'topic:slots')],
    ]);
    expect(mails.filter(({ FilterPolicy }) => FilterPolicy !== undefined)).toHaveLength(2);
    for (const mail of mails) expect(mail.FilterPolicyScope).toBe('MessageBody');
    expect(ofNotices('Text')).toMatchObject([
      { Protocol: 'sms', Endpoint: '+4915112345678', FilterPolicy: { region: ['north'] } },
    ]);
  });

  test('call an address again as the spec says', () => {
    expect(ofNotices('Hook')).toMatchObject([
      {
        Protocol: 'https',
        Endpoint: 'https://hooks.example.com/slots',
        RawMessageDelivery: true,
        DeliveryPolicy: {
          healthyRetryPolicy: {
            numRetries: 40,
            minDelayTarget: 5,
            maxDelayTarget: 600,
            backoffFunction: 'exponential',
          },
          throttlePolicy: { maxReceivesPerSecond: 10 },
          requestPolicy: { headerContentType: 'application/json' },
        },
      },
    ]);
  });
});

describe('a queue without a function', () => {
  test('is made with the settings of the spec, and its place is put out', () => {
    const queue = resource(partners, 'AWS::SQS::Queue', (_, id) => /^PullQueue[0-9A-F]{8}$/.test(id));
    expect(queue.properties).toMatchObject({ VisibilityTimeout: 120, RedrivePolicy: { maxReceiveCount: 5 } });
    expect(targetsOf(ownResource(partners, 'Pull', 'AWS::Events::Rule'))).toMatchObject([
      { Arn: `\${${queue.id}.Arn}` },
    ]);
    expect(ownResources(partners, 'Pull', 'AWS::SNS::Subscription')[0]?.properties).toMatchObject({
      Protocol: 'sqs',
      RawMessageDelivery: true,
    });
    const outputs = Object.entries(partners.Outputs as Record<string, { Value: unknown }>);
    const values = outputs.filter(([id]) => id.startsWith('Pull')).map(([, { Value }]) => spell(Value));
    expect(values).toEqual([`\${${queue.id}}`, `\${${queue.id}.Arn}`]);
  });

  test('keeps order behind a FIFO topic', () => {
    const fifo = ownResources(partners, 'Vans', 'AWS::SQS::Queue');
    expect(fifo.map(({ properties }) => properties.FifoQueue)).toEqual([true, true]);
  });

  test('of another team gets events, and its owner is told what its policy lacks', () => {
    const theirs = 'arn:aws:sqs:eu-west-1:444455556666:inbox';
    const rule = ownResource(partners, 'Theirs', 'AWS::Events::Rule');
    const { DeadLetterConfig: _, ...target } = targetsOf(rule)[0] ?? {};
    expect(target).toEqual({ Arn: theirs, Id: 'Queue' });
    expect(ownedStatements(partners)).toMatchObject([
      {
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: theirs,
        Condition: { ArnEquals: { 'aws:SourceArn': [`\${${rule.id}.Arn}`] } },
      },
      {
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': [arnOf(deployment, 'topic:slots')] } },
      },
    ]);
  });

  test('of another account is sent to by a role', () => {
    const env = { account: '111122223333', region: 'eu-west-1' };
    const template = synthesizeSubscribers(subscriberTopology, { env }).get('parcel-partners') ?? {};
    const role = ruleRole(template, 'Theirs');
    expect(rightsOf(policyOfRole(template, role.id))).toEqual([
      'sqs:SendMessage on arn:aws:sqs:eu-west-1:444455556666:inbox',
    ]);
    expect(targetsOf(ownResource(template, 'Theirs', 'AWS::Events::Rule'))).toMatchObject([
      { RoleArn: `\${${role.id}.Arn}` },
    ]);
    expect(ownedStatements(template)[0]).toMatchObject({ Principal: { AWS: `\${${role.id}.Arn}` } });
  });
});

function ownedStatements(template: Template): readonly unknown[] {
  const outputs = Object.entries(template.Outputs as Record<string, { Value: unknown }>);
  const [, output] = outputs.find(([id]) => id.startsWith('TheirsQueuePolicyStatements')) ?? [];
  return JSON.parse(String(spell(output?.Value)));
}
