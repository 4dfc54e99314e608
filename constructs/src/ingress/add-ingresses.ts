import type { HttpIngress, Ingress, Topology } from '@eventloom/engine';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Destinations } from '../destinations.ts';
import { stackName } from '../physical-name.ts';
import type { FunctionSettings } from '../service-function.ts';
import { sortedBy } from '../sorted.ts';
import { HttpApi } from './http-api.ts';
import { PipedIngress } from './pipe.ts';
import { ScheduledIngress } from './schedule.ts';

/** What the ingresses of a service are built from. */
export interface IngressesOptions extends FunctionSettings {
  readonly topology: Topology;
  readonly service: string;
  readonly environment?: string | undefined;
  readonly removalPolicy?: RemovalPolicy | undefined;
  readonly code?: Code | undefined;
}

/** What AWS publishes for a service by itself. */
export interface Ingresses {
  /** The API of the service; undefined when it has no `x-ingress` of type `http`. */
  readonly api: HttpApi | undefined;
  /** Schedules and pipes, by operation. */
  readonly ingresses: ReadonlyMap<string, ScheduledIngress | PipedIngress>;
}

/** Adds the API, the schedules and the pipes of a service. */
export function addIngresses(scope: Construct, options: IngressesOptions, destinations: Destinations): Ingresses {
  const { topology, service, environment, removalPolicy, code, ...props } = options;
  const own = sortedBy(ingressesOf(topology, service), ({ operation }) => operation);
  const http = own.filter((ingress): ingress is HttpIngress => ingress.kind === 'http');
  const name = stackName(topology.system, service, environment);
  const api =
    http.length === 0
      ? undefined
      : new HttpApi(scope, 'HttpApi', { ...props, ingresses: http, destinations, name, stageName: 'live', code });
  const others = own.flatMap((ingress): (readonly [string, ScheduledIngress | PipedIngress])[] => {
    const { constructId, operation } = ingress;
    if (ingress.kind === 'http') return [];
    if (ingress.kind === 'schedule')
      return [[operation, new ScheduledIngress(scope, constructId, { ingress, destinations })]];
    return [[operation, new PipedIngress(scope, constructId, { ...props, ingress, destinations, removalPolicy })]];
  });
  return { api, ingresses: new Map(others) };
}

/** The ingresses of a service. */
export function ingressesOf({ ingresses = [] }: Topology, service: string): readonly Ingress[] {
  return ingresses.filter((ingress) => ingress.service === service);
}

/** The modules of the authorizers of a service: its bundle holds them beside its handlers. */
export function authorizerModules(topology: Topology, service: string): readonly string[] {
  const modules = ingressesOf(topology, service).flatMap((ingress) =>
    ingress.kind === 'http' && 'handler' in ingress.authorization ? [ingress.authorization.handler] : [],
  );
  return [...new Set(modules)].sort();
}
