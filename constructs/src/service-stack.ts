import type { Consumer, Service } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { applySettings, tagsOf } from './applied-settings.ts';
import { callsEnvironment, grantCalls } from './calls.ts';
import { checkResourceCount } from './check-resource-count.ts';
import { ConstructError } from './construct-error.ts';
import { type Destinations, locateDestinations } from './destinations.ts';
import { useEncryption } from './encryption.ts';
import { EventConsumer } from './event-consumer.ts';
import { type EventService, findService, grantProducing, producerEnvironment } from './event-service.ts';
import { addOutbox } from './outbox.ts';
import type { OutboxRelay } from './outbox-relay.ts';
import { checkEnvironment, stackName } from './physical-name.ts';
import type { FunctionSettings } from './service-function.ts';
import { sortedBy } from './sorted.ts';
import type { StackSettings } from './stack-settings.ts';
import { addSubscribers } from './subscribers/add-subscribers.ts';
import type { EventSubscriber } from './subscribers/event-subscriber.ts';
import type { WorkflowSources } from './subscribers/workflow-source.ts';
import { addTable, remembers } from './tables.ts';

/** What the stack of a service is built from. */
export interface ServiceStackProps extends StackSettings, FunctionSettings {
  /** Name of the service in the topology. */
  readonly service: string;

  /**
   * The service's bundle: a folder with the handler module of each of its consumers, and of the relay of its outbox, at
   * the path the topology gives.
   *
   * @default - none; then the service must have neither consumers nor an outbox
   */
  readonly code?: Code;

  /**
   * The state machines of the subscribers whose `workflow` names no file.
   *
   * @default - none; then the service must have no such subscriber
   */
  readonly workflows?: WorkflowSources;
}

/**
 * The stack of one service: all its consumers, the table of what they remember, and its outbox. It names buses, topics and queues of the core stack and imports nothing
 * from it, so it can be deployed alone once they exist, and a team can take it into an app of its own.
 *
 * What else belongs to the service (its API, its tables) may be added to the stack.
 */
export class ServiceStack extends Stack implements EventService {
  readonly service: Service;
  readonly consumers: ReadonlyMap<string, EventConsumer>;
  /** The service's consumers without a handler, by key. */
  readonly subscribers: ReadonlyMap<string, EventSubscriber>;
  /** What the service's handlers remember; undefined when none of them remembers anything. */
  readonly table: Table | undefined;
  /** Undefined when none of the service's `send` operations has `x-outbox`. */
  readonly outbox: Table | undefined;
  /** What publishes the events of the outbox; undefined when there is none. */
  readonly outboxRelay: OutboxRelay | undefined;
  readonly #destinations: Destinations;

  /** @throws ConstructError when the topology has no such service, or `code` is missing. */
  constructor(scope: Construct, id: string, given: ServiceStackProps) {
    const props = applySettings(given, given.service);
    const { topology, environment, env, removalPolicy, settings } = props;
    checkEnvironment(environment);
    super(scope, id, {
      ...tagsOf(settings),
      stackName: stackName(topology.system, props.service, environment),
      description: `Service ${props.service} of ${topology.system}: its event consumers`,
      ...(env === undefined ? {} : { env }),
    });
    useEncryption(this, { system: topology.system, environment, settings });
    this.service = findService(topology, props.service);
    this.#destinations = locateDestinations(this, topology, environment);
    const consumers = consumersOf(props);
    this.table = consumers.some(remembers) ? addTable(this, 'Table', { removalPolicy }) : undefined;
    const further = { removalPolicy, code: props.code, ...functionSettings(props) };
    const outbox = addOutbox(this, this.service, { destinations: this.#destinations, ...further });
    this.outbox = outbox?.table;
    this.outboxRelay = outbox?.relay;
    const shared = { destinations: this.#destinations, table: this.table };
    this.consumers = new Map(consumers.map((consumer) => [consumer.key, addConsumer(this, consumer, props, shared)]));
    this.subscribers = addSubscribers(this, props, this.#destinations);
    checkResourceCount(
      this,
      `Service ${props.service} has ${this.consumers.size} consumers: move some of them to another x-service.`,
    );
  }

  grantPublish(grantee: IGrantable): Grant {
    return grantProducing(grantee, this.service, this.#destinations);
  }

  publishEnvironment(): Readonly<Record<string, string>> {
    return producerEnvironment(this.service, this.#destinations);
  }

  grantCalls(grantee: IGrantable): Grant {
    return grantCalls(grantee, this.service.name, this.#destinations);
  }

  callsEnvironment(): Readonly<Record<string, string>> {
    return callsEnvironment(this.service.name, this.#destinations);
  }
}

function consumersOf({ topology, service }: ServiceStackProps): readonly Consumer[] {
  const consumers = topology.consumers.filter((consumer) => consumer.service === service);
  return sortedBy(consumers, ({ key }) => key);
}

function addConsumer(
  scope: Construct,
  consumer: Consumer,
  props: ServiceStackProps,
  { destinations, table }: { readonly destinations: Destinations; readonly table: Table | undefined },
): EventConsumer {
  const { code } = props;
  if (code === undefined) {
    throw new ConstructError(
      'missing-code',
      `Service ${consumer.service} has consumers but no code: pass its bundle as 'code'.`,
    );
  }
  return new EventConsumer(scope, consumer.constructId, {
    consumer,
    code,
    destinations,
    ...(table === undefined ? {} : { table }),
    ...functionSettings(props),
  });
}

function functionSettings(props: FunctionSettings): FunctionSettings {
  const { runtime, architecture, logRetention, tracing, logRemovalPolicy } = props;
  return {
    ...(runtime === undefined ? {} : { runtime }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(logRetention === undefined ? {} : { logRetention }),
    ...(tracing === undefined ? {} : { tracing }),
    ...(logRemovalPolicy === undefined ? {} : { logRemovalPolicy }),
  };
}
