import { type Destination, queueVariable } from '@eventloom/engine';
import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Declarations } from './declarations.ts';
import type { ConsumerModel, EventModel, MessageType, ReceiverModel, ServiceModel } from './event-model.ts';
import { busKey, queueKey, topicKey } from './events.ts';
import { callsNames, camelCase, schemaName } from './names.ts';
import { sortBy } from './order.ts';
import { quote } from './wording.ts';

/** A derived name, and what it was derived from. */
interface NamedThing {
  readonly name: string;
  /** As messages call it: "message `OrderPlaced`". */
  readonly subject: string;
  readonly origin: Origin;
}

/** Reports every two things of the spec that would get one name: in TypeScript, in files, in constructs, on AWS. */
export function findCollisions(model: EventModel, declarations: Declarations): readonly Diagnostic[] {
  const origins = destinationOrigins(declarations);
  const { messages } = model.catalog;
  const { destinations, services } = model.system;
  return oncePerPair([
    ...meeting('the TypeScript name', messages.flatMap(exportedTypes)),
    ...meeting(
      'the file',
      messages.map((message) => named(message.fileName, messageSubject(message), message.origin)),
    ),
    ...meeting('the name', services.flatMap(serviceNames)),
    ...meeting('the wiring constant', services.flatMap(wiringNames)),
    ...services.flatMap(withinService),
    ...meeting(
      'the key',
      aroundRelays(services, ({ key }) => key),
    ),
    ...meeting(
      'the handler module',
      aroundRelays(services, ({ handler }) => handler),
    ),
    ...meeting(
      'the environment variable',
      destinations.map((one) => destinationName(one, one.environmentVariable, origins)),
    ),
    ...takingOurs(destinations.map((one) => destinationName(one, one.environmentVariable, origins))),
    ...meeting(
      'the construct id',
      destinations.map((one) => destinationName(one, one.constructId, origins)),
    ),
    ...meeting('the physical name', [
      ...destinations.map((one) => destinationName(one, `${one.kind} ${one.name}`, origins)),
      named(`topic ${model.system.name}-alarms`, "the system's topic of alarms", model.spec.origin),
    ]),
  ]);
}

/** Two things that meet in one name mostly meet in others too; renaming one helps against all. */
function oncePerPair(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const places = ({ origin, related }: Diagnostic) => JSON.stringify([origin, related[0]?.origin]);
  return [...new Map([...found].reverse().map((one) => [places(one), one])).values()].reverse();
}

/** Reports each thing whose name another thing has taken. Names of files differ only if they differ without regard to case. */
function meeting(what: string, things: readonly NamedThing[]): readonly Diagnostic[] {
  const taken = new Map<string, NamedThing>();
  const found: Diagnostic[] = [];
  for (const thing of sortBy(things, ({ subject }) => subject)) {
    const key = what === 'the file' ? thing.name.toLowerCase() : thing.name;
    const first = taken.get(key);
    if (first === undefined) taken.set(key, thing);
    else if (first.subject !== thing.subject) {
      const message = `${capital(first.subject)} and ${thing.subject} would both get ${what} ${quote(thing.name)}.`;
      const related = [{ message: first.subject, origin: first.origin }];
      found.push(report('name-collision', thing.origin, message, 'Rename one of them.', related));
    }
  }
  return found;
}

/** Reports a channel whose variable is the one that tells a handler where its own queue is. */
function takingOurs(variables: readonly NamedThing[]): readonly Diagnostic[] {
  return variables
    .filter(({ name }) => name === queueVariable)
    .map(({ subject, origin }) => {
      const message = `${capital(subject)} would get the environment variable ${quote(queueVariable)}, which tells a handler where its own queue is.`;
      return report('name-collision', origin, message, 'Rename it.');
    });
}

function exportedTypes(message: MessageType): readonly NamedThing[] {
  const { typeName, types } = message;
  const names = new Set([typeName, ...types.map(({ name }) => name), `is${typeName}`, schemaName(typeName)]);
  return [...names].map((name) => named(name, messageSubject(message), message.origin));
}

/** The namespace of a service; its construct id differs from it in the case of one letter only. */
function serviceNames(service: ServiceModel): readonly NamedThing[] {
  const origin = [...service.producers, ...receiversOf(service), ...(service.calls ?? [])][0]?.origin;
  const { name } = service.wiring;
  return origin === undefined ? [] : [named(camelCase(name), `service ${quote(name)}`, origin)];
}

function wiringNames(service: ServiceModel): readonly NamedThing[] {
  return receiversOf(service).map((consumer) => named(consumer.wiringName, consumerSubject(consumer), consumer.origin));
}

/** What stands in a service's folder and index, and its constructs. */
function withinService(service: ServiceModel): readonly Diagnostic[] {
  const { consumers, producers, publisher, outbox } = service;
  const each = (name: (consumer: ConsumerModel) => string) =>
    consumers.map((consumer) => named(name(consumer), consumerSubject(consumer), consumer.origin));
  const publisherExports = producers.slice(0, 1).flatMap(({ origin }) => {
    const names = publisher === null ? [] : [publisher.factoryName, publisher.typeName, publisher.eventTypeName];
    return names.map((name) => named(name, `the publisher of service ${quote(service.wiring.name)}`, origin));
  });
  const ofOutbox = outboxSubject(service, outbox === null ? [] : Object.values(outbox));
  const constructsOfOutbox = outboxSubject(service, outbox === null ? [] : ['Outbox', 'OutboxRelay']);
  const receivers = receiversOf(service);
  const all = (name: (receiver: ReceiverModel) => string) =>
    receivers.map((receiver) => named(name(receiver), consumerSubject(receiver), receiver.origin));
  const routes = receivers.flatMap(({ wiring, operations }) =>
    wiring.routes.flatMap(({ constructId, operation }) => {
      const origin = operations.find((one) => one.operation === operation)?.origin;
      return origin === undefined ? [] : [named(constructId, `operation ${quote(operation)}`, origin)];
    }),
  );
  const methods = producers.map(({ methodName, operation, origin }) =>
    named(methodName, `operation ${quote(operation)}`, origin),
  );
  const calls = (service.calls ?? []).map(({ methodName, operation, origin }) =>
    named(methodName, `operation ${quote(operation)}`, origin),
  );
  const callsExports = (service.calls ?? []).slice(0, 1).flatMap(({ origin }) => {
    const { factoryName, typeName } = callsNames(service.wiring.name);
    return [factoryName, typeName].map((name) =>
      named(name, `the calls of service ${quote(service.wiring.name)}`, origin),
    );
  });
  return [
    ...meeting(
      'the file',
      all(({ fileName }) => fileName),
    ),
    ...meeting('the TypeScript name', [
      ...callsExports,
      ...each(({ factoryName }) => factoryName),
      ...batchFactories(consumers),
      ...['Event', 'Context', 'Emitted', 'Publish'].flatMap((suffix) => each(({ typeName }) => typeName + suffix)),
      ...consumers.flatMap(narrowedTypes),
      ...service.subscribers.flatMap((workflow) =>
        workflow.emittedTypeName === null
          ? []
          : [named(workflow.emittedTypeName, consumerSubject(workflow), workflow.origin)],
      ),
      ...publisherExports,
      ...ofOutbox,
    ]),
    ...meeting('the method', methods),
    ...meeting('the method', calls),
    ...meeting('the construct id', [
      ...all(({ wiring }) => wiring.constructId),
      ...constructsOfOutbox,
      ...service.ingresses.map(({ wiring, origin }) =>
        named(wiring.constructId, `the ingress of operation ${quote(wiring.operation)}`, origin),
      ),
    ]),
    ...meeting('the construct id of a route', routes),
  ];
}

/** The outbox of a service under each of these names. */
function outboxSubject({ wiring, producers }: ServiceModel, names: readonly string[]): readonly NamedThing[] {
  const origin = producers.find(({ outbox }) => outbox === true)?.origin;
  return origin === undefined
    ? []
    : names.map((name) => named(name, `the outbox of service ${quote(wiring.name)}`, origin));
}

/** The relays, and the consumers that have the name of one; what consumers share with each other is told elsewhere. */
function aroundRelays(
  services: readonly ServiceModel[],
  nameOf: (wiring: { readonly key: string; readonly handler?: string }) => string | undefined,
): readonly NamedThing[] {
  const relays = services.flatMap((service) => {
    const name = service.wiring.outbox === undefined ? undefined : nameOf(service.wiring.outbox);
    return name === undefined ? [] : outboxSubject(service, [name]);
  });
  const taken = new Set(relays.map(({ name }) => name));
  const receivers = services.flatMap(receiversOf).flatMap((receiver) => {
    const name = nameOf(receiver.wiring);
    return name === undefined || !taken.has(name) ? [] : [named(name, consumerSubject(receiver), receiver.origin)];
  });
  return [...relays, ...receivers];
}

/** Every consumer with a queue has a second factory, for whole batches. */
function batchFactories(consumers: readonly ConsumerModel[]): readonly NamedThing[] {
  const onQueues = consumers.filter(({ wiring }) => wiring.delivery.type === 'queue');
  return onQueues.map((consumer) => named(`${consumer.factoryName}Batch`, consumerSubject(consumer), consumer.origin));
}

function narrowedTypes(consumer: ConsumerModel): readonly NamedThing[] {
  const names = consumer.receives.flatMap(({ narrowing }) => narrowing?.typeName ?? []);
  return names.map((name) => named(name, consumerSubject(consumer), consumer.origin));
}

function destinationName(destination: Destination, name: string, origins: ReadonlyMap<string, Origin>): NamedThing {
  const [kind = '', ...key] = destination.key.split(':');
  const owner = kind === 'bus' ? 'server' : 'channel';
  const origin = origins.get(destination.key);
  if (origin === undefined) throw new Error(`destination ${destination.key} was not declared`);
  return { name, subject: `${owner} ${quote(key.join(':'))}`, origin };
}

function destinationOrigins({ servers, channels }: Declarations): ReadonlyMap<string, Origin> {
  return new Map([
    ...servers.map(({ key, origin }) => [busKey(key), origin] as const),
    ...channels.flatMap(({ key, origin }) => [[topicKey(key), origin] as const, [queueKey(key), origin] as const]),
  ]);
}

function named(name: string, subject: string, origin: Origin): NamedThing {
  return { name, subject, origin };
}

/** Two definitions may share a name on the wire; their places tell them apart. */
function messageSubject({ name, reference }: MessageType): string {
  return `message ${quote(name)} (${reference})`;
}

function receiversOf({ consumers, subscribers }: ServiceModel): readonly ReceiverModel[] {
  return [...consumers, ...subscribers];
}

function consumerSubject({ wiring }: ReceiverModel): string {
  return `consumer ${quote(wiring.key)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
