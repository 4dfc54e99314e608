import { EventloomSystem } from '@eventloom/cdk';
import type { Consumer, Subscriber, Topology } from '@eventloom/engine';
import { App, CfnElement, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { propsFor } from '../infra/synthesize.ts';
import type { Properties, Resource, Template, Templates } from '../infra/template.ts';
import { recorder } from './recorder.ts';

/** A stack to be deployed. */
export interface PlannedStack {
  readonly name: string;
  readonly template: Template;
}

/** Where the test looks for what a consumer got. */
export interface Lookout {
  readonly consumer: Consumer | Subscriber;
  /**
   * `queue`: the queue of the consumer, which nobody reads. `recorder`: its function, which puts what it is called with on
   * the dead-letter queue: where there is no queue, or where a filter stands between queue and function.
   */
  readonly kind: 'queue' | 'recorder';
  /** The queue to read: a resource of a stack, or its name. */
  readonly queue: ResourceAddress | { readonly queueName: string };
}

/** A resource of a deployed stack. */
export interface ResourceAddress {
  readonly stack: string;
  readonly logicalId: string;
}

/** What is to be deployed of a topology, and where to look then. */
export interface Plan {
  readonly core: PlannedStack;
  readonly services: readonly PlannedStack[];
  readonly lookouts: readonly Lookout[];
  /** Properties of every subscription of a consumer, by operation. */
  readonly subscriptions: ReadonlyMap<string, Properties>;
  /** The destinations by key. */
  readonly destinations: ReadonlyMap<string, ResourceAddress>;
  /** As synthesized. */
  readonly templates: Templates;
}

/**
 * Synthesizes a system and prepares its templates. What is deployed differs from what is synthesized in this, and in
 * nothing else:
 *
 * - no bootstrap version is asked for (parameters and rules of the CDK);
 * - every function records what it gets;
 * - event source mappings are left out, so that queues keep their messages, but for those with a filter;
 * - nothing is retained, so that the stacks leave nothing behind.
 */
export function planOf(topology: Topology, environment: string): Plan {
  const app = new App({ builtinCloudFormationValidation: false });
  const code = Object.fromEntries(topology.services.map(({ name }) => [name, Code.fromInline(recorder)]));
  const system = new EventloomSystem(app, 'System', {
    ...propsFor(topology, { environment, removalPolicy: RemovalPolicy.DESTROY }),
    code,
  });
  const lookouts = [
    ...topology.consumers.map((consumer) => lookoutOf(consumer, system)),
    ...(topology.subscribers ?? []).flatMap((subscriber) => lookoutAt(subscriber, system)),
  ];
  const destinations = new Map(
    [...system.core.buses, ...system.core.topics, ...system.core.queues].map(([key, construct]) => [
      key,
      addressOf(construct),
    ]),
  );
  const artifacts = app.synth().stacksRecursively;
  const templates: Templates = new Map(artifacts.map(({ stackName, template }) => [stackName, template]));
  const subscriptions = new Map(topology.consumers.flatMap((consumer) => subscriptionsOf(consumer, system, templates)));
  const planned = artifacts.map(({ stackName, template }) => ({ name: stackName, template: adapted(template) }));
  const core = planned.find(({ name }) => name === system.core.stackName);
  if (core === undefined) throw new Error('there is no core stack');
  const services = planned.filter((stack) => stack !== core);
  return { core, services, lookouts, subscriptions, destinations, templates };
}

function subscriptionsOf({ key }: Consumer, system: EventloomSystem, templates: Templates) {
  return [...system.consumer(key).subscriptions].map(([operation, subscription]) => {
    const { stack } = subscription;
    const properties = templates.get(stack.stackName)?.Resources?.[stack.resolve(subscription.logicalId)]?.Properties;
    return [operation, properties ?? {}] as const;
  });
}

function lookoutOf(consumer: Consumer, system: EventloomSystem): Lookout {
  const { queue, deadLetterQueue } = system.consumer(consumer.key);
  const isFiltered = consumer.routes.some((route) => route.kind === 'sqs' && route.mappingFilter !== null);
  if (queue !== undefined && !isFiltered) return { consumer, kind: 'queue', queue: queueAt(queue) };
  return { consumer, kind: 'recorder', queue: queueAt(deadLetterQueue) };
}

/** A queue that waits for somebody outside. What else a subscriber delivers to is no queue, and read back from templates. */
function lookoutAt(subscriber: Subscriber, system: EventloomSystem): readonly Lookout[] {
  const { queue } = system.subscriber(subscriber.key);
  return subscriber.delivery.type === 'none' && queue !== undefined
    ? [{ consumer: subscriber, kind: 'queue', queue: queueAt(queue) }]
    : [];
}

function queueAt(queue: IConstruct & { readonly queueName: string }): Lookout['queue'] {
  return queue.node.defaultChild === undefined ? { queueName: queue.queueName } : addressOf(queue);
}

function addressOf(construct: IConstruct): ResourceAddress {
  const child = construct.node.defaultChild;
  if (!CfnElement.isCfnElement(child)) throw new Error(`${construct.node.path} is no resource`);
  const stack: Stack = child.stack;
  return { stack: stack.stackName, logicalId: stack.resolve(child.logicalId) };
}

function adapted({ Resources = {}, ...rest }: Template): Template {
  const { Parameters: _bootstrapVersion, Rules: _bootstrapRules, ...kept } = rest as Record<string, unknown>;
  const resources = Object.entries(Resources)
    .filter(
      ([, { Type, Properties }]) =>
        Type !== 'AWS::Lambda::EventSourceMapping' || Properties?.FilterCriteria !== undefined,
    )
    .map(([id, resource]) => [id, recording(leavingNothing(resource))]);
  return { ...kept, Resources: Object.fromEntries(resources) };
}

function leavingNothing(resource: Resource): Resource {
  const {
    DeletionPolicy: _deletion,
    UpdateReplacePolicy: _replacement,
    ...rest
  } = resource as Resource & {
    readonly UpdateReplacePolicy?: unknown;
  };
  return rest;
}

/** The code stands in the template, where Lambda names its module `index`. */
function recording<Kind extends { readonly Type: string; readonly Properties?: object }>(resource: Kind): Kind {
  if (resource.Type !== 'AWS::Lambda::Function') return resource;
  return { ...resource, Properties: { ...resource.Properties, Handler: 'index.handler' } };
}
