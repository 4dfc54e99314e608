import { describe, expect, it } from 'vitest';
import { brief, understand } from '../../../../test/support/model-of.ts';
import { museum, museumFiles } from '../../../../test/support/museum.ts';

/** A mistake, what it replaces in the museum, and what is said. The line that is named has `#!`. */
const cases: readonly (readonly [string, string, string])[] = [
  // Options of each type
  ['error extension-value', 'type: log', 'type: logs #!\n     '],
  ['error extension-field', 'type: log', 'type: log, retentionDay: 3 #!\n     '],
  ['error extension-value', 'type: log', 'type: log, retentionDays: 2 #!\n     '],
  ['error delivery-option', 'type: log', 'type: log, batchSize: 5 #!\n     '],
  ['error delivery-option', 'type: log', 'type: log, addresses: [a@b.example] #!\n     '],
  ['error extension-value', 'kind: express', 'kind: kinesis #!\n     '],
  ['error delivery-option', 'partitionKey: /loanId', 'partitionKey: /loanId, bufferMb: 5 #!\n     '],
  ['error delivery-option', 'partitions: [/wing]', 'partitions: [/wing], shards: 5 #!\n     '],
  ['error delivery-option', 'partitions: [/wing]', 'partitions: [/wing], bufferMb: 63 #!\n     '],
  ['error delivery-option', 'partitions: [/wing]', 'partitions: [/wing], bufferSeconds: 0 #!\n     '],
  ['error delivery-option', 'partitions: [/wing]', 'partitions: [/wing, /wing] #!\n     '],
  ['error extension-value', 'partitions: [/wing]', 'partitions: [wing] #!\n     '],
  ['error extension-value', 'shards: 2', 'shards: 2, retentionHours: 23 #!\n     '],
  [
    'error delivery-option-missing',
    '    x-delivery: { type: stream, kind: firehose, partitions',
    '    x-delivery: { type: stream, #!\n      partitions',
  ],
  ['error delivery-option-missing', 'type: bus, busName: partner', 'type: bus #!\n     '],
  ['error extension-value', 'busName: partner', 'busName: my partner #!\n     '],
  ['error extension-value', "account: '012345678901'", 'account: 123456789012 #!\n     '],
  ['error extension-value', 'region: eu-central-1', 'region: Frankfurt #!\n     '],
  ['error extension-value', "event-bus/lenders'", "rule/lenders' #!\n     "],
  ['error delivery-option', "event-bus/lenders'", "event-bus/lenders',\n      region: eu-west-1 #!\n     "],
  ['error extension-value', 'url: https://lender.example/loans', 'url: http://lender.example/loans #!\n     '],
  ['error extension-value', 'url: https://lender.example/loans', 'url: https://me:pw@lender.example/loans #!\n     '],
  [
    'error extension-value',
    'url: https://lender.example/loans',
    "url: 'https://lender.example/{{resolve:x}}' #!\n     ",
  ],
  ['error extension-value', 'url: https://lender.example/loans', "url: 'https://lender.example/*' #!\n     "],
  ['error delivery-option-missing', '      url: https://lender.example/loans\n', ''],
  ['error extension-value', 'ratePerSecond: 5', 'ratePerSecond: 301 #!\n     '],
  ['error delivery-option-missing', 'authorization: { kind: apiKey, header: x-api-key, secret: museum/lender }', ''],
  [
    'error delivery-option-missing',
    'kind: apiKey, header: x-api-key, secret: museum/lender',
    'kind: apiKey, secret: museum/lender #!\n     ',
  ],
  [
    'error delivery-option-missing',
    'kind: apiKey, header: x-api-key, secret: museum/lender',
    'kind: oauth, secret: museum/lender #!\n     ',
  ],
  ['error delivery-option-missing', 'kind: apiKey, header', 'header: a } #!\n      # headers'],
  ['error extension-value', 'kind: apiKey, header', 'kind: apikey } #!\n      # header'],
  ['error secret-in-spec', 'secret: museum/lender', 'secret: museum/lender, password: hunter2 #!\n     '],
  ['error extension-value', 'secret: museum/lender', "secret: '{{resolve:secretsmanager:x}}' #!\n     "],
  ['error extension-value', '[guards@museum.example]', '[guards] #!\n     '],
  ['error extension-value', '[guards@museum.example]', '[] #!\n     '],
  ['error extension-value', '[guards@museum.example]', '[guards@museum.example, guards@museum.example] #!\n     '],
  ['error delivery-option-missing', ', addresses: [guards@museum.example]', ' #!\n     '],
  ['error extension-value', "['+4915112345678']", '[+4915112345678] #!\n     '],
  ['error extension-value', "['+4915112345678']", "['015112345678'] #!\n     "],
  ['error delivery-option', 'retries: 5', 'minimumDelaySeconds: 30, maximumDelaySeconds: 20 #!\n     '],
  ['error delivery-option', 'retries: 5', 'retries: 100, maximumDelaySeconds: 60 #!\n     '],
  ['error delivery-option', ":visits'", ":visits',\n      maxReceiveCount: 5 #!\n     "],
  ['error extension-value', 'arn:aws:sqs', 'arn:aws:sns:eu-west-1:123456789012:x #!\n     '],
  // What leads where
  [
    'error delivery-route',
    "  logLoans: { action: receive, channel: { $ref: '#/channels/loans' }",
    "  logLoans: { #!\n      action: receive, channel: { $ref: '#/channels/visits' }",
  ],
  [
    'error delivery-route',
    "  logLoans: { action: receive, channel: { $ref: '#/channels/loans' }",
    "  logLoans: { #!\n      action: receive, channel: { $ref: '#/channels/alarms' }",
  ],
  [
    'error delivery-route',
    "  mailGuards: { action: receive, channel: { $ref: '#/channels/alarms' }",
    "  mailGuards: { #!\n      action: receive, channel: { $ref: '#/channels/loans' }",
  ],
  [
    'error delivery-route',
    "  mailGuards: { action: receive, channel: { $ref: '#/channels/alarms' }",
    "  mailGuards: { #!\n      action: receive, channel: { $ref: '#/channels/moves' }",
  ],
  [
    'error delivery-route',
    "  mailGuards: { action: receive, channel: { $ref: '#/channels/alarms' }",
    "  mailGuards: { #!\n      action: receive, channel: { $ref: '#/channels/scans' }",
  ],
  [
    'error delivery-route',
    'x-service: gates }\n  packLoan',
    'x-service: gates, x-delivery: { type: none } }\n  packLoan',
  ],
  ['error fifo-mismatch', ":visits' }", ":visits.fifo' }"],
  ['error delivery-loop', "busName: partner, account: '012345678901', region: eu-central-1", 'busName: museum'],
  [
    'error subscribed-twice',
    'components:',
    "  giveVisitsAgain: { action: receive, channel: { $ref: '#/channels/visits' }, x-service: desk, x-consumer: giveVisits } #!\ncomponents:",
  ],
  [
    'error two-values',
    'components:',
    "  logMore: { action: receive, channel: { $ref: '#/channels/loans' }, messages: [{ $ref: '#/channels/loans/messages/LoanEnded' }], x-service: audit, x-consumer: mailGuards, x-delivery: { type: log, retentionDays: 1 } }\n  logAgain: { action: receive, channel: { $ref: '#/channels/loans' }, messages: [{ $ref: '#/channels/loans/messages/LoanAgreed' }], x-service: audit, x-consumer: mailGuards, x-delivery: { retentionDays: 3 } }\ncomponents:",
  ],
  // What is for handlers
  [
    'error delivery-without-handler',
    'x-delivery: { type: log }',
    'x-delivery: { type: log },\n      x-idempotency: { key: /loanId } #!\n     ',
  ],
  [
    'error delivery-without-handler',
    'x-delivery: { type: log }',
    'x-delivery: { type: log },\n      x-split: /pieces #!\n     ',
  ],
  [
    'error delivery-without-handler',
    'x-delivery: { type: log }',
    'x-delivery: { type: log },\n      x-gather: { timeoutSeconds: 60 } #!\n     ',
  ],
  [
    'error delivery-without-handler',
    'x-delivery: { type: log }',
    'x-delivery: { type: log },\n      x-downstreams: { bank: { outageSeconds: 60 } } #!\n     ',
  ],
  [
    'error delivery-without-handler',
    'x-filter: { lender: [louvre] }',
    'x-filter: { lender: [louvre] }\n    x-filter-rest: handler #!',
  ],
  [
    'error delivery-without-handler',
    'x-delivery: { type: log }',
    "x-delivery: { type: log },\n      x-emits: [{ $ref: '#/channels/loans/messages/LoanEnded' }] #!\n     ",
  ],
  [
    'warning claim-without-handler',
    '    address: alarms\n',
    '    address: alarms\n    x-claim-check: { keep: [/severity] }\n',
  ],
  // Partitions
  ['error partition-field', 'partitionKey: /loanId', 'partitionKey: /lonId #!\n     '],
  ['error partition-field', 'partitions: [/wing]', 'partitions: [/guide] #!\n     '],
  ['error partition-field', 'partitions: [/wing]', 'partitions: [/guests] #!\n     '],
  [
    'error partition-field',
    'partitions: [/wing]',
    'partitions: [/guide] } #!\n    x-filter: { guide: [{ exists: false }] }\n    # {',
  ],
  [
    'error partition-field',
    'required: [wing, guests], properties: { wing: { enum: [east, west] }',
    'required: [wing, guests], properties: { wing: { enum: [east, west, null] }',
  ],
  // Fairness
  ['error key-field', 'key: /scanner', 'key: /scaner #!\n     '],
  ['error extension-value', 'x-fairness: { key: /scanner }', 'x-fairness: {} #!'],
  ['error extension-field', 'key: /scanner', 'key: /scanner, keys: 1 #!\n     '],
  ['error extension-typo', 'x-fairness', 'x-fairnes'],
  [
    'error fairness-not-possible',
    '    address: alarms\n',
    '    address: alarms\n    x-fairness: { key: /severity } #!\n',
  ],
  [
    'error fairness-not-possible',
    '    address: museum.visits\n',
    '    address: museum.visits\n    x-fairness: { key: /wing } #!\n',
  ],
  [
    'error fairness-not-possible',
    '    address: museum.loans\n',
    '    address: museum.loans\n    x-fairness: { key: /loanId } #!\n',
  ],
];

describe('deliveries without a handler', () => {
  it('are nothing to speak of where they are right', async () => {
    const { diagnostics } = await understand(museum, museumFiles);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([]);
  });

  it.each(cases)('%s: %s becomes %s', async (code, from, to) => {
    expect(museum.split(from).length).toBeGreaterThan(1);
    const bad = museum.replace(from, () => to);
    const line = bad.split('\n').findIndex((text) => text.includes('#!')) + 1;
    const { diagnostics } = await understand(bad, museumFiles);
    const said = [...new Set(brief(diagnostics))];
    if (line > 0) expect(said).toEqual([`${code} at ${line}`]);
    else expect([...new Set(said.map((text) => text.replace(/ at \d+$/, '')))]).toEqual([code]);
  });

  it.each([
    ['type: log', 'type: lgo', '`log`'],
    ['type: log', 'type: log, retentionDay: 3', '`retentionDays`'],
    ['type: log', 'type: log, adresses: [a@b.example]', '`addresses`'],
    ['partitionKey: /loanId', 'partitionKey: /lonId', '`loanId`'],
    ['kind: apiKey', 'kind: apikey', '`apiKey`'],
    ['secret: museum/lender', 'secret: museum/lender, password: hunter2', 'Secrets Manager'],
    [
      "mailGuards: { action: receive, channel: { $ref: '#/channels/alarms' }",
      "mailGuards: { action: receive, channel: { $ref: '#/channels/loans' }",
      '`bindings.sns` beside `servers`',
    ],
    [
      "logLoans: { action: receive, channel: { $ref: '#/channels/loans' }",
      "logLoans: { action: receive, channel: { $ref: '#/channels/alarms' }",
      '`servers`',
    ],
    [
      "logLoans: { action: receive, channel: { $ref: '#/channels/loans' }",
      "logLoans: { action: receive, channel: { $ref: '#/channels/visits' }",
      '`bindings.sns`',
    ],
  ])('say what to write instead: %s becomes %s', async (from, to, suggestion) => {
    const { diagnostics } = await understand(
      museum.replace(from, () => to),
      museumFiles,
    );
    expect(diagnostics[0]?.help).toContain(suggestion);
  });

  it.each(['guide: [ana, { prefix: b }]', 'guide: [{ exists: true }]', "guide: [{ anything-but: '' }]"])(
    'may be partitioned by what the filter asks for: %s',
    async (filter) => {
      const text = museum.replace('partitions: [/wing]', () => 'partitions: [/guide]');
      const asked = text.replace(
        'x-delivery: { type: stream, kind: firehose, partitions',
        () => `x-filter: { ${filter} }\n    x-delivery: { type: stream, kind: firehose, partitions`,
      );
      expect(brief((await understand(asked, museumFiles)).diagnostics)).toEqual([]);
    },
  );

  it('may have their type on one operation and options on another', async () => {
    const two = museum.replace(
      'components:',
      () => `  logMore: { action: receive, channel: { $ref: '#/channels/loans' }, messages: [{ $ref: '#/channels/loans/messages/LoanEnded' }], x-service: books, x-consumer: logAll, x-delivery: { type: log } }
  logAll: { action: receive, channel: { $ref: '#/channels/loans' }, messages: [{ $ref: '#/channels/loans/messages/LoanAgreed' }], x-service: books, x-delivery: { retentionDays: 7 } }
components:`,
    );
    const { model, diagnostics } = await understand(two, museumFiles);
    expect(brief(diagnostics)).toEqual([]);
    const [books] = model.system.services.filter(({ wiring }) => wiring.name === 'books');
    expect(books?.subscribers.map(({ wiring }) => wiring.delivery)).toEqual([{ type: 'log', retentionDays: 7 }]);
  });
});
