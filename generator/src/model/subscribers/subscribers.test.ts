import type { Subscriber } from '@eventloom/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Understood, understand } from '../../../../test/support/model-of.ts';
import { museum, museumFiles } from '../../../../test/support/museum.ts';
import { topologyRows } from '../../cli/topology.ts';
import { emit } from '../../emit/emit.ts';
import { readPublished } from '../../route/published.ts';
import { routeRows } from '../../route/route-rows.ts';
import type { EventModel } from '../event-model.ts';
import { toTopology } from '../to-topology.ts';

let model: EventModel;
let byKey: ReadonlyMap<string, Subscriber>;

beforeAll(async () => {
  ({ model } = (await understand(museum, museumFiles)) as Understood);
  byKey = new Map((toTopology(model).subscribers ?? []).map((one) => [one.key, one]));
});

describe('the topology of consumers without a handler', () => {
  it('has them beside consumers, sorted by their keys', () => {
    const { consumers, subscribers = [] } = toTopology(model);
    expect(consumers.map(({ key }) => key)).toEqual(['gates/countVisitor']);
    const keys = subscribers.map(({ key }) => key);
    expect(keys).toHaveLength(15);
    expect(keys).toEqual([...keys].sort());
  });

  it.each([
    ['transport/insureLoan', { type: 'workflow', kind: 'standard', definition: null, input: 'event' }],
    [
      'archive/followLoans',
      { type: 'stream', kind: 'kinesis', partitionKey: '/loanId', shards: 2, retentionHours: 24 },
    ],
    [
      'archive/keepVisits',
      {
        type: 'stream',
        kind: 'firehose',
        bufferSeconds: 300,
        bufferMb: 64,
        compression: 'gzip',
        partitions: ['/wing'],
        expireDays: 90,
      },
    ],
    [
      'archive/keepAlarms',
      {
        type: 'stream',
        kind: 'firehose',
        bufferSeconds: 300,
        bufferMb: 5,
        compression: 'gzip',
        partitions: [],
        expireDays: null,
      },
    ],
    ['partners/mirrorLoans', { type: 'bus', busName: 'partner', account: '012345678901', region: 'eu-central-1' }],
    ['partners/copyLoans', { type: 'bus', busName: 'lenders', account: '210987654321', region: 'us-east-1' }],
    [
      'partners/tellLender',
      {
        type: 'endpoint',
        url: 'https://lender.example/loans',
        method: 'POST',
        ratePerSecond: 5,
        body: 'payload',
        authorization: { kind: 'apiKey', header: 'x-api-key', secret: 'museum/lender' },
      },
    ],
    ['audit/logLoans', { type: 'log', retentionDays: 30 }],
    ['guards/mailGuards', { type: 'email', addresses: ['guards@museum.example'] }],
    ['guards/textGuards', { type: 'sms', numbers: ['+4915112345678'] }],
    [
      'desk/callDesk',
      {
        type: 'http',
        url: 'https://desk.example/visits',
        raw: true,
        policy: {
          retries: 5,
          minimumDelaySeconds: 20,
          maximumDelaySeconds: 20,
          backoff: 'linear',
          maximumPerSecond: 10,
        },
      },
    ],
    ['desk/handVisits', { type: 'none', arn: null, visibilityTimeoutSeconds: 30, maxReceiveCount: 3, fifo: false }],
    ['depot/handMoves', { type: 'none', arn: null, visibilityTimeoutSeconds: 30, maxReceiveCount: 5, fifo: true }],
    [
      'desk/giveVisits',
      {
        type: 'none',
        arn: 'arn:aws:sqs:eu-west-1:123456789012:visits',
        visibilityTimeoutSeconds: 30,
        maxReceiveCount: 5,
        fifo: false,
      },
    ],
  ])('says where the events of %s go', (key, delivery) => {
    expect(byKey.get(key)?.delivery).toEqual(delivery);
  });

  it('has their filters on the route, and what a workflow publishes', () => {
    expect(byKey.get('transport/packLoan')).toMatchObject({
      constructId: 'PackLoan',
      description: 'Packs what is lent.',
      routes: [{ kind: 'eventbridge', eventPattern: { detail: { value: [{ numeric: ['>=', 1000] }] } } }],
      emits: [{ name: 'LoanEnded', source: 'museum.loans', destination: 'bus:museum' }],
    });
    expect(byKey.get('guards/textGuards')?.routes).toMatchObject([
      { kind: 'sns', filterPolicy: { severity: ['high'] }, filterPolicyScope: 'MessageBody' },
    ]);
    expect([...byKey.values()].flatMap(({ emits }) => emits)).toHaveLength(1);
  });

  it('has the bounds of their alarms', async () => {
    const text = museum.replace(
      'x-delivery: { type: log }',
      () => 'x-delivery: { type: log }, x-alarms: { deadLetters: 5 }',
    );
    const { model: alarmed } = await understand(text, museumFiles);
    const logging = toTopology(alarmed).subscribers?.find(({ key }) => key === 'audit/logLoans');
    expect(logging?.alarms).toEqual({ deadLetters: 5 });
    expect(byKey.get('audit/logLoans')).not.toHaveProperty('alarms');
  });

  it('has no word of them where there are none', async () => {
    const without = museum.replace(/^ {2}packLoan:[\s\S]*?(?=^components:)/m, '');
    const { model: bare } = await understand(without);
    expect(toTopology(bare)).not.toHaveProperty('subscribers');
    expect(emit(bare, '1').map(({ path }) => path)).not.toContain('topology/subscribers.ts');
  });
});

describe('what is generated for consumers without a handler', () => {
  const contentOf = (path: string): string => emit(model, '1').find((file) => file.path === path)?.content ?? '';

  it('is their wiring, and no handler', () => {
    const paths = emit(model, '1').map(({ path }) => path);
    expect(paths).toContain('topology/guards/text-guards.ts');
    expect(paths.filter((path) => path.startsWith('services/guards/'))).toEqual([
      'services/guards/index.ts',
      'services/guards/publisher.ts',
    ]);
    expect(contentOf('handlers.ts')).toContain("'gates/countVisitor'");
    expect(contentOf('handlers.ts')).not.toMatch(/guards|transport|partners/);
    expect(contentOf('topology/index.ts')).toContain('subscribers: /* @__PURE__ */ Object.values(subscribers)');
    expect(contentOf('topology/subscribers.ts').match(/^export /gm)).toHaveLength(15);
  });

  it('asks infrastructure for the state machines that no file defines, and for no code', () => {
    const infra = contentOf('infra.ts');
    expect(infra).toContain("readonly 'transport/insureLoan': StateMachine;");
    expect(infra).not.toContain('packLoan');
    expect(infra).toContain('export interface InfraProps<Asset, StateMachine> {');
    expect(infra).toMatch(/interface ServiceCode<Asset> \{\n {2}readonly gates: Asset;\n\}/);
  });

  it('and for a fair queue, is a publisher that knows what tells tenants apart', () => {
    const { destinations } = toTopology(model);
    expect(destinations.find(({ key }) => key === 'queue:scans')).toMatchObject({ fairness: { key: '/scanner' } });
    expect(contentOf('services/gates/publisher.ts')).toContain("fairness: '/scanner'");
    expect(contentOf('services/gates/publisher.ts')).not.toContain('groupId');
  });

  it('are the types of the events all the same', () => {
    expect(contentOf('events/alarm-raised.ts')).toContain("severity: 'low' | 'high'");
  });
});

describe('the commands', () => {
  it('topology lists them with their type', () => {
    const { consumers } = topologyRows(model);
    expect(consumers).toHaveLength(16);
    expect(consumers.find(({ operation }) => operation === 'textGuards')).toEqual({
      operation: 'textGuards',
      consumer: 'textGuards',
      service: 'guards',
      events: ['AlarmRaised'],
      emits: [],
      route: 'sns',
      eventPattern: null,
      filterPolicy: { severity: ['high'] },
      filterPolicyScope: 'MessageBody',
      mappingFilter: null,
      delivery: { type: 'sms' },
    });
  });

  it('route says which of them an event reaches', () => {
    const matched = (input: object) =>
      routeRows(toTopology(model), readPublished(input, model.catalog))
        .filter((row) => row.matched)
        .map(({ operation }) => operation);
    expect(matched({ event: 'AlarmRaised', payload: { severity: 'low' } })).toEqual(['keepAlarms', 'mailGuards']);
    expect(matched({ event: 'AlarmRaised', payload: { severity: 'high' } })).toContain('textGuards');
    const loan = { loanId: '1', value: 5, lender: 'louvre' };
    expect(matched({ event: 'LoanAgreed', payload: loan })).toEqual([
      'copyLoans',
      'followLoans',
      'insureLoan',
      'logLoans',
      'mirrorLoans',
      'tellLender',
    ]);
  });
});

describe('the checks of the system', () => {
  const more = (name: string, n: number, fields: string): string =>
    Array.from({ length: n }, (_, i) => `  ${name}${i}: { action: receive, ${fields} }\n`).join('');
  const codes = async (operations: string): Promise<readonly string[]> => {
    const { diagnostics } = await understand(
      museum.replace('components:', () => `${operations}components:`),
      museumFiles,
    );
    return diagnostics.map(({ code }) => code);
  };
  const channel = "channel: { $ref: '#/channels/loans' }";

  it('do not propose a topic where it could not lead to everything on the channel', async () => {
    const logs = more('log', 6, `${channel}, x-service: more, x-delivery: { type: log }`);
    expect(await codes(logs)).toEqual([]);
  });

  it('let one service mail and text the same events, but not mail them twice', async () => {
    const both = `channel: { $ref: '#/channels/alarms' }, x-service: guards, x-filter: { severity: [high] }`;
    const mail = more('mail', 1, `${both}, x-delivery: { type: email, addresses: [a@b.example] }`);
    expect(await codes(mail)).toEqual([]);
    const twice = more('mail', 2, `${both}, x-delivery: { type: email, addresses: [a@b.example] }`);
    expect(await codes(twice)).toEqual(['filter-repeated']);
  });

  it('count a filter policy for each address', async () => {
    const addresses = Array.from({ length: 200 }, (_, i) => `a${i}@b.example`).join(', ');
    const fields = `channel: { $ref: '#/channels/alarms' }, x-service: many, x-filter: { severity: [high] }`;
    expect(await codes(more('mail', 1, `${fields}, x-delivery: { type: email, addresses: [${addresses}] }`))).toEqual([
      'policies-per-topic',
    ]);
  });
});

describe('the checks of filters', () => {
  it.each([
    ['lender: [louvre]', 'lendr: [louvre]', 'undeclared-field'],
    ['severity: [high]', 'severity: [hihg]', 'filter-never-matches'],
    ['severity: [high]', 'severity: [high, low]', 'filter-always-matches'],
    [
      'x-filter: { severity: [high] }',
      "x-filter: { severity: [{ wildcard: 'h*' }, { suffix: x }] }",
      'filter-dead-alternative',
    ],
  ])('hold for them too: %s becomes %s', async (from, to, code) => {
    const { diagnostics } = await understand(
      museum.replace(from, () => to),
      museumFiles,
    );
    expect(diagnostics.map((one) => one.code)).toContain(code);
  });
});
