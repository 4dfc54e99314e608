import type { ExternalDelivery } from '@eventloom/engine';
import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { ConstructError } from '../construct-error.ts';
import { addWorkQueue, senderStatement } from '../queues.ts';
import { addRuleRoleFor } from './delivery-role.ts';
import { plainText } from './plain-text.ts';
import type { SubscriberSite, SubscriberTarget } from './subscriber-site.ts';

/** A queue without a function of ours. */
export interface QueueResources {
  readonly type: 'queue';
  readonly queueArn: string;
  /** The queue that was made; undefined for one that another team owns. */
  readonly queue: Queue | undefined;
  /** What EventBridge sends to a queue of another account as; undefined within the account. */
  readonly role: Role | undefined;
}

/**
 * Adds a queue with outputs that say where it is, or takes the one that another team owns. Within the account EventBridge
 * must take no role for a queue (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html), in
 * another it must; so who sends to another account gives the stack its own.
 */
export function addExternalQueue(
  site: SubscriberSite,
  delivery: ExternalDelivery,
): { readonly resources: QueueResources; readonly target: SubscriberTarget } {
  const { scope, deadLetterQueue } = site;
  if (delivery.arn === null) {
    const queue = addWorkQueue(scope, 'Queue', { ...delivery, deadLetterQueue });
    new CfnOutput(scope, 'QueueUrl', { value: queue.queueUrl, description: 'Where the events wait' });
    new CfnOutput(scope, 'QueueArn', { value: queue.queueArn, description: 'For the policy of who reads them' });
    return {
      resources: { type: 'queue', queueArn: queue.queueArn, queue, role: undefined },
      target: targetOf(queue.queueArn, undefined),
    };
  }
  const arn = plainText('ARN', delivery.arn);
  const role = isForeign(site, arn) ? addRuleRoleFor(site, ['sqs:SendMessage'], arn) : undefined;
  return {
    resources: { type: 'queue', queueArn: arn, queue: undefined, role },
    target: targetOf(arn, role),
  };
}

function targetOf(arn: string, role: Role | undefined): SubscriberTarget {
  return {
    rule: { id: 'Queue', arn, ...(role === undefined ? {} : { roleArn: role.roleArn }) },
    endpoints: [{ id: '', protocol: 'sqs', endpoint: arn, rawMessageDelivery: true }],
  };
}

function isForeign({ scope, subscriber }: SubscriberSite, arn: string): boolean {
  const account = /^arn:[\w-]+:sqs:[\w-]+:(\d{12}):[\w-]+(\.fifo)?$/.exec(arn)?.[1];
  if (account === undefined) {
    throw new ConstructError('impossible-route', `Subscriber ${subscriber.key}: '${arn}' is no ARN of a queue.`);
  }
  const own = Stack.of(scope).account;
  const fromBus = subscriber.routes.some(({ kind }) => kind === 'eventbridge');
  return fromBus && !Token.isUnresolved(own) && own !== account;
}

/** Puts out the statements that the owner of a queue adds to its policy, as one JSON list. */
export function tellOwner(
  scope: SubscriberSite['scope'],
  { queueArn, role }: QueueResources,
  senders: { readonly ruleArns: readonly string[]; readonly topicArns: readonly string[] },
): void {
  const ofRules =
    role === undefined ? senderStatement(queueArn, 'events', senders.ruleArns) : roleStatement(queueArn, role);
  const statements = [
    ...(senders.ruleArns.length === 0 ? [] : [ofRules]),
    ...(senders.topicArns.length === 0 ? [] : [senderStatement(queueArn, 'sns', senders.topicArns)]),
  ];
  new CfnOutput(scope, 'QueuePolicyStatements', {
    description: 'What the owner of the queue adds to the statements of its policy',
    value: Stack.of(scope).toJsonString(statements.map((statement) => statement.toStatementJson())),
  });
}

function roleStatement(queueArn: string, { roleArn }: Role): PolicyStatement {
  return new PolicyStatement({
    principals: [new ArnPrincipal(roleArn)],
    actions: ['sqs:SendMessage'],
    resources: [queueArn],
  });
}
