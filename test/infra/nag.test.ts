import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, test } from 'vitest';
import { nagReasons } from './nag-reasons.ts';
import { addSite } from './sites.ts';
import { addSubject, subjects } from './subjects.ts';
import { templatesOf } from './synthesize.ts';
import type { Template } from './template.ts';
import { statements, visit } from './template.ts';

/** A rule that a construct breaks. */
interface Finding {
  readonly rule: string;
  readonly path: string;
}

describe('cdk-nag, over systems of several domains with everything on', { timeout: 120_000 }, () => {
  let findings: readonly Finding[] = [];
  beforeAll(async () => {
    findings = await nag(new App({ builtinCloudFormationValidation: false }));
  });

  test('finds nothing that has no reason', () => {
    const open = findings.filter((finding) => !nagReasons.some((reason) => explains(reason, finding)));
    expect(open.map(({ rule, path }) => `${rule} at ${path}`)).toEqual([]);
  });

  test('still finds what each reason is for', () => {
    const unused = nagReasons.filter((reason) => !findings.some((finding) => explains(reason, finding)));
    expect(unused.map(({ rule }) => String(rule))).toEqual([]);
  });
});

test('only X-Ray, and the logs of workflows, are allowed on every resource', async () => {
  const app = new App({ builtinCloudFormationValidation: false });
  for (const subject of await subjects()) addSubject(app, subject);
  const actions = [...templatesOf(app).values()].flatMap(actionsOnEverything);
  expect([...new Set(actions)].sort()).toEqual([
    ...[
      'CreateLogDelivery',
      'DeleteLogDelivery',
      'DescribeLogGroups',
      'DescribeResourcePolicies',
      'GetLogDelivery',
    ].map((action) => `logs:${action}`),
    ...['ListLogDeliveries', 'PutResourcePolicy', 'UpdateLogDelivery'].map((action) => `logs:${action}`),
    ...['GetSamplingRules', 'GetSamplingTargets', 'PutTelemetryRecords', 'PutTraceSegments'].map(
      (action) => `xray:${action}`,
    ),
  ]);
});

/** Allowed to roles: policies of keys speak of `*` and mean themselves. */
function actionsOnEverything(template: Template): readonly string[] {
  const found: string[] = [];
  visit(template, (field, value) => {
    if (field !== 'PolicyDocument' || !Array.isArray((value as { readonly Statement?: unknown }).Statement)) return;
    for (const { Action, Resource } of statements(value)) if (Resource.includes('*')) found.push(...Action);
  });
  return found;
}

async function nag(app: App): Promise<readonly Finding[]> {
  const names = [];
  for (const subject of await subjects()) {
    addSubject(app, subject);
    names.push(subject.name);
  }
  addSite(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  // What is found fails the synthesis, with all of it in the message; the report says the same in a form to read.
  expect(() => app.synth()).toThrow('AwsSolutions');
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as Report;
  rmSync(app.outdir, { recursive: true });
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, path: constructPath })),
    ),
  );
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

function explains({ rule, where }: (typeof nagReasons)[number], finding: Finding): boolean {
  return rule.test(finding.rule) && where.test(finding.path);
}
