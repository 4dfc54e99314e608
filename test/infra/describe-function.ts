import type { Consumer } from '@eventloom/engine';
import { expect, test } from 'vitest';
import type { ConsumerView } from './consumer-view.ts';
import {
  arn,
  claimVariables,
  type Deployment,
  deadLettersOf,
  nameOf,
  publishRights,
  queueUrl,
  remembers,
  restoreRights,
  tableRights,
  variablesFor,
} from './expected.ts';
import { type Found, resource, resources, rightsOf, spell } from './template.ts';

/** Tests that the function of one consumer is as the topology says: variables, who invokes it, what its role may do. */
export function testFunction(consumer: Consumer, deployment: Deployment, view: ConsumerView): void {
  testSettings(consumer, deployment, view);
  testInvocation(consumer, view);
  testRights(consumer, deployment, view);
}

function testSettings(consumer: Consumer, deployment: Deployment, view: ConsumerView): void {
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
  return resource(view.template, 'AWS::DynamoDB::Table', ({ TableName }) => /-memory$/.test(String(TableName)));
}

function testInvocation({ delivery }: Consumer, view: ConsumerView): void {
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
      ...(remembers(consumer) ? tableRights(consumer, `\${${serviceTable(view).id}.Arn}`) : []),
      ...(claims === true ? restoreRights(deployment, consumer) : []),
      ...publishRights(deployment, emits),
    ];
    expect([...rightsOf(view.rolePolicy.properties.PolicyDocument)].sort()).toEqual(wanted.sort());
  });
}
