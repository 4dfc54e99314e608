import { EventloomSystem } from '@eventloom/cdk';
import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { arn, publishRights, variablesFor, verifyRights } from './expected.ts';
import { parcelTopology } from './parcel-topology.ts';
import { makeApp, propsFor, templatesOf } from './synthesize.ts';
import { resource, rightsOf, spell } from './template.ts';

describe("a service's own functions", () => {
  const deployment = { topology: parcelTopology, environment: 'dev' };
  const counter = parcelTopology.services.find(({ name }) => name === 'counter');
  if (counter === undefined) throw new Error('no service counter');

  test('get the right to publish what its send operations publish and to ask for the destinations, and no other', () => {
    const app = makeApp();
    const system = new EventloomSystem(app, 'Parcel', propsFor(parcelTopology, { environment: 'dev' }));
    const elsewhere = new Stack(app, 'Elsewhere');
    const role = new Role(elsewhere, 'Api', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const grant = system.service('counter').grantPublish(role);
    expect(grant.success).toBe(true);
    const template = templatesOf(app).get('Elsewhere') ?? {};
    const policy = resource(template, 'AWS::IAM::Policy');
    expect([...rightsOf(policy.properties.PolicyDocument)].sort()).toEqual(
      [...publishRights(deployment, counter.publishes), ...verifyRights(deployment, counter.publishes)].sort(),
    );
    expect(JSON.stringify(template)).not.toContain('ImportValue');
  });

  test('get the variables its publisher reads', () => {
    const system = new EventloomSystem(makeApp(), 'Parcel', propsFor(parcelTopology, { environment: 'dev' }));
    const variables = system.service('counter').publishEnvironment();
    expect(spell(system.core.resolve(variables))).toEqual(variablesFor(deployment, counter.publishes));
  });

  test('may write to the outbox of their service, also where it has no consumers', () => {
    const app = makeApp();
    const system = new EventloomSystem(app, 'Parcel', propsFor(parcelTopology, { environment: 'dev' }));
    const role = new Role(new Stack(app, 'Elsewhere'), 'Api', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    system.service('webshop').grantPublish(role);
    expect(system.core.resolve(system.service('webshop').publishEnvironment())).toMatchObject({
      EVENTLOOM_OUTBOX_TABLE_NAME: 'dev-parcel-webshop-outbox',
    });
    const policy = resource(templatesOf(app).get('Elsewhere') ?? {}, 'AWS::IAM::Policy');
    expect(rightsOf(policy.properties.PolicyDocument)).toContain(
      `dynamodb:PutItem on ${arn('dynamodb', 'table/dev-parcel-webshop-outbox')}`,
    );
  });

  test('get neither when the service publishes nothing', () => {
    const app = makeApp();
    const system = new EventloomSystem(app, 'Parcel', propsFor(parcelTopology));
    const role = new Role(new Stack(app, 'Elsewhere'), 'Api', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    system.service('labels').grantPublish(role);
    expect(system.service('labels').publishEnvironment()).toEqual({});
    expect(JSON.stringify(templatesOf(app).get('Elsewhere'))).not.toContain('PutEvents');
  });

  test('are held to a source that IAM would read as a variable', () => {
    const dollar = '$'.concat('{');
    const address = { name: 'Odd', source: `odd.${dollar}aws:username}`, destination: 'bus:parcel' };
    const services = [{ name: 'odd', constructId: 'Odd', publishes: [address] }];
    const topology = { ...parcelTopology, services, consumers: [] };
    const app = makeApp();
    const system = new EventloomSystem(app, 'Parcel', propsFor(topology));
    const role = new Role(new Stack(app, 'Elsewhere'), 'Api', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    system.service('odd').grantPublish(role);
    const policy = resource(templatesOf(app).get('Elsewhere') ?? {}, 'AWS::IAM::Policy');
    expect(JSON.stringify(policy)).toContain(`"events:source":"odd.${dollar}$}{aws:username}"`);
  });
});
