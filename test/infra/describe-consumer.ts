import { type Consumer, limits, type SqsRoute } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { type ConsumerView, viewOf } from './consumer-view.ts';
import { testFunction } from './describe-function.ts';
import { arnOf, type Deployment, deadLettersOf, nameOf, queueUrl } from './expected.ts';
import { parsePattern, resource, spell, statements, type Templates } from './template.ts';

/** Tests that the templates hold exactly the resources of one consumer, each as the topology says. */
export function describeConsumer(consumer: Consumer, deployment: Deployment, templates: Templates): void {
  describe(`consumer ${consumer.key}`, () => {
    const view = viewOf(consumer, deployment, templates);
    testRules(consumer, deployment, view);
    testSubscriptions(consumer, deployment, view);
    testQueues(consumer, deployment, view);
    testMappings(consumer, deployment, view);
    testFunction(consumer, deployment, view);
  });
}

function testRules({ routes }: Consumer, deployment: Deployment, view: ConsumerView): void {
  test('has one rule per route from a bus, with its pattern, one target and a dead-letter queue', () => {
    const wanted = routes.flatMap((route) =>
      route.kind === 'eventbridge'
        ? [
            {
              bus: nameOf(deployment, route.bus),
              pattern: route.eventPattern,
              targets: [[view.target, `\${${view.deadLetterQueue?.id}.Arn}`]],
            },
          ]
        : [],
    );
    const found = view.rules.map(({ properties: { EventBusName, EventPattern, Targets } }) => ({
      bus: spell(EventBusName),
      pattern: parsePattern(EventPattern),
      targets: (spell(Targets) as { Arn: string; DeadLetterConfig: { Arn: string } }[]).map((target) => [
        target.Arn,
        target.DeadLetterConfig.Arn,
      ]),
    }));
    expect(sorted(found)).toEqual(sorted(wanted));
  });
}

function testSubscriptions({ routes, delivery }: Consumer, deployment: Deployment, view: ConsumerView): void {
  test('has one subscription per route from a topic, with its policy and scope and a dead-letter queue', () => {
    const wanted = routes.flatMap((route) =>
      route.kind === 'eventbridge-sns' || route.kind === 'sns'
        ? [
            {
              topic: arnOf(deployment, route.topic),
              policy: route.filterPolicy ?? undefined,
              scope: route.filterPolicyScope,
              protocol: delivery.type === 'queue' ? 'sqs' : 'lambda',
              raw: delivery.type === 'queue' ? true : undefined,
              redrive: { deadLetterTargetArn: `\${${view.deadLetterQueue?.id}.Arn}` },
            },
          ]
        : [],
    );
    const found = view.subscriptions.map(({ properties }) => ({
      topic: spell(properties.TopicArn),
      policy: parsePattern(properties.FilterPolicy),
      scope: properties.FilterPolicyScope,
      protocol: properties.Protocol,
      raw: properties.RawMessageDelivery,
      redrive: spell(properties.RedrivePolicy),
    }));
    expect(sorted(found)).toEqual(sorted(wanted));
  });
}

function testQueues({ routes, delivery }: Consumer, deployment: Deployment, view: ConsumerView): void {
  const readsOneChannelOnly = routes.length === 1 && routes[0]?.kind === 'sqs';

  test('has a queue that redrives to its dead-letter queue, if it needs one of its own', () => {
    const needsQueue = delivery.type === 'queue' && routes.some(({ kind }) => kind !== 'sqs');
    expect(view.queue !== undefined).toBe(needsQueue);
    if (view.queue === undefined || delivery.type !== 'queue') return;
    expect(spell(view.queue.properties)).toMatchObject({
      VisibilityTimeout: delivery.visibilityTimeoutSeconds,
      RedrivePolicy: {
        deadLetterTargetArn: `\${${view.deadLetterQueue?.id}.Arn}`,
        maxReceiveCount: delivery.maxReceiveCount,
      },
    });
    expect(view.queue.properties.FifoQueue ?? false).toBe(delivery.fifo);
  });

  test('has a dead-letter queue that keeps messages for 14 days', () => {
    const route = routes[0];
    if (readsOneChannelOnly && route?.kind === 'sqs') {
      expect(view.deadLetterUrl).toBe(queueUrl(deadLettersOf(deployment, route.queue)));
      return;
    }
    expect(view.deadLetterQueue?.properties.MessageRetentionPeriod).toBe(limits.retentionSecondsMaximum.value);
    expect(view.deadLetterQueue?.properties.FifoQueue ?? false).toBe(delivery.type === 'queue' && delivery.fifo);
  });

  test('lets its rules and topics send to its queues, and nobody else', () => {
    const senders = [
      ...sendersOf(
        'events',
        view.rules.map(({ id }) => `\${${id}.Arn}`),
      ),
      ...sendersOf(
        'sns',
        view.subscriptions.map(({ properties }) => String(spell(properties.TopicArn))),
      ),
    ];
    for (const queue of [view.queue, view.deadLetterQueue]) {
      if (queue === undefined) continue;
      const policy = resource(
        view.template,
        'AWS::SQS::QueuePolicy',
        ({ Queues }) => JSON.stringify(spell(Queues)) === `["\${${queue.id}}"]`,
      );
      const allowed = statements(policy.properties.PolicyDocument).filter(({ Effect }) => Effect === 'Allow');
      const found = allowed.map(({ Action, Resource, Principal, Condition }) => {
        expect(Action).toEqual(['sqs:SendMessage']);
        expect(Resource).toEqual([`\${${queue.id}.Arn}`]);
        return { Principal, Condition };
      });
      expect(found.map(sortSources)).toEqual(senders.map(sortSources));
    }
  });
}

interface Sender {
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

function sendersOf(service: string, sources: readonly string[]): readonly Sender[] {
  if (sources.length === 0) return [];
  return [
    {
      Principal: { Service: `${service}.amazonaws.com` },
      Condition: { ArnEquals: { 'aws:SourceArn': [...new Set(sources)] } },
    },
  ];
}

function sortSources({ Principal, Condition }: Sender): unknown {
  const { ArnEquals, ...others } = Condition as { ArnEquals: { 'aws:SourceArn': string[] } };
  return { Principal, others, sources: [...ArnEquals['aws:SourceArn']].sort() };
}

function testMappings({ routes, delivery }: Consumer, deployment: Deployment, view: ConsumerView): void {
  test('has one event source mapping per queue it reads, which reports batch item failures', () => {
    const channels = routes.filter((route): route is SqsRoute => route.kind === 'sqs');
    const wanted = [
      ...(view.queue === undefined ? [] : [{ source: `\${${view.queue.id}.Arn}`, filters: undefined }]),
      ...channels.map(({ queue, mappingFilter }) => ({
        source: arnOf(deployment, queue),
        filters: mappingFilter === null ? undefined : [mappingFilter],
      })),
    ];
    const found = view.mappings.map(({ properties: { EventSourceArn, FilterCriteria } }) => ({
      source: spell(EventSourceArn),
      filters: filtersOf(FilterCriteria),
    }));
    expect(sorted(found)).toEqual(sorted(wanted));
    for (const { properties } of view.mappings) {
      if (delivery.type !== 'queue') continue;
      expect(properties).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BatchSize: delivery.batchSize,
      });
      expect(properties.MaximumBatchingWindowInSeconds ?? 0).toBe(delivery.batchingWindowSeconds);
      expect(properties.ScalingConfig).toEqual(
        delivery.maxConcurrency === null ? undefined : { MaximumConcurrency: delivery.maxConcurrency },
      );
    }
  });
}

function filtersOf(criteria: unknown): unknown {
  const filters = (criteria as { readonly Filters: { readonly Pattern: string }[] } | undefined)?.Filters;
  return filters?.map(({ Pattern }) => JSON.parse(Pattern));
}

function sorted<Item>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}
