import { type Consumer, limits, type Topology } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { chosenQueueArn, chosenQueueUrl, ruleArn } from '../../generator/src/check/deployed.ts';
import { deployedNames } from '../../generator/src/check/deployed-names.ts';
import {
  consumerVariables,
  environmentBytes,
  relayVariables,
  type Variable,
} from '../../generator/src/check/environment-limits.ts';
import { queuePolicyBytes } from '../../generator/src/check/policy-limits.ts';
import { loadModel } from '../../generator/src/load-model.ts';
import { toTopology } from '../../generator/src/model/to-topology.ts';
import { repository } from '../support/repository.ts';
import { synthesize } from './synthesize.ts';
import { type Found, type Properties, type Resource, resources, type Templates } from './template.ts';

const environment = 'integration';

/** What generation takes for granted about a deployment is what the constructs do. */
describe.each(['asyncapi.yaml', 'test/hotel/asyncapi.yaml', 'test/rights/asyncapi.yaml'])(
  'what %s becomes',
  async (spec) => {
    const { model } = await loadModel({ spec: `${repository}${spec}` });
    if (model === null) throw new Error(`${spec} has no model`);
    const topology = toTopology(model);
    const templates = synthesize(topology, { environment });
    const functions = all(templates, 'AWS::Lambda::Function');

    test.each(topology.consumers.map((consumer) => [consumer.key, consumer] as const))(
      'the environment of %s',
      (_, consumer) => {
        checkVariables(find(functions, consumer.handler), consumerVariables(topology, consumer));
      },
    );

    test('the environments of relays', () => {
      for (const { name, outbox } of topology.services) {
        if (outbox !== undefined)
          checkVariables(find(functions, outbox.handler), relayVariables(topology, name, outbox));
      }
    });

    test('the policies of queues', () => {
      const consumers = topology.consumers.filter(({ routes }) => routes.some(({ kind }) => kind !== 'sqs'));
      const most = Math.max(0, ...consumers.map((consumer) => policyBytes(topology, consumer)));
      const found = all(templates, 'AWS::SQS::QueuePolicy').map(
        ({ properties, stack }) => JSON.stringify(resolved(properties.PolicyDocument, stack)).length,
      );
      expect(found.length).toBeGreaterThan(0);
      expect(Math.max(...found)).toBeLessThanOrEqual(most);
      // Not much less either, or specs were refused for nothing.
      expect(Math.max(...found)).toBeGreaterThan(most * 0.8);
    });

    test('names', () => {
      const known = new Set(deployedNames(topology).map(({ name }) => `${environment}-${name}`));
      const given = [
        ...templates.keys(),
        ...named(templates, 'AWS::Events::EventBus', 'Name'),
        ...named(templates, 'AWS::SNS::Topic', 'TopicName'),
        ...named(templates, 'AWS::SQS::Queue', 'QueueName'),
        ...named(templates, 'AWS::DynamoDB::Table', 'TableName'),
        ...named(templates, 'AWS::S3::Bucket', 'BucketName'),
        ...named(templates, 'AWS::Lambda::Function', 'FunctionName'),
      ];
      // A point-to-point queue is shorter than its dead-letter queue.
      const queues = topology.destinations.flatMap(({ kind, name }) =>
        kind === 'queue' ? [`${environment}-${name}`] : [],
      );
      expect(given.filter((name) => !known.has(name) && !queues.includes(name))).toEqual([]);
    });
  },
);

function policyBytes(topology: Topology, { routes }: Consumer): number {
  return queuePolicyBytes(routes, topology, environment.length + 1);
}

function checkVariables({ properties, stack }: Placed, expected: readonly Variable[]): void {
  const { Variables } = properties.Environment as { readonly Variables: Properties };
  const found = Object.fromEntries(
    Object.entries(Variables).map(([name, value]) => [name, String(resolved(value, stack))]),
  );
  expect(Object.keys(found).sort()).toEqual(expected.map(({ name }) => name).sort());
  for (const { name, value, isPrefixed } of expected) {
    const most = value.length + (isPrefixed ? environment.length + 1 : 0);
    expect([name, (found[name] ?? '').length <= most, found[name]]).toEqual([name, true, found[name]]);
  }
  const bytes = Object.entries(found).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  expect(bytes).toBeLessThanOrEqual(environmentBytes(expected, environment.length + 1));
}

function find(functions: readonly Placed[], handler: string): Placed {
  const found = functions.find(({ properties }) => properties.Handler === `${handler}.handler`);
  if (found === undefined) throw new Error(`no function handles ${handler}`);
  return found;
}

/** A resource with the stack that it is in: logical ids repeat in others. */
interface Placed extends Found {
  readonly stack: Templates;
}

function all(templates: Templates, type: string): readonly Placed[] {
  return [...templates].flatMap(([name, template]) =>
    resources(template, type).map((found) => ({ ...found, stack: new Map([[name, template]]) })),
  );
}

function named(templates: Templates, type: string, property: string): readonly string[] {
  return all(templates, type).flatMap(({ properties, stack }) => {
    const name = properties[property];
    return name === undefined ? [] : [String(resolved(name, stack))];
  });
}

const references: Readonly<Record<string, string>> = {
  'AWS::Region': 'ap-southeast-1',
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A value with its intrinsic functions resolved to texts as long as they get, what the template names by its name. */
function resolved(value: unknown, templates: Templates): unknown {
  if (Array.isArray(value)) return value.map((part) => resolved(part, templates));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[field, inner] = ['', null]] = entries;
  if (entries.length > 1) return Object.fromEntries(entries.map(([name, part]) => [name, resolved(part, templates)]));
  if (field === 'Ref') return references[String(inner)] ?? nameOf(String(inner), templates);
  if (field === 'Fn::GetAtt') return arnOf(String((inner as readonly string[])[0]), templates);
  if (field === 'Fn::Join') {
    const [separator, parts] = inner as [string, unknown[]];
    return parts.map((part) => String(resolved(part, templates))).join(separator);
  }
  return { [field]: resolved(inner, templates) };
}

function nameOf(id: string, templates: Templates): string {
  const { Properties: properties = {} } = resourceOf(id, templates);
  return properties.TableName === undefined ? chosenQueueUrl : String(resolved(properties.TableName, templates));
}

function arnOf(id: string, templates: Templates): string {
  const { Type, Properties: properties = {} } = resourceOf(id, templates);
  return Type === 'AWS::Events::Rule' ? ruleArn(String(resolved(properties.EventBusName, templates))) : chosenQueueArn;
}

function resourceOf(id: string, templates: Templates): Resource {
  const found = [...templates.values()].flatMap(({ Resources = {} }) => Resources[id] ?? []);
  return found[0] ?? { Type: 'none' };
}

test('the longest name of a rule is that of AWS', () => {
  expect(ruleArn('bus').length - ruleArn('').length).toBe(3);
  expect(ruleArn('').endsWith('x'.repeat(limits.ruleNameCharacters.value))).toBe(true);
});
