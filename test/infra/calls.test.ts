import { EventloomSystem } from '@eventloom/cdk';
import type { Consumer, FunctionDelivery, Topology } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { arn } from './expected.ts';
import { makeApp, propsFor, templatesOf } from './synthesize.ts';
import { resource, rightsOf, spell } from './template.ts';

const delivery: FunctionDelivery = {
  type: 'function',
  timeoutSeconds: 5,
  memoryMb: 256,
  onInvalid: 'deadLetter',
  retryAttempts: 2,
  maxEventAgeSeconds: 3600,
};

function consumer(service: string, name: string, rest: Partial<Consumer> = {}): Consumer {
  const constructId = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    key: `${service}/${name}`,
    service,
    consumer: name,
    constructId,
    description: null,
    handler: `${service}/${name}`,
    routes: [
      {
        kind: 'eventbridge',
        operation: name,
        constructId,
        events: [{ name: 'Asked', source: 'a.b' }],
        bus: 'bus:main',
        eventPattern: { source: ['a.b'] },
      },
    ],
    delivery,
    emits: [],
    idempotency: null,
    ...rest,
  };
}

const calls = [{ consumer: 'carriers/quote', environmentVariable: 'EVENTLOOM_FUNCTION_CARRIERS__QUOTE' }];
const topology: Topology = {
  system: 'parcel',
  destinations: [
    {
      kind: 'bus',
      key: 'bus:main',
      constructId: 'Main',
      name: 'main',
      environmentVariable: 'BUS',
      description: null,
      archive: null,
    },
  ],
  services: [
    { name: 'carriers', constructId: 'Carriers', publishes: [] },
    { name: 'counter', constructId: 'Counter', publishes: [], calls },
    { name: 'web', constructId: 'Web', publishes: [], calls },
  ],
  consumers: [consumer('carriers', 'quote', { callers: ['counter', 'web'] }), consumer('counter', 'serve')],
};

describe('a function with callers', () => {
  const app = makeApp();
  const system = new EventloomSystem(app, 'Parcel', propsFor(topology, { environment: 'dev' }));
  const role = new Role(new Stack(app, 'Elsewhere'), 'Site', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  system.service('web').grantCalls(role);
  const variables = system.core.resolve(system.service('web').callsEnvironment());
  const templates = templatesOf(app);
  const right = `lambda:InvokeFunction on ${arn('lambda', 'function:dev-parcel-carriers-Quote')}`;

  test('has a name by which callers in other stacks find it, and others have none', () => {
    const named = (stack: string) =>
      resource(templates.get(stack) ?? {}, 'AWS::Lambda::Function').properties.FunctionName;
    expect(named('dev-parcel-carriers')).toBe('dev-parcel-carriers-Quote');
    expect(named('dev-parcel-counter')).toBeUndefined();
  });

  test('may be called by the functions of the consumers of its callers, which know its name', () => {
    const counter = templates.get('dev-parcel-counter') ?? {};
    expect(rightsOf(resource(counter, 'AWS::IAM::Policy').properties.PolicyDocument)).toContain(right);
    const { Environment } = spell(resource(counter, 'AWS::Lambda::Function').properties) as {
      Environment: { Variables: Record<string, string> };
    };
    expect(Environment.Variables).toMatchObject({ EVENTLOOM_FUNCTION_CARRIERS__QUOTE: 'dev-parcel-carriers-Quote' });
    const carriers = templates.get('dev-parcel-carriers') ?? {};
    expect([...rightsOf(resource(carriers, 'AWS::IAM::Policy').properties.PolicyDocument)].join()).not.toContain(
      'Invoke',
    );
  });

  test('may be called by what else belongs to a caller, once that is granted', () => {
    const policy = resource(templates.get('Elsewhere') ?? {}, 'AWS::IAM::Policy');
    expect([...rightsOf(policy.properties.PolicyDocument)]).toEqual([right]);
    expect(variables).toEqual({ EVENTLOOM_FUNCTION_CARRIERS__QUOTE: 'dev-parcel-carriers-Quote' });
  });
});
