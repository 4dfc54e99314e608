import { EventloomSystem } from '@eventloom/cdk';
import type { Topology } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { expect, test } from 'vitest';
import { makeProject } from '../support/project.ts';
import { type FunctionView, functionView, viewOf } from './consumer-view.ts';
import { makeApp, propsFor, synthesize, templatesOf } from './synthesize.ts';
import { resource, type Template } from './template.ts';
import { lambdaRights, namedRights, ownAddresses, publisherAddresses } from './used-rights.ts';

/** What each consumer, the relay and the publisher of `desk` asked AWS for when all of their paths were taken. */
interface Observed {
  readonly topology: Topology;
  readonly used: Readonly<Record<string, readonly string[]>>;
}

test('roles may do what the generated code asks AWS for on all of its paths, and nothing else', () => {
  const { topology, used } = observe();
  const templates = synthesize(topology);
  const deployment = { topology };
  const views: readonly (readonly [string, FunctionView])[] = [
    ...topology.consumers.map((consumer) => [consumer.key, viewOf(consumer, deployment, templates)] as const),
    ['desk/outbox-relay', relayView(templates.get('library-desk') ?? {})],
  ];
  const allowed = views.map(([key, view]) => {
    const rights = namedRights(view.rolePolicy, ownAddresses(view, deployment));
    const lambdas = lambdaRights(view, deployment);
    expect(rights).toEqual(expect.arrayContaining([...lambdas]));
    return [key, rights.filter((right) => !lambdas.includes(right))];
  });
  const { desk, ...ofFunctions } = used;
  expect(Object.fromEntries(allowed)).toEqual(sortedEach(ofFunctions));

  const app = makeApp();
  const system = new EventloomSystem(app, 'Library', propsFor(topology));
  const role = new Role(new Stack(app, 'Elsewhere'), 'Api', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  system.service('desk').grantPublish(role);
  const variables = system.core.resolve(system.service('desk').publishEnvironment());
  const policy = resource(templatesOf(app).get('Elsewhere') ?? {}, 'AWS::IAM::Policy');
  expect(namedRights(policy, publisherAddresses(variables, deployment))).toEqual([...(desk ?? [])].sort());
});

function relayView(template: Template): FunctionView {
  const handler = 'desk/outbox-relay.handler';
  return functionView(
    template,
    resource(template, 'AWS::Lambda::Function', ({ Handler }) => Handler === handler),
  );
}

function observe(): Observed {
  const project = makeProject();
  for (const file of ['asyncapi.yaml', 'run.ts']) project.copy(`test/rights/${file}`, file);
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);
  expect(project.tsc('typescript', ['generated/index.ts', 'run.ts']).stdout).toBe('');
  const outcome = project.run('run.ts');
  expect(outcome.stderr).toBe('');
  return JSON.parse(outcome.stdout);
}

function sortedEach(lists: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, [...list].sort()]));
}
