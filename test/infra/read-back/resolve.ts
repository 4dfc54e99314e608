import type { Resource, Templates } from '../template.ts';

/** Where the templates are taken to be deployed. */
export const place = {
  'AWS::AccountId': '111122223333',
  'AWS::Region': 'eu-west-1',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
} as const;

/** A resource of one of several templates, with its properties as CloudFormation would set them. */
export interface Deployed {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** Null where the resource has none. */
  readonly arn: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * Returns every resource of some templates as if CloudFormation had deployed them: names are chosen where a template
 * gives none, and each intrinsic function has its value. Knows the functions and attributes that occur; anything else is
 * an error, so that nothing is passed over.
 */
export function deploy(templates: Templates): readonly Deployed[] {
  return [...templates].flatMap(([stack, { Resources = {} }]) =>
    Object.entries(Resources).map(([id, resource]) => {
      const identity = identify(stack, id, Resources);
      return {
        stack,
        id,
        type: resource.Type,
        ...identity,
        properties: evaluate(resource.Properties ?? {}, stack, Resources) as Deployed['properties'],
      };
    }),
  );
}

type Resources = Readonly<Record<string, Resource>>;

interface Identity {
  readonly ref: string;
  readonly arn: string | null;
}

/** How a type is called: the property with its name, its ARN by its name, and whether `Ref` is the ARN or a URL. */
interface Naming {
  readonly property: string;
  readonly arn: ((name: string, properties: Readonly<Record<string, unknown>>) => string) | null;
  readonly ref?: 'arn' | 'url';
}

const { 'AWS::AccountId': account, 'AWS::Region': region } = place;

function regional(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

const namings: Readonly<Record<string, Naming>> = {
  'AWS::Events::EventBus': { property: 'Name', arn: (name) => regional('events', `event-bus/${name}`) },
  'AWS::Events::Rule': {
    property: 'Name',
    arn: (name, { EventBusName }) => regional('events', `rule/${String(EventBusName)}/${name}`),
  },
  'AWS::SNS::Topic': { property: 'TopicName', arn: (name) => regional('sns', name), ref: 'arn' },
  'AWS::SQS::Queue': { property: 'QueueName', arn: (name) => regional('sqs', name), ref: 'url' },
  'AWS::Lambda::Function': { property: 'FunctionName', arn: (name) => regional('lambda', `function:${name}`) },
  'AWS::IAM::Role': { property: 'RoleName', arn: (name) => `arn:aws:iam::${account}:role/${name}` },
  'AWS::DynamoDB::Table': { property: 'TableName', arn: (name) => regional('dynamodb', `table/${name}`) },
  'AWS::S3::Bucket': { property: 'BucketName', arn: (name) => `arn:aws:s3:::${name}` },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', arn: (name) => regional('logs', `log-group:${name}:*`) },
};

function identify(stack: string, id: string, resources: Resources): Identity {
  const { Type, Properties = {} } = resources[id] ?? {};
  const naming = namings[Type ?? ''];
  if (naming === undefined) return { ref: `${stack}/${id}`, arn: regional(serviceOf(Type ?? ''), `${stack}/${id}`) };
  const properties = evaluate(Properties, stack, resources, [id]) as Readonly<Record<string, unknown>>;
  const name = String(properties[naming.property] ?? `${stack}-${id}`);
  const arn = naming.arn?.(name, properties) ?? null;
  if (naming.ref === 'url') return { ref: `https://sqs.${region}.amazonaws.com/${account}/${name}`, arn };
  return { ref: naming.ref === 'arn' ? String(arn) : name, arn };
}

function serviceOf(type: string): string {
  return (type.split('::')[1] ?? '').toLowerCase();
}

/** `within` are the resources whose names are being found out: what refers to them is not needed for it. */
function evaluate(value: unknown, stack: string, resources: Resources, within: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, stack, resources, within));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [field, operand] = entries[0] ?? ['', undefined];
  if (entries.length !== 1 || !/^Ref$|^Fn::/.test(field)) {
    return Object.fromEntries(entries.map(([name, part]) => [name, evaluate(part, stack, resources, within)]));
  }
  const inner = (part: unknown) => evaluate(part, stack, resources, within);
  switch (field) {
    case 'Ref':
      return referenced(String(operand), stack, resources, within).ref;
    case 'Fn::GetAtt':
      return attribute(operand, stack, resources, within);
    case 'Fn::Join': {
      const [separator, parts] = operand as readonly [string, readonly unknown[]];
      return parts.map((part) => String(inner(part))).join(separator);
    }
    case 'Fn::Select': {
      const [index, list] = operand as readonly [number | string, unknown];
      return (inner(list) as readonly unknown[])[Number(index)];
    }
    case 'Fn::Split': {
      const [separator, text] = operand as readonly [string, unknown];
      return String(inner(text)).split(separator);
    }
    default:
      throw new Error(`${stack} has ${field}, which this test cannot evaluate`);
  }
}

function referenced(id: string, stack: string, resources: Resources, within: readonly string[]): Identity {
  if (Object.hasOwn(place, id)) return { ref: place[id as keyof typeof place], arn: null };
  if (!Object.hasOwn(resources, id)) throw new Error(`${stack} refers to ${id}, which it has not`);
  return within.includes(id) ? { ref: `<${id}>`, arn: `<${id}>` } : identify(stack, id, resources);
}

function attribute(operand: unknown, stack: string, resources: Resources, within: readonly string[]): string {
  const [id, name] = operand as readonly [string, string];
  const { ref, arn } = referenced(id, stack, resources, within);
  if (name === 'Arn' || name === 'TopicArn') return String(arn);
  if (name === 'QueueName') return ref.slice(ref.lastIndexOf('/') + 1);
  return `${arn}#${name}`;
}
