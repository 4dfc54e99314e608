import { type Consumer, type LimitId, splitService, type Topology } from '@eventloom/engine';
import { quote } from '../model/wording.ts';
import { claimBucketName } from './deployed.ts';

/** A name that the constructs give to something on AWS, as it is without an environment. */
export interface DeployedName {
  /** "topic", "stack of service `fraud`". */
  readonly what: string;
  readonly name: string;
  readonly limit: LimitId;
  /** What of the spec it is made of: a destination, a service, or the system. */
  readonly of: { readonly destination: string } | { readonly service: string } | 'system';
}

/** Every name that the constructs choose; whatever else there is gets one from CloudFormation, which always fits. */
export function deployedNames(topology: Topology): readonly DeployedName[] {
  const { system, destinations, services, claimBucket } = topology;
  const ofSystem: readonly DeployedName[] = [
    { what: 'core stack', name: system, limit: 'stackNameCharacters', of: 'system' },
    { what: 'topic of alarms', name: `${system}-alarms`, limit: 'topicNameCharacters', of: 'system' },
  ];
  return [
    ...ofSystem,
    ...(claimBucket === undefined ? [] : [bucketName(system)]),
    ...destinations.flatMap(destinationNames),
    ...services.flatMap((service) => serviceNames(topology, service)),
  ];
}

function bucketName(system: string): DeployedName {
  return { what: 'bucket for claims', name: claimBucketName(system), limit: 'bucketNameCharacters', of: 'system' };
}

function destinationNames(destination: Topology['destinations'][number]): readonly DeployedName[] {
  const { kind, name, key } = destination;
  const of = { destination: key };
  switch (kind) {
    case 'bus': {
      const bus: DeployedName = { what: 'event bus', name, limit: 'eventBusNameCharacters', of };
      const registry: DeployedName = { what: 'schema registry', name, limit: 'registryNameCharacters', of };
      return destination.schemaRegistry === undefined ? [bus] : [bus, registry];
    }
    case 'topic':
      return [{ what: 'topic', name, limit: 'topicNameCharacters', of }];
    case 'queue': {
      const deadLetters = name.replace(/(\.fifo)?$/, '-dead-letters$1');
      return [{ what: 'dead-letter queue', name: deadLetters, limit: 'queueNameCharacters', of }];
    }
    default:
      return kind satisfies never;
  }
}

function serviceNames(topology: Topology, service: Topology['services'][number]): readonly DeployedName[] {
  const { system } = topology;
  const of = { service: service.name };
  const whose = `of service ${quote(service.name)}`;
  const consumers = topology.consumers.filter((consumer) => consumer.service === service.name);
  const table = (what: string, last: string): DeployedName => {
    return { what: `${what} ${whose}`, name: `${system}-${service.name}-${last}`, limit: 'tableNameCharacters', of };
  };
  return [
    ...splitService(topology, service).map(({ name }): DeployedName => {
      return { what: `stack ${whose}`, name: `${system}-${name}`, limit: 'stackNameCharacters', of };
    }),
    ...(service.outbox === undefined ? [] : [table('outbox', 'outbox')]),
    ...(consumers.some(remembers) ? [table('table', 'memory')] : []),
    ...consumers
      .filter(({ callers }) => callers !== undefined)
      .map(({ consumer, constructId }): DeployedName => {
        const name = calledFunctionName(system, service.name, constructId);
        return { what: `function of consumer ${quote(consumer)}`, name, limit: 'functionNameCharacters', of };
      }),
  ];
}

/** The name of a function that other services call. */
export function calledFunctionName(system: string, service: string, constructId: string): string {
  return `${system}-${service}-${constructId}`;
}

/** Tells whether the handler of a consumer remembers something between events, in the table of its service. */
export function remembers({ idempotency, gather, downstreams = [] }: Consumer): boolean {
  return idempotency !== null || gather !== undefined || downstreams.length > 0;
}
