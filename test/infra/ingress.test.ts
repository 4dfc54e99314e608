import type { HttpIngress } from '@eventloom/engine';
import { describe, expect, it } from 'vitest';
import { runDraft04 } from '../support/draft-04.ts';
import { harbour } from './harbour.ts';
import { synthesize } from './synthesize.ts';
import { type Found, parsePattern, resource, resources, rightsOf, spell, type Template } from './template.ts';

const templates = synthesize(harbour, { environment: 'dev' });
const desk: Template = templates.get('dev-harbour-desk') ?? {};
const tides: Template = templates.get('dev-harbour-tides') ?? {};
const busArn = 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/dev-harbour';

const idOf = (value: unknown) => String(spell(value)).replace(/^\$\{(\w+)(\.\w+)?\}$/, '$1');

function policyOf(template: Template, role: unknown): readonly string[] {
  const found = resource(template, 'AWS::IAM::Policy', ({ Roles }) => idOf((Roles as unknown[])[0]) === idOf(role));
  return [...rightsOf(found.properties.PolicyDocument)].sort();
}

function byPath(method: string, path: string): Found {
  const pathOf = (id: string): string => {
    const found = resources(desk, 'AWS::ApiGateway::Resource', (_, one) => one === id)[0];
    return found === undefined ? '' : `${pathOf(idOf(found.properties.ParentId))}/${found.properties.PathPart}`;
  };
  return resource(
    desk,
    'AWS::ApiGateway::Method',
    ({ HttpMethod, ResourceId }) => HttpMethod === method && pathOf(idOf(ResourceId)) === path,
  );
}

const integrationOf = ({ properties }: Found) => spell(properties.Integration) as Record<string, never>;

describe('the API of a service', () => {
  const berths = byPath('POST', '/berths/{pier}/{ship}');

  it('calls EventBridge, SNS and SQS itself, with no function between', () => {
    const uri = 'arn:${AWS::Partition}:apigateway:${AWS::Region}:';
    const calls = [berths, byPath('POST', '/ships/{ship}/alarms'), byPath('POST', '/pilots')].map((method) => {
      const { Type, Uri, PassthroughBehavior, IntegrationHttpMethod } = integrationOf(method);
      return [Type, Uri, PassthroughBehavior, IntegrationHttpMethod];
    });
    expect(calls).toEqual([
      ['AWS', `${uri}events:action/PutEvents`, 'NEVER', 'POST'],
      ['AWS', `${uri}sns:path//`, 'NEVER', 'POST'],
      ['AWS', `${uri}sqs:path/\${AWS::AccountId}/dev-pilots.fifo`, 'NEVER', 'POST'],
    ]);
  });

  it('has a role that may publish its events, and nothing else', () => {
    const { Credentials } = integrationOf(berths);
    expect(policyOf(desk, Credentials)).toEqual([
      `events:PutEvents on ${busArn} from harbour.berths as BerthAsked`,
      'sns:Publish on arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:dev-alarms',
      'sqs:SendMessage on arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:dev-pilots.fifo',
    ]);
  });

  it('asks each caller as its operation says', () => {
    const kinds = [
      berths,
      byPath('PUT', '/berths/{pier}'),
      byPath('POST', '/ships/{ship}/alarms'),
      byPath('POST', '/pilots'),
    ].map(({ properties }) => [properties.AuthorizationType, properties.ApiKeyRequired ?? false]);
    expect(kinds).toEqual([
      ['CUSTOM', false],
      ['CUSTOM', false],
      ['NONE', true],
      ['AWS_IAM', false],
    ]);
    const authorizer = resource(
      desk,
      'AWS::ApiGateway::Authorizer',
      (_, id) => id === idOf(berths.properties.AuthorizerId),
    );
    const handler = resource(desk, 'AWS::Lambda::Function', ({ Handler }) => Handler === 'desk/jwt-authorizer.handler');
    expect(JSON.stringify(authorizer.properties.AuthorizerUri)).toContain(handler.id);
    const { Variables } = handler.properties.Environment as { Variables: Record<string, string> };
    expect(JSON.parse(Variables.EVENTLOOM_JWT_AUTHORIZER ?? '')).toEqual({
      issuer: 'https://login.harbour.example',
      audience: ['desk'],
      routes: [{ method: 'POST', path: '/berths/{pier}/{ship}', scopes: ['berths'] }],
    });
    expect(resources(desk, 'AWS::ApiGateway::UsagePlanKey')).toHaveLength(1);
  });

  it('validates bodies by models of letters and digits, and says why it refuses one', () => {
    const { RequestModels, RequestValidatorId, RequestParameters } = berths.properties;
    const model = resource(
      desk,
      'AWS::ApiGateway::Model',
      (_, id) => id === idOf((RequestModels as Record<string, unknown>)['application/json']),
    );
    expect(model.properties.Name).toMatch(/^[A-Za-z0-9]+$/);
    const accepts = runDraft04(parsePattern(model.properties.Schema));
    const bodies = [
      { length: 1 },
      { length: 0 },
      { length: 1, pier: 'north' },
      { length: 1, trace: 7 },
      { length: 1, other: null },
      [],
    ];
    expect(bodies.map((body) => accepts(body))).toEqual([true, false, false, false, true, false]);
    const validator = resource(desk, 'AWS::ApiGateway::RequestValidator', (_, id) => id === idOf(RequestValidatorId));
    expect(validator.properties).toMatchObject({ ValidateRequestBody: true, ValidateRequestParameters: true });
    expect(RequestParameters).toEqual({ 'method.request.path.pier': true, 'method.request.path.ship': true });
    const response = resource(desk, 'AWS::ApiGateway::GatewayResponse');
    expect(response.properties).toMatchObject({
      ResponseType: 'BAD_REQUEST_BODY',
      ResponseParameters: { 'gatewayresponse.header.Content-Type': "'text/plain'" },
      ResponseTemplates: { 'application/json': '$context.error.message: $context.error.validationErrorString' },
    });
  });

  it('answers 202, 400 and 500, and has no other answer', () => {
    const { IntegrationResponses } = integrationOf(berths) as unknown as {
      IntegrationResponses: Record<string, string>[];
    };
    expect(IntegrationResponses.map(({ StatusCode, SelectionPattern }) => [StatusCode, SelectionPattern])).toEqual([
      ['202', undefined],
      ['400', '4\\d{2}'],
      ['500', '5\\d{2}'],
    ]);
    const methods = resources(desk, 'AWS::ApiGateway::Method');
    expect(methods.map(({ properties }) => properties.HttpMethod)).not.toContain('OPTIONS');
  });

  it('is logged, traced, counted and throttled', () => {
    const { properties } = resource(desk, 'AWS::ApiGateway::Stage');
    const settings = properties.MethodSettings as Record<string, unknown>[];
    expect(properties.TracingEnabled).toBe(true);
    expect(
      settings.every(({ MetricsEnabled, LoggingLevel }) => MetricsEnabled === true && LoggingLevel === 'ERROR'),
    ).toBe(true);
    expect(settings[1]).toMatchObject({
      HttpMethod: 'POST',
      ResourcePath: '/~1berths~1{pier}~1{ship}',
      ThrottlingRateLimit: 20,
      ThrottlingBurstLimit: 40,
    });
    const log = resource(desk, 'AWS::Logs::LogGroup', (_, id) =>
      JSON.stringify(properties.AccessLogSetting).includes(id),
    );
    expect(log.properties.RetentionInDays).toBe(30);
  });
});

describe('a schedule', () => {
  const scheduleOf = (operation: string) =>
    resource(tides, 'AWS::Scheduler::Schedule', (_, id) => id.startsWith(operation));
  const targetOf = ({ properties }: Found) => spell(properties.Target) as Record<string, never>;

  it('puts events on a bus at its time', () => {
    const schedule = scheduleOf('TellTide');
    expect(schedule.properties).toMatchObject({
      ScheduleExpression: 'rate(6 hours)',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 10 },
      Description: 'Twice a day.',
    });
    expect(targetOf(schedule)).toMatchObject({
      Arn: busArn,
      EventBridgeParameters: { DetailType: 'TideTold', Source: 'harbour.tides' },
      Input: '{"at":"<aws.scheduler.scheduled-time>","height":1.5}',
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
    });
  });

  it('sends messages with all attributes to a topic, and with their group to a FIFO queue', () => {
    const alarm = targetOf(scheduleOf('TestAlarm'));
    expect(scheduleOf('TestAlarm').properties.ScheduleExpressionTimezone).toBe('Europe/Berlin');
    expect(alarm.Arn).toBe('arn:${AWS::Partition}:scheduler:::aws-sdk:sns:publish');
    expect(JSON.parse(alarm.Input ?? '')).toEqual({
      TopicArn: 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:dev-alarms',
      Message: '{"crew":0,"need":"fire","ship":"TEST"}',
      MessageAttributes: {
        type: { DataType: 'String', StringValue: 'ShipInNeed' },
        id: { DataType: 'String', StringValue: '<aws.scheduler.execution-id>' },
        time: { DataType: 'String', StringValue: '<aws.scheduler.scheduled-time>' },
        ship: { DataType: 'String', StringValue: 'TEST' },
        crew: { DataType: 'Number', StringValue: '0' },
      },
    });
    const pilot = targetOf(scheduleOf('OrderPilot'));
    expect(pilot.Arn).toBe('arn:${AWS::Partition}:scheduler:::aws-sdk:sqs:sendMessage');
    expect(JSON.parse(pilot.Input ?? '')).toMatchObject({
      QueueUrl: 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/dev-pilots.fifo',
      MessageGroupId: 'FERRY',
      MessageDeduplicationId: '<aws.scheduler.execution-id>',
    });
  });

  it('may publish its event and put it aside, and nothing else', () => {
    for (const operation of ['TellTide', 'TestAlarm', 'OrderPilot']) {
      const target = targetOf(scheduleOf(operation));
      const [first, second, ...more] = policyOf(tides, target.RoleArn);
      const { Arn } = target.DeadLetterConfig as unknown as { Arn: string };
      const rights = [first, second];
      expect([rights.includes(`sqs:SendMessage on ${Arn}`), more]).toEqual([true, []]);
      expect(rights.filter((right) => /dev-(harbour|alarms|pilots)/.test(right ?? ''))).toHaveLength(1);
    }
  });
});

describe('a pipe', () => {
  const pipeOf = (operation: string) => {
    const { properties } = resource(tides, 'AWS::Pipes::Pipe', (_, id) => id.startsWith(operation));
    return spell(properties) as Record<string, never>;
  };
  const target = { Target: busArn, LogConfiguration: { Level: 'ERROR' } };

  it('makes events of the messages of a queue, which has a dead-letter queue', () => {
    const pipe = pipeOf('ImportTides');
    const queue = resource(tides, 'AWS::SQS::Queue', (_, id) => id === idOf(pipe.Source));
    expect(queue.properties).toMatchObject({ RedrivePolicy: { maxReceiveCount: 7 } });
    expect(pipe).toMatchObject({
      ...target,
      SourceParameters: { SqsQueueParameters: { BatchSize: 5 } },
      TargetParameters: {
        InputTemplate: '<$.body>',
        EventBridgeEventBusParameters: { DetailType: 'TideTold', Source: 'harbour.tides' },
      },
    });
    expect(policyOf(tides, pipe.RoleArn)).toEqual([
      `events:PutEvents on ${busArn} from harbour.tides as TideTold`,
      ...['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map((action) => `sqs:${action} on ${pipe.Source}`),
    ]);
  });

  it('makes events of the new items of a table, and tells of those that it cannot', () => {
    const pipe = pipeOf('RecordTides');
    expect(pipe).toMatchObject({
      ...target,
      SourceParameters: {
        DynamoDBStreamParameters: { StartingPosition: 'TRIM_HORIZON', OnPartialBatchItemFailure: 'AUTOMATIC_BISECT' },
      },
      TargetParameters: { InputTemplate: '<$.dynamodb.NewImage.tide.S>' },
    });
    const parameters = pipe.SourceParameters as unknown as {
      DynamoDBStreamParameters: { DeadLetterConfig: { Arn: string } };
      FilterCriteria: { Filters: { Pattern: string }[] };
    };
    expect(parameters.FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      { eventName: ['INSERT'], dynamodb: { NewImage: { tide: { S: [{ exists: true }] } } } },
    ]);
    expect(policyOf(tides, pipe.RoleArn)).toEqual([
      ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
        (action) => `dynamodb:${action} on ${pipe.Source}`,
      ),
      `events:PutEvents on ${busArn} from harbour.tides as TideTold`,
      `sqs:SendMessage on ${parameters.DynamoDBStreamParameters.DeadLetterConfig.Arn}`,
    ]);
  });
});

describe('logical ids', () => {
  it('come from keys and paths, so that the order of a spec changes nothing', () => {
    const reversed = synthesize(
      { ...harbour, ingresses: [...(harbour.ingresses ?? [])].reverse() },
      { environment: 'dev' },
    );
    expect(reversed).toEqual(templates);
  });

  it('are there for hostile schemas too, whose models are text where CloudFormation would read them', () => {
    const [first] = (harbour.ingresses ?? []).filter((one): one is HttpIngress => one.kind === 'http');
    if (first === undefined) throw new Error('no HTTP ingress');
    const body = { type: 'object', properties: { Ref: { enum: [null, '{{resolve:ssm:x}}'] } } };
    const found = synthesize({ ...harbour, ingresses: [{ ...first, body }] }).get('harbour-desk') ?? {};
    const { Schema } = resource(found, 'AWS::ApiGateway::Model').properties;
    expect(typeof Schema).toBe('string');
    expect(Schema).not.toContain('{{');
    expect(JSON.parse(String(Schema))).toEqual(body);
  });
});
