import { outboxTableVariable, type Service } from '@eventloom/engine';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { ConstructError } from './construct-error.ts';
import type { Destinations } from './destinations.ts';
import { grantKey } from './key-rights.ts';
import { OutboxRelay } from './outbox-relay.ts';
import type { FunctionSettings } from './service-function.ts';
import { addTable } from './tables.ts';

/** What an outbox is built from, beside the topology. */
export interface OutboxOptions extends FunctionSettings {
  readonly destinations: Destinations;
  readonly code: Code | undefined;
  readonly removalPolicy: RemovalPolicy | undefined;
}

/**
 * Adds the outbox table of a service and its relay, or nothing when none of its `send` operations has `x-outbox`.
 *
 * @throws ConstructError `missing-code` when there is a relay and no code.
 */
export function addOutbox(
  scope: Construct,
  { name: service, outbox }: Service,
  { removalPolicy, code, ...props }: OutboxOptions,
): { readonly table: Table; readonly relay: OutboxRelay } | undefined {
  if (outbox === undefined) return undefined;
  if (code === undefined) {
    throw new ConstructError(
      'missing-code',
      `Service ${service} has an outbox but no code for its relay: pass its bundle as 'code'.`,
    );
  }
  const { name } = props.destinations.outboxTable(service);
  const table = addTable(scope, 'Outbox', { tableName: name, removalPolicy, stream: true });
  return { table, relay: new OutboxRelay(scope, 'OutboxRelay', { outbox, code, table, ...props }) };
}

/** Grants the right to write events to the service's outbox, in transactions with its other items. */
export function grantOutbox(grantee: IGrantable, service: Service, destinations: Destinations): Grant {
  if (service.outbox === undefined) return Grant.drop(grantee, 'outbox');
  const resourceArns = [destinations.outboxTable(service.name).arn];
  const grant = Grant.addToPrincipal({ grantee, actions: ['dynamodb:PutItem'], resourceArns });
  return grant.combine(grantKey(grantee, destinations.scope, ['useTable']));
}

/** Returns the environment variable that tells a producer of the service where its outbox is. */
export function outboxEnvironment(service: Service, destinations: Destinations): Readonly<Record<string, string>> {
  return service.outbox !== undefined ? { [outboxTableVariable]: destinations.outboxTable(service.name).name } : {};
}
