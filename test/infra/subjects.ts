import { readFileSync } from 'node:fs';
import { EventloomSystem, type EventloomSystemProps } from '@eventloom/cdk';
import type { Topology } from '@eventloom/engine';
import type { App } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { topology as shop } from '../../generated/index.js';
import { toTopology } from '../../generator/src/model/to-topology.ts';
import { understand } from '../support/model-of.ts';
import { harbour as docks } from './harbour.ts';
import { subscriberTopology } from './parcel-subscribers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { propsFor } from './synthesize.ts';

/** A system that judges of templates look at. */
export interface Subject {
  readonly name: string;
  readonly topology: Topology;
  readonly settings: Partial<EventloomSystemProps>;
}

/** Every kind of destination, route, delivery and setting, in systems of several domains, with and without a key of the customer's. */
export async function subjects(): Promise<readonly Subject[]> {
  return [
    { name: 'Shop', topology: shop, settings: {} },
    { name: 'Clinic', topology: await topologyOf('../clinic/asyncapi.yaml'), settings: { environment: 'dev' } },
    { name: 'Harbour', topology: await topologyOf('../aws/harbour/asyncapi.yaml'), settings: {} },
    { name: 'Parcel', topology: { ...parcelTopology, ...subscriberTopology }, settings: { workflows } },
    { name: 'Docks', topology: docks, settings: { environment: 'docks' } },
    { name: 'Locked', topology: locked, settings: { workflows, environment: 'locked' } },
  ];
}

/** Adds a subject to an app, below its name. */
export function addSubject(app: App, { name, topology, settings }: Subject): EventloomSystem {
  return new EventloomSystem(app, name, propsFor(topology, settings));
}

/** As somebody who runs cdk-nag hands one in: with logs and traces. */
const workflows: NonNullable<EventloomSystemProps['workflows']> = {
  'claims/custom': (scope) =>
    new StateMachine(scope, 'Custom', {
      definitionBody: DefinitionBody.fromChainable(new Pass(scope, 'Nothing')),
      logs: { destination: new LogGroup(scope, 'Logs'), level: LogLevel.ALL },
      tracingEnabled: true,
    }),
};

/** Everything that is off by default, with one key of the customer's for all. */
const locked: Topology = {
  ...subscriberTopology,
  infrastructure: { encryption: 'customer' },
  destinations: subscriberTopology.destinations.map((destination) =>
    destination.kind !== 'bus'
      ? destination
      : {
          ...destination,
          logging: { level: 'trace', detail: true },
          schemaRegistry: [{ name: `${destination.name}@Lost`, description: 'Gone.', content: '{"type":"object"}' }],
          allowAccounts: [{ account: '444455556666', events: [{ name: 'Lost', source: 'parcel' }] }],
        },
  ),
};

async function topologyOf(spec: string): Promise<Topology> {
  const { model } = await understand(readFileSync(new URL(spec, import.meta.url), 'utf8'));
  return toTopology(model);
}
