import type { Deployed } from './resolve.ts';
import { listOf, type PolicyStatement, statementsOf, type World } from './world.ts';

/** A service of AWS that does something on behalf of a resource. */
export interface Sender {
  /** `events` or `sns`. */
  readonly service: string;
  /** Undefined where the service does not tell: a rule says nothing to a topic. */
  readonly sourceArn: string | undefined;
}

/** Tells whether the policies of a queue let somebody send to it. */
export function maySend(world: World, queue: Deployed, sender: Sender): boolean {
  const policies = world.of('AWS::SQS::QueuePolicy').filter(({ properties }) => names(properties.Queues, queue.ref));
  return allows(policies, 'sqs:SendMessage', String(queue.arn), sender);
}

/** Tells whether the policies of a topic let somebody publish to it. */
export function mayPublish(world: World, topic: Deployed, sender: Sender): boolean {
  const policies = world.of('AWS::SNS::TopicPolicy').filter(({ properties }) => names(properties.Topics, topic.ref));
  return allows(policies, 'sns:Publish', String(topic.arn), sender);
}

/** Tells whether a permission lets somebody invoke a function. */
export function mayInvoke(world: World, lambda: Deployed, sender: Sender): boolean {
  return world.of('AWS::Lambda::Permission').some(({ properties }) => {
    const { Action, FunctionName, Principal, SourceArn } = properties;
    const isMeant = FunctionName === lambda.arn || FunctionName === lambda.ref;
    const principal = `${sender.service}.amazonaws.com`;
    return isMeant && Action === 'lambda:InvokeFunction' && Principal === principal && SourceArn === sender.sourceArn;
  });
}

function names(property: unknown, ref: string): boolean {
  return listOf(property).includes(ref);
}

/** A denial counts only where it has no condition or one that is known to be harmless: TLS is always there. */
function allows(policies: readonly Deployed[], action: string, resource: string, sender: Sender): boolean {
  const meant = policies
    .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
    .filter(({ actions, resources }) => actions.some((one) => covers(one, action)) && resources.includes(resource));
  const isDenied = meant.some(({ effect, conditions }) => effect === 'Deny' && !deniesPlainHttpOnly(conditions));
  return !isDenied && meant.some((statement) => statement.effect === 'Allow' && isFor(statement, sender));
}

function covers(pattern: string, action: string): boolean {
  return pattern === action || pattern === '*' || pattern === `${action.split(':')[0]}:*`;
}

function deniesPlainHttpOnly(conditions: PolicyStatement['conditions']): boolean {
  return JSON.stringify(conditions) === JSON.stringify({ Bool: { 'aws:SecureTransport': ['false'] } });
}

function isFor({ principals, conditions }: PolicyStatement, { service, sourceArn }: Sender): boolean {
  if (!principals.includes(`${service}.amazonaws.com`)) return false;
  return Object.entries(conditions).every(([test, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      if (key === 'aws:SourceAccount') return true;
      if (test !== 'ArnEquals' || key !== 'aws:SourceArn') throw new Error(`unexpected condition ${test} on ${key}`);
      return sourceArn !== undefined && values.includes(sourceArn);
    }),
  );
}
