import type { Consumer } from '@eventloom/engine';
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { tableEncryption } from './encryption.ts';
import { grantKey } from './key-rights.ts';

/** What is needed of a table to use it; a `Table` of the CDK has it. */
export interface NamedTable {
  readonly tableName: string;
  readonly tableArn: string;
}

/** What sets one table apart from another. */
export interface TableOptions {
  readonly removalPolicy: RemovalPolicy | undefined;
  /** @default - chosen by CloudFormation */
  readonly tableName?: string;
  /** Whether what is written comes out of a stream. */
  readonly stream?: boolean;
}

/**
 * Adds a table with the partition key `id` and the time to live `expiration`, which is what Powertools for AWS expects
 * of a table for idempotency too. It is paid by request, encrypted with a key of AWS or the system's own, and can be put back to any second
 * of the last 35 days.
 */
export function addTable(scope: Construct, id: string, options: TableOptions): Table {
  return new Table(scope, id, {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    timeToLiveAttribute: 'expiration',
    billingMode: BillingMode.PAY_PER_REQUEST,
    ...tableEncryption(scope),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: options.removalPolicy ?? RemovalPolicy.RETAIN,
    ...(options.tableName === undefined ? {} : { tableName: options.tableName }),
    ...(options.stream === true ? { stream: StreamViewType.NEW_IMAGE } : {}),
  });
}

/** Tells whether the handler of a consumer remembers something between events. */
export function remembers({ idempotency, gather, downstreams = [] }: Consumer): boolean {
  return idempotency !== null || gather !== undefined || downstreams.length > 0;
}

/**
 * Lets `role` do in `table` what the consumer's handler does: single items only, none of them read but by its id. Split
 * by what remembers, so that a breaker's handler deletes nothing.
 */
export function allowRemembering(role: Role, table: NamedTable, consumer: Consumer): void {
  role.addToPolicy(new PolicyStatement({ actions: [...actionsOf(consumer)], resources: [table.tableArn] }));
  grantKey(role, role, ['useTable']);
}

function actionsOf({ idempotency, gather }: Consumer): readonly string[] {
  return [
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    // A failed handler gives its lock back.
    ...(idempotency === null ? [] : ['dynamodb:DeleteItem']),
    // A circuit is written whole; locks and groups of parts change.
    ...(idempotency === null && gather === undefined ? [] : ['dynamodb:UpdateItem']),
  ];
}
