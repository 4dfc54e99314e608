import type { EventAddress, Infrastructure } from '@eventloom/engine';
import { callsOf } from './calls.ts';
import type { OperationDeclaration, ReceiveDeclaration, SendDeclaration } from './declarations.ts';
import type { CallModel, ProducerModel, ServiceModel } from './event-model.ts';
import { addressOf } from './events.ts';
import { settingOf } from './infrastructure/function-defaults.ts';
import { methodName, outboxNames, pascalCase, publisherNames } from './names.ts';
import { byAddress, sortBy, uniqueAddresses } from './order.ts';
import { buildOutbox } from './outbox.ts';
import { docOf } from './read/doc.ts';

/** What receives events: with a handler, and without. */
type Receivers = Pick<ServiceModel, 'consumers' | 'subscribers'>;

/** Makes the services: every one that sends or receives, sorted by name. */
export function buildServices(
  operations: readonly OperationDeclaration[],
  { consumers, subscribers }: Receivers,
  infrastructure: Infrastructure | undefined,
): readonly ServiceModel[] {
  const receives = operations.filter((operation): operation is ReceiveDeclaration => operation.action === 'receive');
  const callers = receives.flatMap((operation) => operation.callers?.map(({ value }) => value) ?? []);
  const names = new Set([...operations.map(({ service }) => service), ...callers]);
  const services = [...names].map((name) => {
    const sends = operations.filter((operation) => operation.action === 'send' && operation.service === name);
    const own: Receivers = {
      consumers: consumers.filter(({ wiring }) => wiring.service === name),
      subscribers: subscribers.filter(({ wiring }) => wiring.service === name),
    };
    const relayMemoryMb = settingOf(infrastructure, name, 'memoryMb');
    const service = buildService(name, sends as readonly SendDeclaration[], own, relayMemoryMb);
    return withCalls(service, callsOf(name, receives, consumers));
  });
  return sortBy(services, ({ wiring }) => wiring.name);
}

function buildService(
  name: string,
  sends: readonly SendDeclaration[],
  receivers: Receivers,
  relayMemoryMb: number | undefined,
): ServiceModel {
  const placed = sortBy(sends, ({ key }) => key).filter(({ channel }) => channel.placement !== null);
  const kept = placed.filter(({ outbox }) => outbox);
  return {
    wiring: {
      name,
      constructId: pascalCase(name),
      publishes: uniqueAddresses(placed.flatMap(addressesOf)),
      ...(kept.length === 0
        ? {}
        : { outbox: buildOutbox(name, uniqueAddresses(kept.flatMap(addressesOf)), relayMemoryMb) }),
    },
    folder: name,
    publisher: placed.length === 0 ? null : publisherNames(name),
    outbox: kept.length === 0 ? null : outboxNames(name),
    producers: placed.map(toProducer),
    ...receivers,
    ingresses: [],
  };
}

function withCalls(service: ServiceModel, calls: readonly CallModel[]): ServiceModel {
  if (calls.length === 0) return service;
  const wired = calls.map(({ consumer, environmentVariable }) => ({ consumer, environmentVariable }));
  return { ...service, wiring: { ...service.wiring, calls: sortBy(wired, ({ consumer }) => consumer) }, calls };
}

function addressesOf({ channel, messages }: SendDeclaration): readonly EventAddress[] {
  const { placement } = channel;
  return placement === null ? [] : messages.map(({ name }) => addressOf(channel, placement, name));
}

function toProducer(operation: SendDeclaration): ProducerModel {
  return {
    operation: operation.key,
    methodName: methodName(operation.key),
    doc: docOf(operation.node),
    events: addressesOf(operation)
      .map(({ name, source }) => ({ name, source }))
      .sort(byAddress),
    channel: operation.channel.key,
    ...(operation.outbox ? { outbox: true as const } : {}),
    origin: operation.origin,
  };
}
