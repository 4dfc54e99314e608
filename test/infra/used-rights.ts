import type { FunctionView } from './consumer-view.ts';
import { arn, arnOf, type Deployment, destinationOf } from './expected.ts';
import { type Found, resource, rightsOf, spell } from './template.ts';

/**
 * Rights are compared by the variable of the environment that names a resource to the running code: that is what a call
 * is seen to use, and what stands beside the policy in the template. So a variable that names another thing than the
 * policy is found too.
 */
type Addresses = ReadonlyMap<string, string>;

/** Returns what each variable of a function names, as `ARN to variable`; of other destinations, what it would be called. */
export function ownAddresses({ lambda }: FunctionView, deployment: Deployment): Addresses {
  const { Variables } = spell(lambda.properties.Environment) as {
    readonly Variables: Readonly<Record<string, string>>;
  };
  const ofDestinations = deployment.topology.destinations.map(
    ({ key, environmentVariable }) => [arnOf(deployment, key), environmentVariable] as const,
  );
  return new Map([...ofDestinations, ...addresses(Variables, deployment)]);
}

/** Returns what each variable of a publisher names, as `ARN to variable`. */
export function publisherAddresses(variables: unknown, deployment: Deployment): Addresses {
  return addresses(spell(variables) as Readonly<Record<string, string>>, deployment);
}

function addresses(variables: Readonly<Record<string, string>>, deployment: Deployment): Addresses {
  return new Map(Object.entries(variables).map(([name, value]) => [arnFor(name, value, deployment), name]));
}

function arnFor(variable: string, value: string, deployment: Deployment): string {
  const { topology } = deployment;
  const found = topology.destinations.find(({ environmentVariable }) => environmentVariable === variable);
  if (found !== undefined) return arnOf(deployment, destinationOf(deployment, found.key).key);
  if (variable === 'EVENTLOOM_CLAIM_BUCKET_NAME') return `arn:\${AWS::Partition}:s3:::${value}`;
  if (variable === 'EVENTLOOM_OUTBOX_TABLE_NAME' && !value.startsWith('${')) return arn('dynamodb', `table/${value}`);
  // A resource of the same stack: its reference is its URL or name.
  if (value.startsWith('${')) return value.replace(/\}$/, '.Arn}');
  return arn('sqs', value.slice(value.lastIndexOf('/') + 1));
}

/** Returns the rights of a policy, one for each event, with variables in place of ARNs, sorted. */
export function namedRights({ properties }: Found, named: Addresses): readonly string[] {
  return rightsOf(properties.PolicyDocument)
    .flatMap(each)
    .map((right) => withVariable(right, named))
    .sort();
}

/** `… as A, B` is two rights. */
function each(right: string): readonly string[] {
  const [head = '', names] = right.split(' as ');
  return names === undefined ? [head] : names.split(', ').map((name) => `${head} as ${name}`);
}

function withVariable(right: string, named: Addresses): string {
  const found = [...named].find(([known]) => right.includes(` on ${known}`));
  return (found === undefined ? right : right.replace(found[0], () => found[1])).replaceAll('${*}', '*');
}

/** Returns what a function's role is needed for by Lambda itself: logs, traces, reading queues and streams in its name. */
export function lambdaRights(view: FunctionView, deployment: Deployment): readonly string[] {
  const logGroup = resource(view.template, 'AWS::Logs::LogGroup', (_, id) =>
    JSON.stringify(spell(view.lambda.properties.LoggingConfig)).includes(`{${id}}`),
  );
  const named = ownAddresses(view, deployment);
  const reading = view.mappings.flatMap(({ properties }) => {
    const source = String(spell(properties.EventSourceArn));
    const verbs = source.endsWith('.StreamArn}') ? streamReading : queueReading;
    return verbs.map((verb) => withVariable(`${verb} on ${source}`, named));
  });
  return [
    `logs:CreateLogStream on \${${logGroup.id}.Arn}`,
    `logs:PutLogEvents on \${${logGroup.id}.Arn}`,
    'xray:PutTelemetryRecords on *',
    'xray:PutTraceSegments on *',
    ...reading,
  ];
}

const queueReading = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

const streamReading = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
  (verb) => `dynamodb:${verb}`,
);
