import { ConstructError, type ConstructErrorCode, EventloomSystem, ServiceStack } from '@eventloom/cdk';
import type { Consumer, Destination, Topology } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { parcelTopology } from './parcel-topology.ts';
import { makeApp, propsFor, someCode } from './synthesize.ts';

describe('a system is refused', () => {
  test('when a consumer has no handler', () => {
    const { 'fleet/planTour': _, 'claims/openClaim': __, ...handlers } = propsFor(parcelTopology).handlers;
    expect(refusal({ handlers })).toEqual([
      'missing-handler',
      'claims/openClaim, fleet/planTour have no handler: add them to the record of handlers.',
    ]);
  });

  test('when a handler has no consumer', () => {
    const handlers = { ...propsFor(parcelTopology).handlers, 'fleet/sellVan': null };
    expect(refusal({ handlers })[0]).toBe('unknown-handler');
  });

  test('when a service with consumers has no code', () => {
    const { fleet: _, ...code } = propsFor(parcelTopology).code;
    expect(refusal({ code })).toEqual([
      'missing-code',
      expect.stringContaining('fleet have consumers or an outbox but no code'),
    ]);
  });

  test('when code belongs to no service', () => {
    const code = { ...propsFor(parcelTopology).code, garage: someCode };
    expect(refusal({ code })[0]).toBe('unknown-code');
  });

  test('when its environment cannot start a name', () => {
    expect(refusal({ environment: 'Dev 1' })[0]).toBe('invalid-environment');
  });

  test('when a name gets too long with its environment', () => {
    expect(refusal({ environment: 'a'.repeat(80) })).toEqual([
      'name-too-long',
      expect.stringContaining("The queue name 'aaaa"),
    ]);
  });

  test('when a function is to read a queue', () => {
    const delivery = deliveryOf('archive/keepEverything');
    const topology = changeConsumer('labels/printLabel', { delivery });
    expect(refusal({ topology })).toEqual(['impossible-route', expect.stringContaining('labels/printLabel')]);
  });

  test('when a FIFO queue is to follow a bus', () => {
    const topology = changeConsumer('claims/openClaim', { delivery: deliveryOf('fleet/trackVan') });
    expect(refusal({ topology })[0]).toBe('impossible-route');
  });

  test('when a bus is to feed a FIFO topic', () => {
    const topology = changeDestination('topic:vans', { fedBy: { bus: 'bus:parcel', eventPattern: { source: ['x'] } } });
    expect(refusal({ topology })[0]).toBe('impossible-route');
  });

  test('when a topic is fed by what is no bus', () => {
    const topology = changeDestination('topic:scans', { fedBy: { bus: 'bus:none', eventPattern: { source: ['x'] } } });
    expect(refusal({ topology })[0]).toBe('unknown-destination');
  });

  test('when a consumer subscribes to a topic twice', () => {
    const [route] = parcelTopology.consumers.find(({ key }) => key === 'fleet/planTour')?.routes ?? [];
    if (route === undefined) throw new Error('no route');
    const again = { ...route, operation: 'planTourAgain', constructId: 'PlanTourAgain' };
    const topology = changeConsumer('fleet/planTour', { routes: [route, again] });
    expect(refusal({ topology })[0]).toBe('duplicate-subscription');
  });

  test('when it publishes to a destination that does not exist', () => {
    const emits = [{ name: 'A', source: 'a', destination: 'bus:none' }];
    const topology = changeConsumer('fleet/planTour', { emits });
    expect(refusal({ topology })[0]).toBe('unknown-destination');
  });

  test('when CloudFormation would put a secret into an event source', () => {
    const emits = [{ name: 'A', source: '{{resolve:ssm:secret}}', destination: 'bus:parcel' }];
    const topology = changeConsumer('fleet/planTour', { emits });
    expect(refusal({ topology })[0]).toBe('dynamic-reference');
  });
});

describe('a service stack is refused', () => {
  test('when the topology has no such service', () => {
    const error = thrownBy(() => new ServiceStack(makeApp(), 'X', { topology: parcelTopology, service: 'garage' }));
    expect(error).toEqual(['unknown-service', expect.stringContaining('archive, claims, counter, fleet, labels')]);
  });

  test('when it has consumers and no code', () => {
    const error = thrownBy(() => new ServiceStack(makeApp(), 'X', { topology: parcelTopology, service: 'fleet' }));
    expect(error[0]).toBe('missing-code');
  });
});

describe('what a system does not have', () => {
  const system = new EventloomSystem(makeApp(), 'Parcel', propsFor(parcelTopology));

  test('cannot be asked for', () => {
    expect(thrownBy(() => system.service('garage'))[0]).toBe('unknown-service');
    expect(thrownBy(() => system.consumer('fleet/sellVan'))[0]).toBe('unknown-consumer');
  });
});

function refusal(
  change: Parameters<typeof propsFor>[1] & { readonly topology?: Topology },
): [ConstructErrorCode, string] {
  const props = { ...propsFor(change.topology ?? parcelTopology), ...change };
  return thrownBy(() => new EventloomSystem(makeApp(), 'Parcel', props));
}

function thrownBy(act: () => unknown): [ConstructErrorCode, string] {
  try {
    act();
  } catch (error) {
    if (ConstructError.is(error)) return [error.code, error.message];
    throw error;
  }
  throw new Error('nothing was thrown');
}

function deliveryOf(key: string): Consumer['delivery'] {
  const consumer = parcelTopology.consumers.find((candidate) => candidate.key === key);
  if (consumer === undefined) throw new Error(`no consumer ${key}`);
  return consumer.delivery;
}

function changeConsumer(key: string, change: Partial<Consumer>): Topology {
  const consumers = parcelTopology.consumers.map((consumer) =>
    consumer.key === key ? { ...consumer, ...change } : consumer,
  );
  return { ...parcelTopology, consumers };
}

function changeDestination(key: string, change: Partial<Destination>): Topology {
  const destinations = parcelTopology.destinations.map((destination) =>
    destination.key === key ? ({ ...destination, ...change } as Destination) : destination,
  );
  return { ...parcelTopology, destinations };
}
