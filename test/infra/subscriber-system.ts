import type { EventloomSystemProps } from '@eventloom/cdk';
import type { Topology } from '@eventloom/engine';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { subscriberTopology } from './parcel-subscribers.ts';
import { synthesize } from './synthesize.ts';
import { type Found, resource, resources, spell, type Template, type Templates } from './template.ts';

/** The state machine that the topology leaves to the caller, made in the stack of its service. */
export const workflows: NonNullable<EventloomSystemProps['workflows']> = {
  'claims/custom': (scope) =>
    new StateMachine(scope, 'Custom', { definitionBody: DefinitionBody.fromChainable(new Pass(scope, 'Nothing')) }),
};

/** Synthesizes the system of all subscribers, or another one. */
export function synthesizeSubscribers(
  topology: Topology = subscriberTopology,
  settings: Parameters<typeof synthesize>[1] = {},
): Templates {
  return synthesize(topology, { workflows, ...settings });
}

/** What a template holds of one subscriber: ids of constructs begin with its own. */
export function ownResource(template: Template, constructId: string, type: string, rest = ''): Found {
  return resource(template, type, (_, id) => isOf(id, `${constructId}${rest}`));
}

/** All of one type that a template holds of one subscriber. */
export function ownResources(template: Template, constructId: string, type: string): readonly Found[] {
  return resources(template, type, (_, id) => id.startsWith(constructId));
}

function isOf(id: string, prefix: string): boolean {
  return id.startsWith(prefix) && /^[0-9A-F]{8}$/.test(id.slice(-8)) && id.slice(0, -8).startsWith(prefix);
}

/** The targets of a rule with their references spelt. */
export function targetsOf({ properties }: Found): readonly Readonly<Record<string, unknown>>[] {
  return spell(properties.Targets) as readonly Readonly<Record<string, unknown>>[];
}

/** The policy document of the role with that logical id. */
export function policyOfRole(template: Template, roleId: string): unknown {
  return resource(
    template,
    'AWS::IAM::Policy',
    ({ Roles }) => JSON.stringify(Roles) === JSON.stringify([{ Ref: roleId }]),
  ).properties.PolicyDocument;
}

/** The policy of the queue with that logical id, as JSON with its references spelt. */
export function policyOfQueue(template: Template, queueId: string): unknown {
  return resource(
    template,
    'AWS::SQS::QueuePolicy',
    ({ Queues }) => JSON.stringify(spell(Queues)) === JSON.stringify([`\${${queueId}}`]),
  ).properties.PolicyDocument;
}

/** The role that EventBridge takes for a subscriber. */
export function ruleRole(template: Template, constructId: string): Found {
  return resource(template, 'AWS::IAM::Role', (_, id) => new RegExp(`^${constructId}Role[0-9A-F]{8}$`).test(id));
}
