import type { EventAddress, QueueIngress, TableIngress } from '@eventloom/engine';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Destinations } from '../destinations.ts';
import { logEncryption } from '../encryption.ts';
import { grantPublish } from '../grant-publish.ts';
import { grantKey } from '../key-rights.ts';
import { addDeadLetterQueue, addWorkQueue } from '../queues.ts';
import type { FunctionSettings } from '../service-function.ts';
import { addTable } from '../tables.ts';

/** What a pipe onto a bus is built from. */
export interface PipedIngressProps extends FunctionSettings {
  readonly ingress: QueueIngress | TableIngress;
  readonly destinations: Destinations;
  readonly removalPolicy: RemovalPolicy | undefined;
}

/** Seconds that a pipe may take for a batch: it puts events on a bus, which takes less than one. */
const visibilityTimeoutSeconds = 60;

/**
 * A pipe that puts the messages of a queue, or the new items of a table, on a bus as events; with the queue or the table
 * when they do not exist yet, a role that may do this and nothing else, a dead-letter queue and a log group. All are
 * exposed.
 */
export class PipedIngress extends Construct {
  readonly ingress: QueueIngress | TableIngress;
  readonly pipe: CfnPipe;
  readonly role: Role;
  readonly logGroup: LogGroup;
  /** Undefined when the queue belongs to somebody else, who moves aside what fails. */
  readonly deadLetterQueue: IQueue | undefined;
  readonly deadLetterQueues: readonly IQueue[];
  /** The queue that was made. */
  readonly queue: IQueue | undefined;
  /** The table that was made. */
  readonly table: Table | undefined;

  constructor(scope: Construct, id: string, props: PipedIngressProps) {
    super(scope, id);
    const { ingress, destinations } = props;
    this.ingress = ingress;
    const isForeign = ingress.kind === 'queue' && ingress.arn !== null;
    this.deadLetterQueue = isForeign ? undefined : addDeadLetterQueue(this, 'DeadLetterQueue', { fifo: false });
    this.deadLetterQueues = this.deadLetterQueue === undefined ? [] : [this.deadLetterQueue];
    this.queue = ingress.kind === 'queue' ? ownQueue(this, ingress, this.deadLetterQueue) : undefined;
    this.table = ingress.kind === 'table' && ingress.streamArn === null ? ownTable(this, props) : undefined;
    this.logGroup = new LogGroup(this, 'LogGroup', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.RETAIN,
      ...logEncryption(this),
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('pipes.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    grantPublish(this.role, [ingress.event], destinations);
    const source = ingress.kind === 'queue' ? this.#queueSource(ingress) : this.#tableSource(ingress);
    this.pipe = new CfnPipe(this, 'Pipe', {
      roleArn: this.role.roleArn,
      source: source.arn,
      sourceParameters: source.parameters,
      target: destinations.locate(ingress.event.destination).arn,
      targetParameters: { inputTemplate: source.template, eventBridgeEventBusParameters: busParameters(ingress.event) },
      logConfiguration: { level: 'ERROR', cloudwatchLogsLogDestination: { logGroupArn: this.logGroup.logGroupArn } },
    });
    // The pipe reads as soon as it is there.
    this.pipe.node.addDependency(this.role);
  }

  #queueSource({ arn, batchSize }: QueueIngress): PipeSource {
    const queueArn = this.queue?.queueArn ?? arn ?? '';
    allow(this.role, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queueArn);
    if (this.queue !== undefined) grantKey(this.role, this, ['receive']);
    // The body is JSON text, which a pipe reads as JSON by itself.
    return { arn: queueArn, parameters: { sqsQueueParameters: { batchSize } }, template: '<$.body>' };
  }

  #tableSource({ streamArn, batchSize, attribute }: TableIngress): PipeSource {
    const arn = this.table?.tableStreamArn ?? streamArn ?? '';
    const deadLetters = this.deadLetterQueue?.queueArn ?? '';
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    allow(
      this.role,
      actions.map((action) => `dynamodb:${action}`),
      arn,
    );
    allow(this.role, ['sqs:SendMessage'], deadLetters);
    grantKey(this.role, this, ['sendToQueue', ...(this.table === undefined ? [] : (['useTable'] as const))]);
    return {
      arn,
      template: `<$.dynamodb.NewImage.${attribute}.S>`,
      parameters: {
        filterCriteria: { filters: [{ pattern: JSON.stringify(newItems(attribute)) }] },
        dynamoDbStreamParameters: {
          batchSize,
          startingPosition: 'TRIM_HORIZON',
          deadLetterConfig: { arn: deadLetters },
          maximumRecordAgeInSeconds: maximumRecordAgeSeconds,
          onPartialBatchItemFailure: 'AUTOMATIC_BISECT',
        },
      },
    };
  }
}

interface PipeSource {
  readonly arn: string;
  readonly parameters: CfnPipe.PipeSourceParametersProperty;
  readonly template: string;
}

/** An hour before the stream forgets a record, so that its loss is told. */
const maximumRecordAgeSeconds = 23 * 60 * 60;

/** Items that are put in with a payload. Changes and deletions are no events. */
function newItems(attribute: string): object {
  return { eventName: ['INSERT'], dynamodb: { NewImage: { [attribute]: { S: [{ exists: true }] } } } };
}

function busParameters({ name, source }: EventAddress): CfnPipe.PipeTargetEventBridgeEventBusParametersProperty {
  return { detailType: name, source };
}

function ownQueue(scope: Construct, { arn, maxReceiveCount }: QueueIngress, deadLetterQueue: IQueue | undefined) {
  if (arn !== null || deadLetterQueue === undefined) return undefined;
  return addWorkQueue(scope, 'Queue', { fifo: false, visibilityTimeoutSeconds, maxReceiveCount, deadLetterQueue });
}

function ownTable(scope: Construct, { removalPolicy }: PipedIngressProps): Table {
  return addTable(scope, 'Table', { removalPolicy, stream: true });
}

function allow(role: Role, actions: string[], resource: string): void {
  role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
}
