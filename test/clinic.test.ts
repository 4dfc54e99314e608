import { expect, test } from 'vitest';
import { makeProject, type Project } from './support/project.ts';

test('a spec of another domain generates, compiles and runs without a change to code', () => {
  const project = clinic();
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);

  for (const compiler of ['typescript', 'typescript-5.9'] as const) {
    const outcome = project.tsc(compiler, ['generated/index.ts', 'handlers.ts', 'run.ts']);
    expect(outcome.stdout, compiler).toBe('');
    expect(outcome.code).toBe(0);
  }

  const outcome = project.run('run.ts');
  expect(outcome.stderr).toBe('');
  expect(JSON.parse(outcome.stdout)).toEqual(expected);
});

/** By consumer: handled, dead-lettered, and neither. Worked out by hand from the spec and `clinic/run.ts`. */
const expected: Readonly<Record<string, readonly [number, number, number]>> = {
  'analyser/scheduleAnalysis': [2, 0, 0],
  'analyser/storeReading': [1, 0, 0],
  // 5 sample events, 3 results (two validated, one critical) and 2 readings
  'analytics/mirror': [10, 0, 0],
  'archive/archiveAudit': [1, 0, 0],
  'billing/billPrivately': [1, 0, 0],
  'billing/billSample': [1, 0, 0],
  'biobank/storeSample': [1, 0, 0],
  'courier/coolSample': [1, 0, 0],
  'courier/planCourier': [1, 0, 0],
  // one is stat, the other is urgent: its handler throws at every attempt
  'courier/rushUrgentSample': [1, 1, 0],
  'epidemiology/notifyAuthority': [1, 0, 0],
  'hotline/callAtNight': [1, 0, 0],
  'hotline/callWard': [1, 0, 0],
  // two results measured and two analyses started
  'inventory/countReagents': [4, 0, 0],
  'monitoring/driftAlarm': [1, 0, 0],
  'monitoring/readHaematology': [1, 0, 0],
  'monitoring/watchAnalyser': [2, 0, 0],
  // the machine's result; the finding is for doctors
  'portal/informPatient': [1, 0, 0],
  'printing/printLabel': [1, 0, 0],
  'quality/blameCourier': [1, 0, 0],
  'quality/checkPlausibility': [1, 0, 0],
  'quality/noteCalibration': [1, 0, 0],
  'reception/announceSample': [2, 0, 0],
  'records/fileResult': [2, 0, 0],
  'research/researchExport': [1, 0, 0],
  'tracking/trackSample': [5, 0, 0],
  'validation/readFinding': [1, 0, 0],
  'validation/validateResult': [1, 0, 0],
  'ward/recollectSample': [1, 0, 0],
  'ward/showResultOnWard': [3, 0, 0],
};

function clinic(): Project {
  const project = makeProject();
  for (const file of ['asyncapi.yaml', 'handlers.ts', 'run.ts']) project.copy(`test/clinic/${file}`, file);
  return project;
}
