import { type Consumer, limits, type SqsRoute } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { type ConsumerView, viewOf } from './consumer-view.ts';
import {
  arn,
  arnOf,
  claimBucketOf,
  claimVariables,
  type Deployment,
  deadLettersOf,
  nameOf,
  publishRights,
  queueUrl,
  remembers,
  variablesFor,
} from './expected.ts';
import {
  type Found,
  parsePattern,
  resource,
  resources,
  rightsOf,
  spell,
  statements,
  type Templates,
} from './template.ts';

/** Tests that the templates hold exactly the resources of one consumer, each as the topology says. */
export function describeConsumer(consumer: Consumer, deployment: Deployment, templates: Templates): void {
  describe(`consumer ${consumer.key}`, () => {
    const view = viewOf(consumer, deployment, templates);
    testRules(consumer, deployment, view);
    testSubscriptions(consumer, deployment, view);
    testQueues(consumer, deployment, view);
    testMappings(consumer, deployment, view);
    testFunction(consumer, deployment, view);
    testInvocation(consumer, deployment, view);
    testRights(consumer, deployment, view);
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

function testFunction(consumer: Consumer, deployment: Deployment, view: ConsumerView): void {
  const { delivery, emits, claims } = consumer;
  test('has a function on nodejs24.x and arm64 with tracing, its log group and its variables', () => {
    const logGroup = resource(
      view.template,
      'AWS::Logs::LogGroup',
      (_, id) => JSON.stringify(spell(view.lambda.properties.LoggingConfig)) === `{"LogGroup":"\${${id}}"}`,
    );
    expect(logGroup.properties.RetentionInDays).toBeGreaterThan(0);
    expect(spell(view.lambda.properties)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: delivery.timeoutSeconds,
      MemorySize: delivery.memoryMb,
      TracingConfig: { Mode: 'Active' },
    });
    const { Variables } = spell(view.lambda.properties.Environment) as { readonly Variables: unknown };
    expect(Variables).toEqual({
      EVENTLOOM_DEAD_LETTER_QUEUE_URL: view.deadLetterUrl,
      ...(delivery.type === 'queue' ? { EVENTLOOM_QUEUE_URL: firstQueueUrl(consumer, deployment, view) } : {}),
      ...(remembers(consumer) ? { EVENTLOOM_TABLE_NAME: `\${${serviceTable(view).id}}` } : {}),
      ...(claims === true ? claimVariables(deployment) : {}),
      ...variablesFor(deployment, emits),
    });
  });
}

/** The consumer's own queue, or that of the only channel that it reads. */
function firstQueueUrl({ routes: [route] }: Consumer, deployment: Deployment, view: ConsumerView): string {
  if (view.queue !== undefined || route?.kind !== 'sqs') return `\${${view.queue?.id}}`;
  return queueUrl(nameOf(deployment, route.queue));
}

function serviceTable(view: ConsumerView): Found {
  return resource(view.template, 'AWS::DynamoDB::Table', ({ TableName }) => TableName === undefined);
}

function testInvocation({ delivery }: Consumer, _deployment: Deployment, view: ConsumerView): void {
  test('may be invoked directly by its rules and topics only, and then keeps what fails', () => {
    const invokers = resources(
      view.template,
      'AWS::Lambda::Permission',
      ({ FunctionName }) => spell(FunctionName) === `\${${view.lambda.id}.Arn}`,
    ).map(({ properties: { Action, Principal, SourceArn } }) => `${Principal} ${Action} ${spell(SourceArn)}`);
    const configs = resources(
      view.template,
      'AWS::Lambda::EventInvokeConfig',
      ({ FunctionName }) => spell(FunctionName) === `\${${view.lambda.id}}`,
    ).map(({ properties }) => spell(properties));
    if (delivery.type === 'queue') {
      expect([invokers, configs]).toEqual([[], []]);
      return;
    }
    expect([...invokers].sort()).toEqual(
      [
        ...view.rules.map(({ id }) => `events.amazonaws.com lambda:InvokeFunction \${${id}.Arn}`),
        ...view.subscriptions.map(
          ({ properties }) => `sns.amazonaws.com lambda:InvokeFunction ${spell(properties.TopicArn)}`,
        ),
      ].sort(),
    );
    expect(configs).toEqual([
      {
        FunctionName: `\${${view.lambda.id}}`,
        Qualifier: '$LATEST',
        MaximumRetryAttempts: delivery.retryAttempts,
        MaximumEventAgeInSeconds: delivery.maxEventAgeSeconds,
        DestinationConfig: { OnFailure: { Destination: `\${${view.deadLetterQueue?.id}.Arn}` } },
      },
    ]);
  });
}

function testRights(consumer: Consumer, deployment: Deployment, view: ConsumerView): void {
  const { emits, routes, claims } = consumer;
  test('has a role that may do what the topology declares and nothing else', () => {
    const logGroup = resource(view.template, 'AWS::Logs::LogGroup', (_, id) =>
      JSON.stringify(spell(view.lambda.properties.LoggingConfig)).includes(`{${id}}`),
    );
    const route = routes[0];
    const deadLetters =
      view.deadLetterQueue === undefined && route?.kind === 'sqs'
        ? arn('sqs', deadLettersOf(deployment, route.queue))
        : `\${${view.deadLetterQueue?.id}.Arn}`;
    const wanted = [
      `logs:CreateLogStream on \${${logGroup.id}.Arn}`,
      `logs:PutLogEvents on \${${logGroup.id}.Arn}`,
      `sqs:SendMessage on ${deadLetters}`,
      'xray:PutTelemetryRecords on *',
      'xray:PutTraceSegments on *',
      ...view.mappings.flatMap(({ properties: { EventSourceArn } }) =>
        ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
          (action) => `sqs:${action} on ${spell(EventSourceArn)}`,
        ),
      ),
      ...(remembers(consumer)
        ? ['Delete', 'Get', 'Put', 'Update'].map((verb) => `dynamodb:${verb}Item on \${${serviceTable(view).id}.Arn}`)
        : []),
      ...(claims === true ? [`s3:GetObject on arn:\${AWS::Partition}:s3:::${claimBucketOf(deployment)}/*`] : []),
      ...publishRights(deployment, emits),
    ];
    expect([...rightsOf(view.rolePolicy.properties.PolicyDocument)].sort()).toEqual(wanted.sort());
  });
}

function sorted<Item>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}
