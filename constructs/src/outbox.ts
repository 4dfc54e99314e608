import { outboxTableVariable, type Service } from '@eventloom/engine';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Destinations } from './destinations.ts';
import { addTable } from './tables.ts';

/** Adds the outbox table of a service, or nothing when none of its `send` operations has `x-outbox`. */
export function addOutbox(
  scope: Construct,
  service: Service,
  {
    destinations,
    removalPolicy,
  }: { readonly destinations: Destinations; readonly removalPolicy?: RemovalPolicy | undefined },
): Table | undefined {
  if (service.outbox !== true) return undefined;
  const { name } = destinations.outboxTable(service.name);
  return addTable(scope, 'Outbox', { tableName: name, removalPolicy, stream: true });
}

/** Grants the right to write events to the service's outbox, in transactions with its other items. */
export function grantOutbox(grantee: IGrantable, service: Service, destinations: Destinations): Grant {
  if (service.outbox !== true) return Grant.drop(grantee, 'outbox');
  const resourceArns = [destinations.outboxTable(service.name).arn];
  return Grant.addToPrincipal({ grantee, actions: ['dynamodb:PutItem'], resourceArns });
}

/** Returns the environment variable that tells a producer of the service where its outbox is. */
export function outboxEnvironment(service: Service, destinations: Destinations): Readonly<Record<string, string>> {
  return service.outbox === true ? { [outboxTableVariable]: destinations.outboxTable(service.name).name } : {};
}
