import { type LimitId, limits, splitService, type Topology } from '@eventloom/engine';
import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { EventModel } from '../model/event-model.ts';
import { toTopology } from '../model/to-topology.ts';
import { quote } from '../model/wording.ts';
import { claimBucketName, type Deployment, deploymentsOf, originOf } from './deployed.ts';
import type { Rule } from './rule.ts';

/** A name on AWS, as it is without an environment. */
interface DeployedName {
  /** "topic", "stack of service `fraud`". */
  readonly what: string;
  readonly name: string;
  readonly limit: LimitId;
  readonly origin: Origin;
}

/** Reports names that AWS would refuse, by themselves or once the name of an environment stands before them. */
export const nameLimits: Rule = (model) => {
  const topology = toTopology(model);
  const deployments = deploymentsOf(topology);
  return namesOf(topology, model).flatMap((name) => judge(name, deployments));
};

function judge({ what, name, limit, origin }: DeployedName, deployments: readonly Deployment[]): readonly Diagnostic[] {
  const most = limits[limit].value;
  const failing = deployments.find(({ prefixLength }) => name.length + prefixLength > most);
  // What the spec itself names too long is told where it is read.
  if (name.length > most && (limit === 'eventBusNameCharacters' || what === 'topic')) return [];
  if (failing === undefined) return [];
  const { prefixLength, words, isCertain } = failing;
  const message = `The name of the ${what}, ${quote(name)}, would have ${name.length + prefixLength} characters${words}; AWS allows ${most}.`;
  return [report(isCertain ? 'name-too-long' : 'name-prefix', origin, message)];
}

function namesOf(topology: Topology, model: EventModel): readonly DeployedName[] {
  const { system, destinations, services, claimBucket } = topology;
  const { origin } = model.spec;
  const ofSystem: readonly DeployedName[] = [
    { what: 'core stack', name: system, limit: 'stackNameCharacters', origin },
    { what: 'topic of alarms', name: `${system}-alarms`, limit: 'topicNameCharacters', origin },
    ...(claimBucket === undefined
      ? []
      : [{ what: 'bucket for claims', name: claimBucketName(system), limit: 'bucketNameCharacters', origin } as const]),
  ];
  return [
    ...ofSystem,
    ...destinations.flatMap((destination) => destinationNames(destination, originOf(destination, model))),
    ...services.flatMap((service) => serviceNames(topology, service, originOfService(service.name, model))),
  ];
}

/** A bus or topic whose own name is too long was reported where names are made. */
function destinationNames({ kind, name }: Topology['destinations'][number], origin: Origin): readonly DeployedName[] {
  switch (kind) {
    case 'bus':
      return unlessTooLong({ what: 'event bus', name, limit: 'eventBusNameCharacters', origin });
    case 'topic':
      return unlessTooLong({ what: 'topic', name, limit: 'topicNameCharacters', origin });
    case 'queue': {
      const deadLetters = name.replace(/(\.fifo)?$/, '-dead-letters$1');
      return [{ what: 'dead-letter queue', name: deadLetters, limit: 'queueNameCharacters', origin }];
    }
    default:
      return kind satisfies never;
  }
}

function unlessTooLong(one: DeployedName): readonly DeployedName[] {
  return one.name.length > limits[one.limit].value ? [] : [one];
}

function serviceNames(
  topology: Topology,
  service: Topology['services'][number],
  origin: Origin,
): readonly DeployedName[] {
  const { system, consumers } = topology;
  const of = `of service ${quote(service.name)}`;
  const remembers = consumers.some(
    ({ service: name, idempotency, gather, downstreams = [] }) =>
      name === service.name && (idempotency !== null || gather !== undefined || downstreams.length > 0),
  );
  return [
    ...splitService(topology, service).map(({ name }): DeployedName => {
      return { what: `stack ${of}`, name: `${system}-${name}`, limit: 'stackNameCharacters', origin };
    }),
    ...(service.outbox === undefined ? [] : [tableName(`outbox ${of}`, `${system}-${service.name}-outbox`, origin)]),
    ...(remembers ? [tableName(`table ${of}`, `${system}-${service.name}-memory`, origin)] : []),
  ];
}

function tableName(what: string, name: string, origin: Origin): DeployedName {
  return { what, name, limit: 'tableNameCharacters', origin };
}

/** Where the spec first speaks of a service. */
export function originOfService(name: string, { system, spec }: EventModel): Origin {
  const service = system.services.find(({ wiring }) => wiring.name === name);
  return (
    [service?.consumers, service?.subscribers, service?.producers].flatMap((found) => found?.[0] ?? [])[0]?.origin ??
    spec.origin
  );
}
