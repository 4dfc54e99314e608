import { limits, type Outbox } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { templateOf } from './consumer-view.ts';
import { type Deployment, outboxOf, publishRights, stackNameOf, variablesFor } from './expected.ts';
import { type Found, resource, rightsOf, spell, type Template, type Templates } from './template.ts';

/** Tests that the templates hold exactly the relay of an outbox, as the topology says. */
export function describeOutbox(service: string, outbox: Outbox, deployment: Deployment, templates: Templates): void {
  describe(`outbox of ${service}`, () => {
    const view = viewOf(service, outbox, deployment, templates);
    testMapping(outbox, view);
    testFunction(outbox, deployment, view);
    testRights(outbox, deployment, view);
  });
}

interface OutboxView {
  readonly template: Template;
  readonly table: Found;
  readonly lambda: Found;
  readonly mapping: Found;
  /** Id of the dead-letter queue, from the function's variables. */
  readonly deadLetters: string;
}

function viewOf(service: string, outbox: Outbox, deployment: Deployment, templates: Templates): OutboxView {
  const template = templateOf(templates, stackNameOf(deployment, service));
  const table = resource(
    template,
    'AWS::DynamoDB::Table',
    ({ TableName }) => TableName === outboxOf(deployment, service),
  );
  const lambda = resource(template, 'AWS::Lambda::Function', ({ Handler }) => Handler === `${outbox.handler}.handler`);
  const mapping = resource(
    template,
    'AWS::Lambda::EventSourceMapping',
    ({ FunctionName }) => spell(FunctionName) === `\${${lambda.id}}`,
  );
  const { Variables } = spell(lambda.properties.Environment) as { readonly Variables: Record<string, string> };
  const [, deadLetters = ''] = /^\$\{(\w+)\}$/.exec(Variables.EVENTLOOM_DEAD_LETTER_QUEUE_URL ?? '') ?? [];
  return { template, table, lambda, mapping, deadLetters };
}

function testMapping(outbox: Outbox, { table, mapping, deadLetters, template }: OutboxView): void {
  test('has a relay on the stream of its table that loses no record in silence', () => {
    const { FilterCriteria, FunctionName, Tags, ...properties } = mapping.properties;
    expect(spell(properties)).toEqual({
      EventSourceArn: `\${${table.id}.StreamArn}`,
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: outbox.batchSize,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: false,
      // Retries without end, and is told before the stream forgets.
      MaximumRecordAgeInSeconds: outbox.maxRecordAgeSeconds,
      DestinationConfig: { OnFailure: { Destination: `\${${deadLetters}.Arn}` } },
    });
    expect(outbox.maxRecordAgeSeconds).toBeLessThan(limits.streamRecordAgeSeconds.value);
    const { Filters } = FilterCriteria as { readonly Filters: { readonly Pattern: string }[] };
    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      { eventName: ['INSERT'] },
      { eventName: ['MODIFY'], dynamodb: { NewImage: { failed: { S: [{ exists: false }] } } } },
    ]);
    const queue = resource(template, 'AWS::SQS::Queue', (_, id) => id === deadLetters);
    expect(queue.properties.MessageRetentionPeriod).toBe(limits.retentionSecondsMaximum.value);
  });
}

function testFunction(outbox: Outbox, deployment: Deployment, { table, lambda, deadLetters }: OutboxView): void {
  test('has a function that finds table, dead-letter queue and the destinations of its events', () => {
    expect(spell(lambda.properties)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: outbox.timeoutSeconds,
      MemorySize: outbox.memoryMb,
      TracingConfig: { Mode: 'Active' },
      Environment: {
        Variables: {
          EVENTLOOM_OUTBOX_TABLE_NAME: `\${${table.id}}`,
          EVENTLOOM_DEAD_LETTER_QUEUE_URL: `\${${deadLetters}}`,
          ...variablesFor(deployment, outbox.publishes),
        },
      },
    });
  });
}

function testRights(outbox: Outbox, deployment: Deployment, view: OutboxView): void {
  test('has a role that may relay what the outbox holds and nothing else', () => {
    const { template, lambda, table, deadLetters } = view;
    const logGroup = resource(
      template,
      'AWS::Logs::LogGroup',
      (_, id) => JSON.stringify(spell(lambda.properties.LoggingConfig)) === `{"LogGroup":"\${${id}}"}`,
    );
    const policy = resource(template, 'AWS::IAM::Policy', ({ Roles }) =>
      JSON.stringify(spell(lambda.properties.Role)).includes((spell(Roles) as string[])[0]?.slice(2, -1) ?? '?'),
    );
    expect([...rightsOf(policy.properties.PolicyDocument)].sort()).toEqual(
      [
        `logs:CreateLogStream on \${${logGroup.id}.Arn}`,
        `logs:PutLogEvents on \${${logGroup.id}.Arn}`,
        'xray:PutTelemetryRecords on *',
        'xray:PutTraceSegments on *',
        ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
          (action) => `dynamodb:${action} on \${${table.id}.StreamArn}`,
        ),
        `dynamodb:DeleteItem on \${${table.id}.Arn}`,
        `dynamodb:UpdateItem on \${${table.id}.Arn}`,
        `sqs:SendMessage on \${${deadLetters}.Arn}`,
        ...publishRights(deployment, outbox.publishes),
      ].sort(),
    );
  });
}
