import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EventloomSystem } from '@eventloom/cdk';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { makeApp, propsFor, templatesOf } from '../../../../test/infra/synthesize.ts';
import { model as hostileModel } from '../../../../test/support/hostile-model.ts';
import { museum, museumFiles } from '../../../../test/support/museum.ts';
import { repository } from '../../../../test/support/repository.ts';
import { exampleOf, siteContextOf } from '../../../../test/support/site-context-of.ts';
import { topologyRows } from '../../cli/topology.ts';
import { load } from '../../load/load.ts';
import { filesOnDisk } from '../../load/read-file.ts';
import { buildModel } from '../../model/build-model.ts';
import { type SiteContext, siteContext } from '../site-context.ts';
import { describeDestinations } from './destinations.ts';
import { describeEventWiring } from './event-wiring.ts';
import { describeServices } from './services.ts';

const patterns = readdirSync(join(repository, 'examples/patterns'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `examples/patterns/${name}`);
const specs = ['.', 'test/hotel', 'test/library', 'test/clinic', 'test/bakery', 'test/museum', ...patterns];

async function contextAt(folder: string): Promise<SiteContext> {
  const { document } = await load(join(repository, folder, 'asyncapi.yaml'), filesOnDisk, { conformance: false });
  if (document === null) throw new Error(`${folder} has no spec`);
  return siteContext(buildModel(document).model);
}

function describeAll(context: SiteContext) {
  const { catalog } = context.model;
  const events = catalog.events.map((event) => {
    const message = catalog.messages.find(({ typeName }) => typeName === event.message);
    const examples = (message?.examples ?? []).concat([{}]).map(exampleOf);
    return { event, examples, ...describeEventWiring(context, event, examples) };
  });
  return { events, services: describeServices(context), destinations: describeDestinations(context) };
}

describe('what is said of the wiring', () => {
  it.each(specs)('counts as many producers and consumers as the topology of %s', async (folder) => {
    const context = await contextAt(folder);
    const rows = topologyRows(context.model);
    const { events, services, destinations } = describeAll(context);
    const sends = events.flatMap(({ event, producers }) =>
      producers.filter(({ kind }) => kind !== 'emits').map(({ operation }) => `${operation} ${event.name}`),
    );
    expect(sends.sort()).toEqual(rows.producers.map(({ operation, event }) => `${operation} ${event}`).sort());
    const receives = events.flatMap(({ event, consumers }) =>
      consumers.map(
        ({ operation, service, delivery }) => `${service.text} ${operation} ${event.name} ${delivery !== ''}`,
      ),
    );
    expect(receives.sort()).toEqual(
      rows.consumers.flatMap((row) => row.events.map((name) => `${row.service} ${row.operation} ${name} true`)).sort(),
    );
    expect(services.flatMap(({ consumes }) => consumes)).toHaveLength(receives.length);
    const published = services.flatMap(({ publishes }) => publishes.filter(({ by }) => by !== 'emits'));
    expect(published).toHaveLength(rows.producers.length);
    expect(destinations.map(({ key }) => key)).toEqual(context.topology.destinations.map(({ key }) => key).sort());
    for (const { examples, consumers } of events) {
      for (const { verdicts, narrowed } of consumers) {
        expect(verdicts).toHaveLength(examples.length);
        expect(narrowed?.length ?? 0).toBeLessThanOrEqual(600);
      }
    }
  });

  it.each([
    '.',
    'test/clinic',
    'test/bakery',
    'test/hotel',
    'examples/patterns/internal-handoff',
    'examples/patterns/read-model-outbox',
    'examples/patterns/gatekeeper',
  ])('names constructs, tables, alarms and variables that the stacks of %s have', async (folder) =>
    expectInStacks(await contextAt(folder)),
  );

  it('names constructs of every delivery without a handler', async () => {
    expectInStacks(await siteContextOf(museum, museumFiles));
  });

  it('keeps hostile text on one line and in its code', () => {
    const context = siteContext(hostileModel);
    const said = describeAll(context);
    const words: string[] = [];
    JSON.stringify(said, (key, value) => {
      if (['value', 'delivery', 'may', 'who', 'condition', 'meaning', 'explanation'].includes(key)) words.push(value);
      return value;
    });
    expect(words.length).toBeGreaterThan(50);
    for (const line of words) {
      expect(line).not.toMatch(/[\n\u2028\u202e]/);
      expect(line.split('`').length % 2, line).toBe(1);
    }
  });

  it('has nothing to say of an empty system', async () => {
    const context = await siteContextOf('asyncapi: 3.0.0\ninfo: { title: Nothing, version: 1.0.0 }\n');
    expect(describeAll(context)).toEqual({ events: [], services: [], destinations: [] });
  });

  it('says of a service that only publishes what it may do, and that it has no stack', async () => {
    const [rooms] = describeServices(await contextAt('test/hotel')).filter(({ name }) => name === 'rooms');
    expect(rooms).toMatchObject({ consumes: [], resources: [], alarms: [] });
    expect(rooms?.permissions).toEqual([
      { who: 'whoever publishes for `rooms`', may: 'publish `BottleTaken` to queue `hotel-minibar.fifo`' },
      { who: 'whoever publishes for `rooms`', may: 'ask AWS whether its destinations exist: `hotel-minibar.fifo`' },
    ]);
    expect(rooms?.environment).toEqual([
      {
        label: 'EVENTLOOM_QUEUE_MINIBAR',
        value: 'URL of queue `hotel-minibar.fifo`',
        link: { text: 'hotel-minibar.fifo', path: 'destinations.html', anchor: 'queue.3a.minibar' },
      },
    ]);
  });
});

/** Synthesizes the system, and looks for all that the pages of its services name. */
function expectInStacks(context: SiteContext): void {
  const { topology } = context;
  const app = makeApp();
  const workflows = Object.fromEntries(
    (topology.subscribers ?? [])
      .filter(({ delivery }) => delivery.type === 'workflow' && delivery.definition === null)
      .map(({ key }) => [
        key,
        (scope: ConstructorParameters<typeof StateMachine>[0]) =>
          new StateMachine(scope, 'Own', { definitionBody: DefinitionBody.fromChainable(new Pass(scope, 'Nothing')) }),
      ]),
  );
  const system = new EventloomSystem(app, 'System', propsFor(topology, { workflows }));
  const services = describeServices(context);
  const missing: string[] = [];
  const named: string[] = [];
  for (const { name, resources } of services) {
    const stack = system.stacks.get(name);
    for (const { name: resource } of resources) {
      const found = resource
        .split('/')
        .reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), stack);
      if (found === undefined) named.push(resource);
    }
  }
  const byStack = templatesOf(app);
  const templates = JSON.stringify([...byStack.values()]);
  for (const text of named) if (!templates.includes(JSON.stringify(text))) missing.push(text);
  for (const { alarms } of services) {
    for (const { name } of alarms) if (!templates.includes(`"AlarmName":${JSON.stringify(name)}`)) missing.push(name);
  }
  const ofFunctions = new Set([...templates.matchAll(/"(EVENTLOOM_\w+)":/g)].map(([, name]) => name));
  const said = new Set(services.flatMap(({ environment }) => environment.map(({ label }) => label)));
  for (const name of ofFunctions) if (name !== undefined && !said.has(name)) missing.push(name);
  expect(missing).toEqual([]);
  const ofServices = [...byStack].filter(([stack]) => stack !== topology.system).map(([, template]) => template);
  const made = ofServices.flatMap((template) => resourcesOf(template).flatMap(({ Type }) => kinds[Type] ?? []));
  const handedIn = Object.keys(workflows).map(() => kinds['AWS::StepFunctions::StateMachine'] ?? '');
  const told = services.flatMap(({ resources, alarms }) => [
    ...resources.map(({ kind }) => (kind === 'dead-letter queue' ? 'SQS queue' : kind)),
    ...alarms.map(() => 'alarm'),
  ]);
  const counted = new Set(Object.values(kinds));
  expect([...told.filter((kind) => counted.has(kind)), ...handedIn].sort()).toEqual([...made].sort());
}

/** What the pages of services call the resources of their stacks. */
const kinds: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'SQS queue',
  'AWS::Lambda::EventSourceMapping': 'event source mapping',
  'AWS::Events::Rule': 'EventBridge rule',
  'AWS::SNS::Subscription': 'SNS subscription',
  'AWS::DynamoDB::Table': 'DynamoDB table',
  'AWS::StepFunctions::StateMachine': 'Step Functions state machine',
  'AWS::Scheduler::Schedule': 'schedule',
  'AWS::Pipes::Pipe': 'EventBridge pipe',
  'AWS::Kinesis::Stream': 'Kinesis stream',
  'AWS::KinesisFirehose::DeliveryStream': 'Firehose stream',
  'AWS::S3::Bucket': 'S3 bucket',
  'AWS::ApiGateway::RestApi': 'REST API',
  'AWS::Events::ApiDestination': 'API destination',
  'AWS::CloudWatch::Alarm': 'alarm',
  'AWS::CloudWatch::Dashboard': 'CloudWatch dashboard',
};

function resourcesOf(template: unknown): readonly { readonly Type: string }[] {
  const { Resources = {} } = template as { readonly Resources?: Readonly<Record<string, { readonly Type: string }>> };
  return Object.values(Resources);
}
