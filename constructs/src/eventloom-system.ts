import { hasStack, type Topology } from '@eventloom/engine';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { checkSystem } from './check-system.ts';
import { ConstructError } from './construct-error.ts';
import { CoreStack } from './core-stack.ts';
import { type Destinations, locateDestinations } from './destinations.ts';
import type { EventConsumer } from './event-consumer.ts';
import { type EventService, findService, producer } from './event-service.ts';
import type { FunctionSettings } from './service-function.ts';
import { ServiceStack } from './service-stack.ts';
import { sortedBy } from './sorted.ts';
import type { StackSettings } from './stack-settings.ts';
import type { EventSubscriber } from './subscribers/event-subscriber.ts';
import type { WorkflowSource, WorkflowSources } from './subscribers/workflow-source.ts';

/** What a system is built from. The generated `InfraProps` has the first three. */
export interface EventloomSystemProps<
  ConsumerKey extends string = string,
  ServiceName extends string = string,
  WorkflowKey extends string = string,
> extends StackSettings,
    FunctionSettings {
  /**
   * The handler of every consumer and of the relay of every outbox, by their keys. Only the keys are looked at; nothing is
   * loaded.
   */
  readonly handlers: { readonly [Key in ConsumerKey]: unknown };

  /**
   * The bundle of every service that has consumers or an outbox, by service name. Each holds the handler modules of the
   * service's consumers, and of the relay of its outbox, at the paths the topology gives.
   */
  readonly code: { readonly [Name in ServiceName]: Code };

  /**
   * The state machines of the subscribers whose `workflow` names no file, by the keys of the subscribers.
   *
   * @default - none; then there must be no such subscriber
   */
  readonly workflows?: { readonly [Key in WorkflowKey]: WorkflowSource };
}

/**
 * A whole system below an `App` or a `Stage`: one core stack, and one stack for each service that has consumers, subscribers or an
 * outbox.
 *
 * @example
 * const system = new EventloomSystem(app, 'Shop', { topology, handlers, code, environment: 'dev' });
 * system.service('storefront').grantPublish(checkoutFunction);
 */
export class EventloomSystem<
  ConsumerKey extends string = string,
  ServiceName extends string = string,
  WorkflowKey extends string = string,
> extends Construct {
  readonly core: CoreStack;
  /** The stack of each service that has consumers, subscribers or an outbox, by service name. */
  readonly stacks: ReadonlyMap<string, ServiceStack>;
  readonly #topology: Topology;
  readonly #destinations: Destinations;

  /** @throws ConstructError when topology, handlers and code do not fit together. */
  constructor(scope: Construct, id: string, props: EventloomSystemProps<ConsumerKey, ServiceName, WorkflowKey>) {
    super(scope, id);
    const { topology, handlers, code, ...settings } = props;
    checkSystem(topology, handlers, code, settings.workflows);
    this.#topology = topology;
    this.core = new CoreStack(this, 'Core', props);
    this.#destinations = locateDestinations(this.core, topology, props.environment);
    const codeOf = new Map<string, Code>(Object.entries<Code>(code));
    this.stacks = addServiceStacks(this, codeOf, { topology, ...settings });
    for (const stack of [...this.stacks.values()].flatMap((first) => [first, ...first.furtherStacks])) {
      // Order only: nothing is imported, and `cdk deploy --exclusively` takes a service alone.
      stack.addStackDependency(this.core, 'rules and subscriptions need their bus or topic');
    }
  }

  /**
   * Returns a service, also one that only publishes and has no stack here.
   *
   * @throws ConstructError `unknown-service` when there is none of that name.
   */
  service(name: string): EventService {
    return this.stacks.get(name) ?? producer(findService(this.#topology, name), this.#destinations);
  }

  /**
   * Returns the resources of a consumer; those of a relay are `outboxRelay` of its service's stack.
   *
   * @throws ConstructError `unknown-consumer` when there is none of that key.
   */
  consumer(key: Exclude<ConsumerKey, `${string}/outbox-relay`>): EventConsumer {
    for (const { consumers } of this.stacks.values()) {
      const found = consumers.get(key);
      if (found !== undefined) return found;
    }
    throw new ConstructError('unknown-consumer', `The system has no consumer '${key}'.`);
  }

  /**
   * Returns the resources of a consumer that has no handler.
   *
   * @throws ConstructError `unknown-subscriber` when there is none of that key.
   */
  subscriber(key: string): EventSubscriber {
    for (const { subscribers } of this.stacks.values()) {
      const found = subscribers.get(key);
      if (found !== undefined) return found;
    }
    throw new ConstructError('unknown-subscriber', `The system has no subscriber '${key}'.`);
  }
}

/** A service that neither consumes nor has an outbox gets no stack: CloudFormation refuses a template without resources. */
function addServiceStacks(
  system: Construct,
  codeOf: ReadonlyMap<string, Code>,
  settings: StackSettings & FunctionSettings & { readonly workflows?: WorkflowSources },
): ReadonlyMap<string, ServiceStack> {
  const { topology } = settings;
  const consuming = topology.services.filter((service) => hasStack(topology, service));
  const scope = new Construct(system, 'Services');
  return new Map(
    sortedBy(consuming, ({ name }) => name).map(({ name, constructId }) => {
      const code = codeOf.get(name);
      const props = { ...settings, service: name, ...(code === undefined ? {} : { code }) };
      return [name, new ServiceStack(scope, constructId, props)];
    }),
  );
}
