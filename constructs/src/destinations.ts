import type { Consumer, Destination, Topology } from '@eventloom/engine';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ConstructError } from './construct-error.ts';
import {
  calledFunctionName,
  claimBucketName,
  deadLetterQueueName,
  memoryTableName,
  outboxTableName,
  physicalName,
} from './physical-name.ts';

/** A destination as any stack of its account and Region can name it: no stack imports from another. */
export interface LocatedDestination {
  readonly destination: Destination;
  readonly name: string;
  readonly arn: string;
  /** Value of the destination's environment variable: bus name, topic ARN or queue URL. */
  readonly environmentValue: string;
}

/** A function that a service may call, as any stack of its account and Region can name it. */
export interface LocatedCall {
  readonly environmentVariable: string;
  readonly name: string;
  readonly arn: string;
}

/** Looks destinations up by key. */
export interface Destinations {
  /** Where they are seen from: something of the system. */
  readonly scope: IConstruct;
  /** @throws ConstructError `unknown-destination` when the topology has no such key. */
  locate(key: string): LocatedDestination;
  /** The bus of that name in the topology; undefined when it has none. */
  busNamed(name: string): LocatedDestination | undefined;
  /** The bucket for claims; undefined when no event is claimed. */
  readonly claimBucket: { readonly name: string; readonly arn: string } | undefined;
  /** The outbox table of a service. */
  outboxTable(service: string): { readonly name: string; readonly arn: string };
  /**
   * The functions that a service may call directly (`x-callers`).
   *
   * @throws ConstructError `unknown-consumer` when the topology has no consumer that it names.
   */
  callsOf(service: string): readonly LocatedCall[];
  /** The name of the function of a consumer with callers. */
  functionName(consumer: Consumer): string;
  /** The table of what the handlers of a service remember. */
  memoryTable(service: string): { readonly name: string; readonly arn: string };
}

/** A queue as other stacks can name it. */
export interface QueueAddress {
  readonly arn: string;
  readonly url: string;
}

/** Returns the destinations of `topology` as they are seen from the stack of `scope`. */
export function locateDestinations(
  scope: IConstruct,
  topology: Topology,
  environment: string | undefined,
): Destinations {
  const byKey = new Map(topology.destinations.map((destination) => [destination.key, destination]));
  const locate = (destination: Destination) =>
    located(Stack.of(scope), destination, physicalName(destination, environment));
  return {
    scope,
    locate(key: string): LocatedDestination {
      const destination = byKey.get(key);
      if (destination === undefined) throw unknownDestination(key, topology);
      return locate(destination);
    },
    busNamed(name: string): LocatedDestination | undefined {
      const bus = topology.destinations.find((candidate) => candidate.kind === 'bus' && candidate.name === name);
      return bus === undefined ? undefined : locate(bus);
    },
    claimBucket: topology.claimBucket === undefined ? undefined : locatedBucket(Stack.of(scope), topology, environment),
    functionName: (consumer) => calledFunctionName(topology.system, consumer, environment),
    callsOf(service) {
      const calls = topology.services.find(({ name }) => name === service)?.calls ?? [];
      return calls.map(({ consumer: key, environmentVariable }) => {
        const consumer = topology.consumers.find((one) => one.key === key);
        if (consumer === undefined) {
          throw new ConstructError('unknown-consumer', `The topology has no consumer '${key}'.`);
        }
        const name = calledFunctionName(topology.system, consumer, environment);
        const function_ = { service: 'lambda', resource: 'function', resourceName: name } as const;
        const arn = Stack.of(scope).formatArn({ ...function_, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
        return { environmentVariable, name, arn };
      });
    },
    outboxTable: (service) => locatedTable(scope, outboxTableName(topology.system, service, environment)),
    memoryTable: (service) => locatedTable(scope, memoryTableName(topology.system, service, environment)),
  };
}

function locatedTable(scope: IConstruct, name: string) {
  return { name, arn: Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: name }) };
}

function locatedBucket(stack: Stack, { system }: Topology, environment: string | undefined) {
  const name = claimBucketName(system, environment, stack);
  return { name, arn: stack.formatArn({ service: 's3', region: '', account: '', resource: name }) };
}

/** Returns ARN and URL of the queue called `name` in the account and Region of `stack`. */
export function queueAddress(stack: Stack, name: string): QueueAddress {
  return {
    arn: stack.formatArn({ service: 'sqs', resource: name }),
    url: `https://sqs.${stack.region}.${stack.urlSuffix}/${stack.account}/${name}`,
  };
}

/** Returns ARN and URL of the dead-letter queue that belongs to the point-to-point queue called `queueName`. */
export function deadLetterQueueAddress(stack: Stack, queueName: string): QueueAddress {
  return queueAddress(stack, deadLetterQueueName(queueName));
}

function located(stack: Stack, destination: Destination, name: string): LocatedDestination {
  switch (destination.kind) {
    case 'bus': {
      const arn = stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: name });
      return { destination, name, arn, environmentValue: name };
    }
    case 'topic': {
      const arn = stack.formatArn({ service: 'sns', resource: name });
      return { destination, name, arn, environmentValue: arn };
    }
    case 'queue': {
      const { arn, url } = queueAddress(stack, name);
      return { destination, name, arn, environmentValue: url };
    }
    default:
      return destination satisfies never;
  }
}

function unknownDestination(key: string, topology: Topology): ConstructError {
  const known = topology.destinations.map((destination) => destination.key).join(', ');
  return new ConstructError('unknown-destination', `The topology has no destination '${key}'. It has: ${known}.`);
}
