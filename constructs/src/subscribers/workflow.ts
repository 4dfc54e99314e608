import type { JsonValue, WorkflowDelivery } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  type IStateMachine,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ConstructError } from '../construct-error.ts';
import { logEncryption } from '../encryption.ts';
import { grantPublish, publishEnvironment } from '../grant-publish.ts';
import { inertJsonText } from '../inert-json.ts';
import { addRuleRoleFor } from './delivery-role.ts';
import { logGroupName, type SubscriberSite, type SubscriberTarget } from './subscriber-site.ts';
import type { WorkflowSource } from './workflow-source.ts';

/** A state machine with what was made for it. */
export interface WorkflowResources {
  readonly type: 'workflow';
  readonly stateMachine: IStateMachine;
  /** What executions run as. It may publish what the subscriber emits; grant it what else the definition calls. Undefined for a state machine that was handed in. */
  readonly executionRole: Role | undefined;
  readonly logGroup: LogGroup | undefined;
  /** What EventBridge starts executions as. */
  readonly role: Role;
}

/** Adds a state machine, or takes the one handed in, and lets EventBridge start executions of it and of no other. */
export function addWorkflow(
  site: SubscriberSite,
  delivery: WorkflowDelivery,
  source: WorkflowSource | undefined,
): { readonly resources: WorkflowResources; readonly target: SubscriberTarget } {
  const made =
    delivery.definition === null ? handedIn(site, source) : addStateMachine(site, delivery, delivery.definition);
  const { stateMachineArn } = made.stateMachine;
  const role = addRuleRoleFor(site, ['states:StartExecution'], stateMachineArn);
  const rule = {
    id: 'StateMachine',
    arn: stateMachineArn,
    roleArn: role.roleArn,
    ...(delivery.input === 'payload' ? { inputPath: '$.detail' } : {}),
  };
  return { resources: { type: 'workflow', role, ...made }, target: { rule, endpoints: [] } };
}

type Made = Pick<WorkflowResources, 'stateMachine' | 'executionRole' | 'logGroup'>;

function handedIn({ scope, subscriber }: SubscriberSite, source: WorkflowSource | undefined): Made {
  if (source === undefined) {
    throw new ConstructError(
      'missing-workflow',
      `Subscriber ${subscriber.key} names no file with a definition: pass its state machine in 'workflows'.`,
    );
  }
  // A scope of its own, so that its constructs may have any names.
  const stateMachine = typeof source === 'function' ? source(new Construct(scope, 'Workflow')) : source;
  return { stateMachine, executionRole: undefined, logGroup: undefined };
}

function addStateMachine(site: SubscriberSite, { kind }: WorkflowDelivery, definition: string): Made {
  const { scope, subscriber, destinations, settings } = site;
  // Below this prefix a log group adds nothing to the resource policy of CloudWatch Logs
  // (https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html).
  const logGroup = new LogGroup(scope, 'LogGroup', {
    logGroupName: logGroupName('/aws/vendedlogs/states', site),
    retention: settings.logRetention,
    removalPolicy: settings.logRemovalPolicy,
    ...logEncryption(scope),
  });
  const executionRole = addExecutionRole(site);
  grantPublish(executionRole, subscriber.emits, destinations);
  const substitutions = publishEnvironment(subscriber.emits, destinations);
  const stateMachine = new StateMachine(scope, 'StateMachine', {
    definitionBody: DefinitionBody.fromString(inertDefinition(definition, Object.keys(substitutions))),
    definitionSubstitutions: substitutions,
    stateMachineType: kind === 'express' ? StateMachineType.EXPRESS : StateMachineType.STANDARD,
    role: executionRole,
    tracingEnabled: settings.tracing,
    logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: false },
  });
  return { stateMachine, executionRole, logGroup };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html */
function addExecutionRole({ scope }: SubscriberSite): Role {
  const stack = Stack.of(scope);
  return new Role(scope, 'ExecutionRole', {
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'states', resource: '*' }) },
      },
    }),
  });
}

/** What stands for destinations stays as it is, so that CloudFormation puts their addresses there; nothing else does. */
function inertDefinition(definition: string, variables: readonly string[]): string {
  const inert = inertJsonText(JSON.parse(definition) as JsonValue);
  return variables.reduce((text, name) => text.replaceAll(`\\u0024{${name}}`, () => `\${${name}}`), inert);
}
