import { type Consumer, deadLetterQueueVariable, queueVariable, tableVariable } from '@eventloom/engine';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { callsEnvironment, grantCalls } from './calls.ts';
import { allowRestoring, claimEnvironment } from './claim-rights.ts';
import type { Destinations } from './destinations.ts';
import { grantPublish, publishEnvironment } from './grant-publish.ts';
import { grantKey } from './key-rights.ts';
import { addServiceFunction, type FunctionSettings, type ServiceFunction } from './service-function.ts';
import { allowRemembering, type NamedTable, remembers } from './tables.ts';

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

/**
 * Adds the function of a consumer, its role and its log group. The role may write to that log group, send to the
 * consumer's dead-letter queue, publish what the consumer emits, report to X-Ray, and use the table and the bucket that
 * the consumer needs, and nothing else.
 */
export function addFunction(scope: Construct, props: ConsumerFunctionProps): ServiceFunction {
  const { consumer, deadLetterQueue, destinations } = props;
  return addServiceFunction(scope, {
    ...props,
    handler: consumer.handler,
    timeoutSeconds: consumer.delivery.timeoutSeconds,
    memoryMb: consumer.delivery.memoryMb,
    environment: functionEnvironment(props),
    ...(consumer.callers === undefined ? {} : { functionName: destinations.functionName(consumer) }),
    grant: (role) => {
      role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetterQueue.queueArn] }));
      grantKey(role, role, ['sendToQueue']);
      grantPublish(role, consumer.emits, destinations);
      grantCalls(role, consumer.service, destinations);
      allowStores(role, props);
    },
  });
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
  grantKey(role, role, ['receive']);
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
    ...callsEnvironment(consumer.service, destinations),
    ...publishEnvironment(consumer.emits, destinations),
  };
}
