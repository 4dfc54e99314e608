import { type Consumer, deadLetterQueueVariable, queueVariable, tableVariable } from '@eventloom/engine';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { allowRestoring, claimEnvironment } from './claim-rights.ts';
import type { Destinations } from './destinations.ts';
import { grantPublish, publishEnvironment } from './grant-publish.ts';
import { allowRemembering, type NamedTable, remembers } from './tables.ts';

/** Settings that all functions share. */
export interface FunctionSettings {
  /**
   * Runtime of the functions.
   *
   * @default - nodejs24.x
   */
  readonly runtime?: Runtime;

  /**
   * Processor of the functions.
   *
   * @default - arm64
   */
  readonly architecture?: Architecture;

  /**
   * How long logs are kept.
   *
   * @default - one month
   */
  readonly logRetention?: RetentionDays;
}

/** What a consumer's function is made of. */
export interface ConsumerFunctionProps extends FunctionSettings {
  readonly consumer: Consumer;
  readonly code: Code;
  readonly deadLetterQueue: IQueue;
  /** The queue it reads; undefined when it is invoked directly. */
  readonly queue: IQueue | undefined;
  /** The service's table of what handlers remember. */
  readonly table?: NamedTable;
  readonly destinations: Destinations;
}

/** A consumer's function with what belongs to it alone. */
export interface ConsumerFunction {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;
}

/**
 * Adds the function of a consumer, its role and its log group. The role may write to that log group, send to the
 * consumer's dead-letter queue, publish what the consumer emits, report to X-Ray, and use the table and the bucket that
 * the consumer needs, and nothing else.
 */
export function addFunction(scope: Construct, props: ConsumerFunctionProps): ConsumerFunction {
  const logGroup = new LogGroup(scope, 'LogGroup', { retention: props.logRetention ?? RetentionDays.ONE_MONTH });
  const role = addRole(scope, props, logGroup);
  const lambda = new LambdaFunction(scope, 'Function', {
    code: props.code,
    handler: `${props.consumer.handler}.handler`,
    runtime: props.runtime ?? Runtime.NODEJS_24_X,
    architecture: props.architecture ?? Architecture.ARM_64,
    timeout: Duration.seconds(props.consumer.delivery.timeoutSeconds),
    memorySize: props.consumer.delivery.memoryMb,
    tracing: Tracing.ACTIVE,
    environment: functionEnvironment(props),
    logGroup,
    role,
  });
  return { lambda, role, logGroup };
}

/** Lets `role` do to `queue` what an event source mapping does in its name. */
export function allowConsuming(role: Role, queue: IQueue): void {
  role.addToPolicy(
    new PolicyStatement({
      actions: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        // This one is the handler's own: it says when a failed event comes again.
        'sqs:ChangeMessageVisibility',
      ],
      resources: [queue.queueArn],
    }),
  );
}

/** Not the managed AWSLambdaBasicExecutionRole: that one may write to every log group of the account. */
function addRole(scope: Construct, props: ConsumerFunctionProps, logGroup: LogGroup): Role {
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [props.deadLetterQueue.queueArn] }));
  grantPublish(role, props.consumer.emits, props.destinations);
  allowStores(role, props);
  return role;
}

function allowStores(role: Role, { consumer, table, destinations }: ConsumerFunctionProps): void {
  if (table !== undefined && remembers(consumer)) allowRemembering(role, table, consumer);
  if (consumer.claims === true) allowRestoring(role, consumer, destinations);
}

function functionEnvironment(props: ConsumerFunctionProps): Record<string, string> {
  const { consumer, queue, table, destinations } = props;
  return {
    [deadLetterQueueVariable]: props.deadLetterQueue.queueUrl,
    ...(queue === undefined ? {} : { [queueVariable]: queue.queueUrl }),
    ...(table !== undefined && remembers(consumer) ? { [tableVariable]: table.tableName } : {}),
    ...(consumer.claims === true ? claimEnvironment(destinations) : {}),
    ...publishEnvironment(consumer.emits, destinations),
  };
}
