import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEventBridge } from '../replay/event-bridge.ts';
import type { Answer } from './command.ts';
import { replayIn } from './replay.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Library, version: 1.0.0 }
servers:
  library: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge, x-eventbridge: { busName: loans, archive: { retentionDays: 30 } } }
channels:
  loans:
    address: library.loans
    servers: [{ $ref: '#/servers/library' }]
    messages: { Lent: { $ref: '#/components/messages/Lent' }, Returned: { $ref: '#/components/messages/Returned' } }
  reviews:
    address: library.reviews
    servers: [{ $ref: '#/servers/library' }]
    bindings: { sns: { name: reviews } }
    messages: { Reviewed: { payload: { type: object } } }
operations:
  remind: { action: receive, channel: { $ref: '#/channels/loans' }, messages: [{ $ref: '#/channels/loans/messages/Lent' }], x-service: desk, x-idempotency: { replays: skip } }
  count: { action: receive, channel: { $ref: '#/channels/loans' }, x-service: desk, x-idempotency: { key: /copy } }
  shelve: { action: receive, channel: { $ref: '#/channels/loans' }, messages: [{ $ref: '#/channels/loans/messages/Returned' }], x-service: stacks }
  praise: { action: receive, channel: { $ref: '#/channels/reviews' }, x-service: desk }
  moderate: { action: receive, channel: { $ref: '#/channels/reviews' }, x-service: desk }
components:
  messages:
    Lent: { payload: { type: object, required: [copy], properties: { copy: { type: string } } } }
    Returned: { payload: { type: object, required: [copy], properties: { copy: { type: string } } } }
`;

const now = new Date('2026-11-20T12:00:00Z');
const arn = (resource: string): string => `arn:aws:events:eu-west-1:111122223333:${resource}`;
const pattern = (...names: readonly string[]): string =>
  `{ "detail-type": ${JSON.stringify(names)}, "source": ["library.loans"] }`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventloom-replay-'));
  writeFileSync(join(folder, 'asyncapi.yaml'), spec);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An account in which the library is deployed; answers as EventBridge does, a page of two at a time. */
function account(
  change: { readonly rules?: readonly object[]; readonly archives?: readonly object[]; readonly state?: string } = {},
) {
  const rules = change.rules ?? [
    rule('library-desk-RemindRemindRule0A1B2C3D-AAAA1111', pattern('Lent')),
    rule('library-desk-CountCountRule0A1B2C3D-BBBB2222', pattern('Lent', 'Returned')),
    rule('library-stacks-ShelveShelveRule0A1B2C3D-CCCC3333', pattern('Returned')),
    rule('Events-Archive-loans', '{ "replay-name": [{ "exists": false }] }'),
  ];
  const archives = change.archives ?? [{ ArchiveName: 'loans', State: 'ENABLED', EventCount: 42 }];
  const started: object[] = [];
  const client = {
    send: async (command: object): Promise<unknown> => {
      const { input } = command as { readonly input: Readonly<Record<string, string>> };
      switch (command.constructor.name) {
        case 'DescribeEventBusCommand':
          if (input.Name !== 'loans' && input.Name !== 'dev-loans') throw new Error(`no bus ${input.Name}`);
          return { Arn: arn(`event-bus/${input.Name}`) };
        case 'ListArchivesCommand':
          return { Archives: archives };
        case 'ListRulesCommand': {
          const start = Number(input.NextToken ?? 0);
          const next = start + 2 < rules.length ? { NextToken: String(start + 2) } : {};
          return { Rules: rules.slice(start, start + 2), ...next };
        }
        case 'StartReplayCommand':
          started.push(input);
          return { ReplayArn: arn('replay/r'), State: change.state ?? 'STARTING' };
        default:
          throw new Error(`unexpected ${command.constructor.name}`);
      }
    },
  };
  return { client, started };
}

function rule(Name: string, EventPattern: string) {
  return { Name, Arn: arn(`rule/loans/${Name}`), EventPattern };
}

async function replay(
  { client }: ReturnType<typeof account>,
  options: Readonly<Record<string, string>> = {},
  bus = 'loans',
): Promise<Answer> {
  const run = replayIn({ openEventBridge: () => openEventBridge(client), now: () => now });
  const input = (async function* () {})();
  const terminal = { out: () => {}, err: () => {}, color: { out: false, err: false }, input, workingDirectory: folder };
  const all = { from: '2026-11-19T08:00:00Z', ...options };
  return run({ spec: 'asyncapi.yaml', json: false, options: new Map(Object.entries(all)), arguments: [bus], terminal });
}

describe('replay', () => {
  test('sends what a bus archived to all of its rules, and says what each consumer makes of it', async () => {
    const aws = account();
    const { exitCode, json, text } = await replay(aws, { to: '2026-11-19T09:30:00+01:00' });
    expect(exitCode).toBe(0);
    expect(aws.started).toEqual([
      {
        ReplayName: 'loans-20261120T120000Z',
        EventSourceArn: arn('archive/loans'),
        EventStartTime: new Date('2026-11-19T08:00:00Z'),
        EventEndTime: new Date('2026-11-19T08:30:00Z'),
        Destination: { Arn: arn('event-bus/loans') },
      },
    ]);
    expect(json).toMatchObject({
      dryRun: false,
      replay: { name: 'loans-20261120T120000Z', state: 'STARTING' },
      rules: null,
      consumers: [
        { key: 'desk/count', replays: 'run' },
        { key: 'desk/moderate', replays: 'always' },
        { key: 'desk/praise', replays: 'always' },
        { key: 'desk/remind', replays: 'skip' },
        { key: 'stacks/shelve', replays: 'always' },
      ],
    });
    expect(text).toMatch(/desk\/remind +leaves out what it remembers/);
  });

  test('reaches the rules of one consumer only, found by name', async () => {
    const aws = account();
    const { json } = await replay(aws, { consumer: 'desk/remind' });
    const name = 'library-desk-RemindRemindRule0A1B2C3D-AAAA1111';
    expect(aws.started).toMatchObject([
      {
        Destination: { FilterArns: [arn(`rule/loans/${name}`)] },
        EventEndTime: now,
        ReplayName: 'desk-remind-20261120T120000Z',
      },
    ]);
    expect(json).toMatchObject({ rules: [name], consumers: [{ key: 'desk/remind', replays: 'skip' }] });
  });

  test('finds a rule with another name by its pattern, when no other has it', async () => {
    const aws = account({ rules: [rule('mine', pattern('Lent')), rule('other', pattern('Returned', 'Lent'))] });
    expect((await replay(aws, { consumer: 'desk/count' })).json.rules).toEqual(['other']);
    const twice = account({ rules: [rule('mine', pattern('Lent')), rule('theirs', pattern('Lent'))] });
    await expect(replay(twice, { consumer: 'desk/remind' })).rejects.toMatchObject({
      code: 'replay-target',
      help: expect.stringContaining('--rule'),
    });
    expect(twice.started).toEqual([]);
  });

  test('reaches one rule, whoever it belongs to', async () => {
    const aws = account();
    const name = 'library-stacks-ShelveShelveRule0A1B2C3D-CCCC3333';
    expect((await replay(aws, { rule: name })).json).toMatchObject({
      rules: [name],
      consumers: [{ key: 'stacks/shelve' }],
    });
    await expect(replay(aws, { rule: 'library-stacks' })).rejects.toMatchObject({ code: 'replay-target' });
  });

  test('starts nothing in a dry run', async () => {
    const aws = account();
    const { text, json } = await replay(aws, { 'dry-run': '', consumer: 'stacks/shelve' });
    expect([aws.started, json.replay]).toEqual([[], null]);
    expect(text).toContain('Would replay archive loans (42 events in all) to library-stacks-ShelveShelveRule');
  });

  test('goes to the bus and the rules of an environment', async () => {
    const name = 'dev-library-desk-RemindRemindRule0A1B2C3D-AAAA1111';
    const aws = account({
      rules: [rule(name, pattern('Lent')), rule('library-desk-RemindRemindRule0A1B2C3D-AAAA1111', pattern('Lent'))],
      archives: [{ ArchiveName: 'dev-loans' }],
    });
    expect((await replay(aws, { environment: 'dev', consumer: 'desk/remind' })).json.rules).toEqual([name]);
    expect(aws.started).toMatchObject([{ Destination: { Arn: arn('event-bus/dev-loans') } }]);
  });

  test('takes the archive that is named like the bus, or the one that is named', async () => {
    const archives = [{ ArchiveName: 'loans' }, { ArchiveName: 'lent-only' }];
    const aws = account({ archives });
    await replay(aws);
    await replay(aws, { archive: 'lent-only' });
    expect(aws.started).toMatchObject([
      { EventSourceArn: arn('archive/loans') },
      { EventSourceArn: arn('archive/lent-only') },
    ]);
    await expect(
      replay(account({ archives: archives.map(({ ArchiveName }) => ({ ArchiveName: `x${ArchiveName}` })) })),
    ).rejects.toMatchObject({
      code: 'replay-archive',
      help: 'Name it with --archive.',
    });
    await expect(replay(account({ archives: [] }))).rejects.toMatchObject({ message: 'The bus loans has no archive.' });
  });

  test('fails when EventBridge says so', async () => {
    expect((await replay(account({ state: 'FAILED' }))).exitCode).toBe(1);
  });

  test('refuses a consumer that shares its rule with others, and names them', async () => {
    await expect(replay(account(), { consumer: 'desk/praise' })).rejects.toMatchObject({
      code: 'replay-target',
      message: expect.stringContaining('desk/moderate, desk/praise'),
    });
  });

  test.each([
    [{ from: 'yesterday' }, 'option-value'],
    [{ from: '2026-02-30' }, 'option-value'],
    [{ to: '2026-11-19T07:00:00Z' }, 'option-value'],
    [{ to: '2026-11-21T07:00:00Z' }, 'option-value'],
    [{ name: 'with space' }, 'option-value'],
    [{ rule: 'a', consumer: 'desk/count' }, 'option-value'],
    [{ consumer: 'desk/cout' }, 'unknown-consumer'],
  ])('refuses %j', async (options, code) => {
    const aws = account();
    await expect(replay(aws, options)).rejects.toMatchObject({ name: 'UsageError', code });
    expect(aws.started).toEqual([]);
  });

  test('suggests a bus, and asks for a start', async () => {
    await expect(replay(account(), {}, 'loan')).rejects.toMatchObject({
      code: 'unknown-bus',
      help: 'Did you mean "loans"?',
    });
    expect((await replay(account(), {}, 'library')).json.bus).toBe('loans');
    const run = replayIn({ openEventBridge: () => openEventBridge(account().client), now: () => now });
    const terminal = { out: () => {}, err: () => {}, color: { out: false, err: false }, workingDirectory: folder };
    const invocation = { spec: 'asyncapi.yaml', json: true, options: new Map(), arguments: ['loans'] };
    await expect(
      run({ ...invocation, terminal: { ...terminal, input: (async function* () {})() } }),
    ).rejects.toMatchObject({
      code: 'missing-option',
    });
  });
});
