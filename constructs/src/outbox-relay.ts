import { deadLetterQueueVariable, type Outbox, outboxTableVariable } from '@eventloom/engine';
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import {
  type Code,
  EventSourceMapping,
  type IFunction,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ConstructError } from './construct-error.ts';
import type { Destinations } from './destinations.ts';
import { grantPublish, publishEnvironment } from './grant-publish.ts';
import { grantKey } from './key-rights.ts';
import { addDeadLetterQueue } from './queues.ts';
import { addServiceFunction, type FunctionSettings } from './service-function.ts';

/** What the relay of an outbox is built from. */
export interface OutboxRelayProps extends FunctionSettings {
  readonly outbox: Outbox;
  /** The service's bundle, which holds the relay's handler module. */
  readonly code: Code;
  /** The outbox table, with a stream of new images. */
  readonly table: Table;
  readonly destinations: Destinations;
}

/**
 * What publishes the events of an outbox: a function on the stream of the table, its role, log group and dead-letter
 * queue. All are exposed, so that what the spec cannot say can still be set on them.
 *
 * The dead-letter queue gets the events that can never be published, with the reason, and Lambda's notice of a batch
 * that could not be published for as long as its stream keeps it. The items of both stay in the table. Watch it with one
 * alarm.
 */
export class OutboxRelay extends Construct {
  readonly outbox: Outbox;
  readonly deadLetterQueue: IQueue;
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;
  readonly mapping: EventSourceMapping;

  /** @throws ConstructError `missing-stream` when the table has no stream. */
  constructor(scope: Construct, id: string, props: OutboxRelayProps) {
    super(scope, id);
    const { outbox, table, destinations } = props;
    this.outbox = outbox;
    this.deadLetterQueue = addDeadLetterQueue(this, 'DeadLetterQueue', { fifo: false });
    const { lambda, role, logGroup } = addServiceFunction(this, {
      ...props,
      handler: outbox.handler,
      timeoutSeconds: outbox.timeoutSeconds,
      memoryMb: outbox.memoryMb,
      grant: (role) => allowRelaying(role, props, this.deadLetterQueue),
      environment: {
        [outboxTableVariable]: table.tableName,
        [deadLetterQueueVariable]: this.deadLetterQueue.queueUrl,
        ...publishEnvironment(outbox.publishes, destinations),
      },
    });
    this.function = lambda;
    this.role = role;
    this.logGroup = logGroup;
    this.mapping = addMapping(this, props, { lambda: this.function, deadLetterQueue: this.deadLetterQueue });
  }
}

/** What a relay does: read its stream, take events out of the table, publish them, put them aside. */
function allowRelaying(role: Role, { outbox, table, destinations }: OutboxRelayProps, deadLetterQueue: IQueue): void {
  const allow = (actions: string[], resource: string) =>
    role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.Lambda.Tutorial.html
  allow(
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    streamOf(table),
  );
  allow(['dynamodb:DeleteItem', 'dynamodb:UpdateItem'], table.tableArn);
  allow(['sqs:SendMessage'], deadLetterQueue.queueArn);
  grantPublish(role, outbox.publishes, destinations);
  grantKey(role, role, ['useTable', 'sendToQueue']);
}

function streamOf({ tableStreamArn, node }: Table): string {
  if (tableStreamArn !== undefined) return tableStreamArn;
  throw new ConstructError(
    'missing-stream',
    `The table ${node.path} has no stream for the relay of the outbox to read.`,
  );
}

/**
 * From the oldest record on, so that none is passed over while the mapping is made, and as often as it takes. A batch is
 * never bisected: the relay itself says from where on it comes again.
 */
function addMapping(
  scope: Construct,
  { outbox, table }: OutboxRelayProps,
  { lambda, deadLetterQueue }: { readonly lambda: IFunction; readonly deadLetterQueue: IQueue },
): EventSourceMapping {
  return new EventSourceMapping(scope, 'Mapping', {
    target: lambda,
    eventSourceArn: streamOf(table),
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: outbox.batchSize,
    reportBatchItemFailures: true,
    bisectBatchOnError: false,
    maxRecordAge: Duration.seconds(outbox.maxRecordAgeSeconds),
    onFailure: { bind: () => ({ destination: deadLetterQueue.queueArn }) },
    filters: [{ pattern: JSON.stringify(putIntoTable) }, { pattern: JSON.stringify(changedByHand) }],
  });
}

const putIntoTable = { eventName: ['INSERT'] };

/** The relay itself changes an item only to mark it as failed. Who takes that mark away wants it published again. */
const changedByHand = { eventName: ['MODIFY'], dynamodb: { NewImage: { failed: { S: [{ exists: false }] } } } };
