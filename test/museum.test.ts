import { expect, test } from 'vitest';
import { makeProject, type Project } from './support/project.ts';

test('a spec whose events go to everything that has no handler generates, compiles, runs and is synthesized', () => {
  const project = museum();
  expect(project.eventloom('generate')).toMatchObject({ code: 0, stdout: '' });
  const files = ['generated/index.ts', 'handlers.ts', 'run.ts', 'infra.ts'];
  // The CDK's own declarations do not hold under all flags of the contract.
  const faults = project.tsc('typescript', files).stdout.split('\n');
  expect(faults.filter((line) => /^\w/.test(line))).toEqual([]);

  const played = project.run('run.ts');
  expect(played.stderr).toBe('');
  expect(JSON.parse(played.stdout)).toEqual(expected);

  const synthesized = project.run('infra.ts');
  expect(synthesized.stderr).toBe('');
  const types = synthesized.stdout;
  for (const type of resourceTypes) expect(types).toContain(`"AWS::${type}"`);
});

/** Worked out by hand from the spec and `museum/run.ts`. */
const expected = {
  received: {
    'archive/followLoans': 3,
    'archive/keepAlarms': 2,
    'archive/keepVisits': 1,
    'audit/logLoans': 3,
    'depot/handMoves': 1,
    'desk/callDesk': 1,
    'desk/giveVisits': 1,
    'desk/handVisits': 1,
    'guards/mailGuards': 2,
    'guards/textGuards': 1,
    'partners/copyLoans': 3,
    'partners/mirrorLoans': 3,
    'partners/tellLender': 1,
    'transport/insureLoan': 3,
    'transport/packLoan': 1,
  },
  fair: { 'gates/countVisitor': 1 },
};

const resourceTypes = [
  'Events::ApiDestination',
  'Events::Connection',
  'Kinesis::Stream',
  'KinesisFirehose::DeliveryStream',
  'Logs::LogGroup',
  'S3::Bucket',
  'SNS::Subscription',
  'StepFunctions::StateMachine',
];

test('the definition of a workflow counts as a part of the spec: a change to it is a change of the output', () => {
  const project = museum();
  project.eventloom('generate');
  expect(project.eventloom('generate').stderr).toMatch(/nothing changed/);
  const path = 'workflows/pack.asl.yaml';
  project.write({ [path]: project.read(path).replace('Seconds: 5', 'Seconds: 6') });
  expect(project.eventloom('generate', '--check')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('generated/topology/transport/pack-loan.ts'),
  });
  expect(project.eventloom('generate').stderr).toMatch(/1 written/);
  project.write({ [path]: project.read(path).replace('StartAt: Check', 'StartAt: Chek') });
  expect(project.eventloom('validate').stdout).toContain(`${path}:1:1`);
});

function museum(): Project {
  const project = makeProject();
  for (const path of ['asyncapi.yaml', 'handlers.ts', 'run.ts', 'infra.ts', 'workflows']) {
    project.copy(`test/museum/${path}`, path);
  }
  return project;
}
