import type { Consumer, Service } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { checkResourceCount } from './check-resource-count.ts';
import { ConstructError } from './construct-error.ts';
import type { FunctionSettings } from './consumer-function.ts';
import { type Destinations, locateDestinations } from './destinations.ts';
import { EventConsumer } from './event-consumer.ts';
import { type EventService, findService } from './event-service.ts';
import { grantPublish, publishEnvironment } from './grant-publish.ts';
import { checkEnvironment, stackName } from './physical-name.ts';
import { sortedBy } from './sorted.ts';
import type { StackSettings } from './stack-settings.ts';

/** What the stack of a service is built from. */
export interface ServiceStackProps extends StackSettings, FunctionSettings {
  /** Name of the service in the topology. */
  readonly service: string;

  /**
   * The service's bundle: a folder with the handler module of each of its consumers at the path the topology gives.
   *
   * @default - none; then the service must have no consumers
   */
  readonly code?: Code;
}

/**
 * The stack of one service: all its consumers. It names buses, topics and queues of the core stack and imports nothing
 * from it, so it can be deployed alone once they exist, and a team can take it into an app of its own.
 *
 * What else belongs to the service (its API, its tables) may be added to the stack.
 */
export class ServiceStack extends Stack implements EventService {
  readonly service: Service;
  readonly consumers: ReadonlyMap<string, EventConsumer>;
  readonly #destinations: Destinations;

  /** @throws ConstructError when the topology has no such service, or `code` is missing. */
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    const { topology, environment, env } = props;
    checkEnvironment(environment);
    super(scope, id, {
      stackName: stackName(topology.system, props.service, environment),
      description: `Service ${props.service} of ${topology.system}: its event consumers`,
      ...(env === undefined ? {} : { env }),
    });
    this.service = findService(topology, props.service);
    this.#destinations = locateDestinations(this, topology, environment);
    this.consumers = new Map(
      consumersOf(props).map((consumer) => [consumer.key, addConsumer(this, consumer, props, this.#destinations)]),
    );
    checkResourceCount(
      this,
      `Service ${props.service} has ${this.consumers.size} consumers: move some of them to another x-service.`,
    );
  }

  grantPublish(grantee: IGrantable): Grant {
    return grantPublish(grantee, this.service.publishes, this.#destinations);
  }

  publishEnvironment(): Readonly<Record<string, string>> {
    return publishEnvironment(this.service.publishes, this.#destinations);
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
  destinations: Destinations,
): EventConsumer {
  const { code, runtime, architecture, logRetention } = props;
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
    ...(runtime === undefined ? {} : { runtime }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(logRetention === undefined ? {} : { logRetention }),
  });
}
