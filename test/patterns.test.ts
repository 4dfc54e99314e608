import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topology } from '@eventloom/engine';
import { generate } from 'eventloom';
import { afterAll, describe, expect, test } from 'vitest';
import { synthesize } from './infra/synthesize.ts';
import { resources, type Templates } from './infra/template.ts';
import { makeProject } from './support/project.ts';
import { repository } from './support/repository.ts';

const folder = 'examples/patterns';
const names = readdirSync(join(repository, folder)).filter((name) =>
  existsSync(join(repository, folder, name, 'asyncapi.yaml')),
);

describe('the patterns', () => {
  const project = makeProject(afterAll);
  project.copy(folder);

  test('are all in the index', () => {
    const index = readFileSync(join(repository, folder, 'README.md'), 'utf8');
    expect(names.filter((name) => !index.includes(`](${name})`))).toEqual([]);
  });

  test('generate without a diagnostic, and compile', async () => {
    for (const name of names) {
      const home = join(project.folder, folder, name);
      const { diagnostics, report } = await generate({
        spec: join(home, 'asyncapi.yaml'),
        out: join(home, 'generated'),
      });
      expect(
        diagnostics.map(({ code, message }) => `${code}: ${message}`),
        name,
      ).toEqual([]);
      expect(report, name).not.toBeNull();
    }
    const files = names.map((name) => `${folder}/${name}/play.ts`);
    expect(project.tsc('typescript', files).stdout).toBe('');
  });

  test.each(names)('%s does what its page says', (name) => {
    const { code, stdout, stderr } = project.run(`${folder}/${name}/play.ts`);
    expect(code, stderr).toBe(0);
    const page = readFileSync(join(repository, folder, name, 'README.md'), 'utf8');
    const [, shown] = /```text\n([\s\S]*?)```/.exec(page) ?? [];
    expect(stdout).toBe(shown);
  });

  test.each(names)('%s is deployed as its page says', async (name) => {
    const module = await import(join(project.folder, folder, name, 'generated/topology/index.ts'));
    const { topology } = module as { readonly topology: Topology };
    const page = readFileSync(join(repository, folder, name, 'README.md'), 'utf8');
    expect(page.replaceAll(/\s+/g, ' ')).toContain(`Deployed it is ${inventory(synthesize(topology))}.`);
  });
});

/** What a page tells of a deployment, in its words and order. */
const told: readonly (readonly [type: string, one: string, many: string])[] = [
  ['AWS::Events::EventBus', 'bus', 'buses'],
  ['AWS::Events::Rule', 'rule', 'rules'],
  ['AWS::SNS::Topic', 'topic', 'topics'],
  ['AWS::SNS::Subscription', 'subscription', 'subscriptions'],
  ['AWS::SQS::Queue', 'queue', 'queues'],
  ['AWS::Lambda::Function', 'function', 'functions'],
  ['AWS::StepFunctions::StateMachine', 'state machine', 'state machines'],
  ['AWS::KinesisFirehose::DeliveryStream', 'delivery stream', 'delivery streams'],
  ['AWS::Kinesis::Stream', 'stream', 'streams'],
  ['AWS::ApiGateway::RestApi', 'API', 'APIs'],
  ['AWS::Events::ApiDestination', 'API destination', 'API destinations'],
  ['AWS::Scheduler::Schedule', 'schedule', 'schedules'],
  ['AWS::Pipes::Pipe', 'pipe', 'pipes'],
  ['AWS::DynamoDB::Table', 'table', 'tables'],
  ['AWS::S3::Bucket', 'bucket', 'buckets'],
];

/** Topics and alarms of operations are left out: every system has them. */
function inventory(templates: Templates): string {
  const counts = told.flatMap(([type, one, many]) => {
    const found = [...templates.values()].flatMap((template) => resources(template, type));
    const count = found.filter(({ id }) => !id.includes('Alarm')).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return counts.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
