import { type Service, splitFrom, splitService } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import type { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { applySettings, tagsOf } from './applied-settings.ts';
import { callsEnvironment, grantCalls } from './calls.ts';
import { checkResourceCount } from './check-resource-count.ts';
import { type Destinations, locateDestinations } from './destinations.ts';
import { useEncryption } from './encryption.ts';
import type { EventConsumer } from './event-consumer.ts';
import { type EventService, findService, grantProducing, producerEnvironment } from './event-service.ts';
import { addIngresses, type Ingresses, ingressesOf } from './ingress/add-ingresses.ts';
import type { HttpApi } from './ingress/http-api.ts';
import { watchRelay } from './observe/watch.ts';
import { watchIngresses } from './observe/watch-ingress.ts';
import { addOutbox } from './outbox.ts';
import type { OutboxRelay } from './outbox-relay.ts';
import { checkEnvironment, stackName } from './physical-name.ts';
import { type FunctionSettings, functionSettings } from './service-function.ts';
import { addPart, splitAdvice } from './split/add-part.ts';
import { codeOfPart } from './split/code-of-part.ts';
import { ServicePartStack } from './split/service-part-stack.ts';
import type { StackSettings } from './stack-settings.ts';
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
 * A service whose resources do not fit into one stack has further ones beside it, which this one makes.
 *
 * What else belongs to the service (its API, its tables) may be added to the stack.
 */
export class ServiceStack extends Stack implements EventService {
  readonly service: Service;
  /** Those of all stacks of the service. */
  readonly consumers: ReadonlyMap<string, EventConsumer>;
  /** The service's consumers without a handler, by key. */
  readonly subscribers: ReadonlyMap<string, EventSubscriber>;
  /** The API of its `x-ingress` of type `http`; undefined when there is none. */
  readonly api: HttpApi | undefined;
  /** Its schedules and pipes, by operation. */
  readonly ingresses: Ingresses['ingresses'];
  /** What the service's handlers remember; undefined when none of them remembers anything. */
  readonly table: Table | undefined;
  /** Undefined when none of the service's `send` operations has `x-outbox`. */
  readonly outbox: Table | undefined;
  /** What publishes the events of the outbox; undefined when there is none. */
  readonly outboxRelay: OutboxRelay | undefined;
  /** The alarms of this stack, by their names in it: `screenHighValueOrder-dead-letters`, `errors`. */
  readonly alarms: ReadonlyMap<string, CfnAlarm>;
  /** Undefined when it is turned off. */
  readonly dashboard: CfnDashboard | undefined;
  /** The other stacks of the service, sorted by number; none unless its resources do not fit into one. */
  readonly furtherStacks: readonly ServicePartStack[];
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
    const service = findService(topology, props.service);
    this.service = service;
    this.#destinations = locateDestinations(this, topology, environment);
    const [part, ...others] = splitService(topology, service);
    if (part === undefined) throw new Error(`service ${service.name} has no stack`);
    const bundles = others.map(() => (props.code === undefined ? {} : { code: codeOfPart(props.code) }));
    this.table = hasTable(props) ? addMemory(this, props, this.#destinations) : undefined;
    const further = { removalPolicy, code: props.code, ...functionSettings(props) };
    const outbox = addOutbox(this, service, { destinations: this.#destinations, ...further });
    this.outbox = outbox?.table;
    this.outboxRelay = outbox?.relay;
    const { api, ingresses } = addIngresses(this, props, this.#destinations);
    this.api = api;
    this.ingresses = ingresses;
    const watched = [
      ...(outbox === undefined ? [] : [watchRelay(outbox.relay, settings)]),
      ...watchIngresses(service, ingressesOf(topology, service.name), { built: { api, ingresses }, settings }),
    ];
    const shared = { service, settings: props, destinations: this.#destinations, table: this.table, watched };
    const resources = addPart(this, { ...shared, part });
    this.alarms = resources.alarms;
    this.dashboard = resources.dashboard;
    this.furtherStacks = others.map((other, index) => {
      const own = { ...props, ...bundles[index] };
      return new ServicePartStack(scope, `${id}-${other.number}`, { service, part: other, settings: own });
    });
    this.consumers = new Map([resources, ...this.furtherStacks].flatMap(({ consumers }) => [...consumers]));
    this.subscribers = new Map([resources, ...this.furtherStacks].flatMap(({ subscribers }) => [...subscribers]));
    orderStacks(this, this.furtherStacks);
    checkResourceCount(this, splitAdvice(topology, service));
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

/** The table is that of the service, also where all who remember are in further stacks. */
function hasTable({ topology, service }: ServiceStackProps): boolean {
  return topology.consumers.some((consumer) => consumer.service === service && remembers(consumer));
}

function addMemory(scope: Construct, { service, removalPolicy }: ServiceStackProps, destinations: Destinations): Table {
  return addTable(scope, 'Table', { removalPolicy, tableName: destinations.memoryTable(service).name });
}

/**
 * A stack that gave consumers away comes after the one that got them: for a moment both receive their events, where the
 * other way round nobody would.
 */
function orderStacks(first: Stack, further: readonly ServicePartStack[]): void {
  for (const stack of further) {
    const from = splitFrom(stack.number);
    const giver = further.find(({ number }) => number === from) ?? first;
    giver.addStackDependency(stack, 'takes over some of its consumers');
  }
}
