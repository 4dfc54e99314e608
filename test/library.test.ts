import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { makeProject, type Project } from './support/project.ts';

/** The library as a user would have it, in a folder of its own. */
function library(): Project {
  const project = makeProject();
  for (const file of ['asyncapi.yaml', 'run.ts']) project.copy(`test/library/${file}`, file);
  const { code, stdout, stderr } = project.eventloom('generate');
  expect(code, stdout + stderr).toBe(0);
  return project;
}

describe('an outbox as generated', () => {
  test('has the operations with x-outbox and no others, and its relay is needed', () => {
    const project = library();
    project.write({
      'wrong.ts': `import type { HandlerModules } from './generated/index.js';
import { createDeskOutbox, createDeskOutboxRelay } from './generated/services/desk/index.js';
createDeskOutbox().openBranch({ branch: 'North' });
createDeskOutbox().tellLoan('BookLent', { loan: 'l-1' });
export const modules: Pick<HandlerModules, 'desk/outbox-relay'> = {};
const relay = async () => ({ handler: createDeskOutboxRelay() });
export const reminders: Pick<HandlerModules, 'reminders/remind'> = { 'reminders/remind': relay };
`,
    });
    const found = project.tsc('typescript', ['generated/index.ts', 'run.ts', 'wrong.ts']).stdout;
    const errors = found.match(/^\S+\(\d+,.*$/gm) ?? [];
    expect(errors.map((error) => error.replace(/,.*?: error/, ') error'))).toEqual([
      expect.stringMatching(/^wrong\.ts\(3\).*'openBranch' does not exist/),
      expect.stringMatching(/^wrong\.ts\(4\)/),
      expect.stringMatching(/^wrong\.ts\(5\).*'desk\/outbox-relay'/),
      expect.stringMatching(/^wrong\.ts\(7\)/),
    ]);
  });

  test('changes the files of its service and a line of what lists handlers and services, when it comes', () => {
    const project = makeProject();
    project.copy('test/library/asyncapi.yaml', 'asyncapi.yaml');
    const spec = project.read('asyncapi.yaml');
    project.write({ 'asyncapi.yaml': spec.replaceAll(', x-outbox: true', '') });
    expect(project.eventloom('generate').code).toBe(0);
    const before = project.tree('generated');
    project.write({ 'asyncapi.yaml': spec });
    expect(project.eventloom('generate').code).toBe(0);
    const after = project.tree('generated');
    expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual([
      'handlers.ts',
      'infra.ts',
      'manifest.json',
      'services/desk/index.ts',
      'services/desk/outbox-relay.ts',
      'services/desk/outbox.ts',
      'topology/index.ts',
    ]);
  });

  test('is left out of a bundle where only the relay is used, with its validators, and the other way round', async () => {
    const project = library();
    const bundle = async (name: string) => {
      const { outputFiles } = await build({
        stdin: {
          contents: `import { ${name} } from './generated/services/desk/index.ts'; console.log(${name}());`,
          resolveDir: project.folder,
        },
        ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'node', external: ['@aws-sdk/*'] },
        absWorkingDir: join(project.folder),
      });
      return outputFiles[0]?.text ?? '';
    };
    const [outbox, relay] = [await bundle('createDeskOutbox'), await bundle('createDeskOutboxRelay')];
    expect(outbox).toContain('minLength');
    expect(outbox).toContain('TransactWriteItemsCommand');
    expect(outbox).not.toContain('DeleteItemCommand');
    expect(relay).toContain('DeleteItemCommand');
    expect(relay).not.toContain('minLength');
  });
});

describe('an outbox that runs', () => {
  let told: Record<string, Record<string, unknown>> | undefined;

  /** What came of a part of the run, of which there is one for all tests. */
  const outcomeOf = (part: string): Record<string, unknown> => {
    if (told === undefined) {
      const { stdout, stderr } = library().run('run.ts');
      expect(stderr).toBe('');
      told = JSON.parse(stdout) as typeof told;
    }
    return told?.[part] ?? {};
  };

  test('publishes nothing before it is relayed, and then everything once, claims and correlation included', () => {
    expect(outcomeOf('savesAndPublishes')).toEqual({
      savedBefore: true,
      publishedBefore: 0,
      reminded: [
        { loanId: 'l-1', memberId: 'm-1', note: 0, correlationId: 'm-1' },
        { loanId: 'l-2', note: 300_000 },
      ],
      orders: true,
      left: 0,
    });
  });

  test('has no event of a transaction whose condition does not hold', () => {
    // One event in the outbox, and the same on the bus.
    expect(outcomeOf('refusesTogether')).toEqual({
      refused: 'TransactionCanceledException',
      reminded: 1,
      left: 0,
      told: 2,
    });
  });

  test('refuses before the transaction what an item cannot hold, and what is invalid', () => {
    expect(outcomeOf('refusesEarly')).toEqual({
      tooLarge: 'event-too-large',
      invalid: 'invalid-payload',
      message: expect.stringMatching(/^PublishError: BookLent .* an item of the outbox carries \d+$/),
      saved: false,
      told: 0,
    });
  });

  test('loses and doubles nothing for readers with a key, when its relay dies around publishing and AWS throttles', () => {
    const { published, wanted, retried, ...outcome } = outcomeOf('survivesCrashes');
    expect(outcome).toEqual({
      lost: [],
      madeUp: [],
      isTwice: false,
      unsettled: 0,
      faults: expect.arrayContaining(['batchEntryFails', 'deliveryDuplicated', 'putEventsThrottled']),
    });
    // It was put to the test: some events were published again.
    expect(published).toBeGreaterThan(wanted as number);
    expect(retried).toBeGreaterThan(0);
  });

  test('loses nothing when any function dies anywhere and stores fail', () => {
    expect(outcomeOf('losesNothing')).toMatchObject({
      ...{ lost: [], madeUp: [], unsettled: 0 },
      faults: expect.arrayContaining(['handlerCrashes', 'storeFails']),
    });
  });

  test('puts aside what AWS refuses for good, holds up nothing by it, and takes it back when it is mended', () => {
    const reason = 'MalformedDetail: Detail is malformed.';
    expect(outcomeOf('putsAside')).toEqual({
      letter: {
        event: { id: 'lent-l-1', name: 'BookLent', source: 'library.loans' },
        from: 'handler',
        reason,
        id: { S: 'lent-l-1' },
      },
      kept: { failed: { S: reason }, expires: false },
      verdict: { kind: 'deadLettered', reason },
      before: ['l-2'],
      after: ['l-2', 'l-1'],
      deadLettered: 1,
    });
  });

  test('says what waits while nothing relays', () => {
    expect(outcomeOf('waits')).toMatchObject({
      account: { event: { id: 'lent-l-1' }, verdicts: { 'desk/outbox-relay': { kind: 'pending' } } },
      ...{ inFlight: 1, left: 1 },
    });
  });
});
