import type { Deployed } from './resolve.ts';
import { listOf, type PolicyStatement, statementsOf, type World } from './world.ts';

/**
 * Returns what the role of a function may do, a line for each action on a resource, sorted. What belongs to the function
 * alone is called by what it is to it, anything else by its name.
 */
export function rightsOfRole(world: World, lambda: Deployed, own: Deployed | undefined): readonly string[] {
  const role = world.all.find(({ arn }) => arn === lambda.properties.Role);
  const policies = world
    .of('AWS::IAM::Policy')
    .filter(({ stack, properties }) => stack === role?.stack && listOf(properties.Roles).includes(role.ref));
  const inline = (role?.properties.Policies ?? []) as readonly { readonly PolicyDocument: unknown }[];
  const documents = [
    ...policies.map(({ properties }) => properties.PolicyDocument),
    ...inline.map((one) => one.PolicyDocument),
  ];
  const managed = listOf(role?.properties.ManagedPolicyArns).map((arn) => `managed policy ${arn}`);
  const names = namesAround(world, lambda, own);
  return [...managed, ...documents.flatMap(statementsOf).flatMap((statement) => spell(statement, names))].sort();
}

type Names = (arn: string) => string;

function namesAround(world: World, { stack, properties }: Deployed, own: Deployed | undefined): Names {
  const { Variables = {} } = (properties.Environment ?? {}) as {
    readonly Variables?: Readonly<Record<string, string>>;
  };
  const logGroup = (properties.LoggingConfig as { readonly LogGroup?: string } | undefined)?.LogGroup;
  return (arn) => {
    const resource = world.byArn(arn);
    if (resource === undefined) return arn;
    if (resource === own) return 'its own queue';
    if (resource.ref === Variables.EVENTLOOM_DEAD_LETTER_QUEUE_URL) return 'its dead-letter queue';
    if (resource.type === 'AWS::Logs::LogGroup' && resource.ref === logGroup) return 'its log group';
    if (resource.type === 'AWS::DynamoDB::Table' && resource.stack === stack) return 'the table of its service';
    return arn.slice(arn.lastIndexOf(':') + 1).replace(/^event-bus\//, '');
  };
}

function spell({ effect, actions, resources, conditions }: PolicyStatement, nameOf: Names): readonly string[] {
  if (effect !== 'Allow') throw new Error(`unexpected ${effect}`);
  const events = eventsOf(conditions);
  return actions.flatMap((action) =>
    resources.flatMap((resource) => events.map((event) => `${action} on ${nameOf(resource)}${event}`)),
  );
}

/** Each event that a condition lets through; nothing where there is no condition. */
function eventsOf(conditions: PolicyStatement['conditions']): readonly string[] {
  if (Object.keys(conditions).length === 0) return [''];
  const { StringEquals, ...others } = conditions;
  const { 'events:source': sources = [], 'events:detail-type': names = [], ...rest } = StringEquals ?? {};
  if (Object.keys(others).length + Object.keys(rest).length > 0) throw new Error(JSON.stringify(conditions));
  return sources.flatMap((source) => names.map((name) => ` as ${name} from ${source}`));
}
