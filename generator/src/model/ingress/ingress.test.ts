import type { HttpIngress } from '@eventloom/engine';
import { describe, expect, it } from 'vitest';
import { brief, understand } from '../../../../test/support/model-of.ts';
import { topologyRows } from '../../cli/topology.ts';
import { toTopology } from '../to-topology.ts';

/** A spec without a fault, whose one `send` operation has this `x-ingress`. */
function spec(ingress: string, { operation = '', more = '', payload = '' } = {}): string {
  return `
asyncapi: 3.0.0
info: { title: Harbour, version: 1.0.0 }
servers: { harbour: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
  berths:
    address: harbour.berths
    messages:
      BerthAsked:
        correlationId: { location: '$message.payload#/trace' }
        payload:
          type: object
          required: [pier, ship, length]
          additionalProperties: false
          properties:
            pier: { enum: [north, south] }
            ship: { type: string, pattern: '^[A-Z]{3}$' }
            length: { type: number, exclusiveMinimum: 0 }
            deep: { type: boolean }
            crew: { type: integer }
            trace: { type: string }
            arrives: { type: string, format: date-time }${payload}
operations:
  askBerth:
    action: send
    channel: { $ref: '#/channels/berths' }
    x-service: desk
    x-ingress: ${ingress.replace(/path: (\/[^ ,]*)/g, "path: '$1'")}${operation}
  give: { action: receive, channel: { $ref: '#/channels/berths' }, x-service: piers }${more}
`;
}

const told = async (ingress: string, parts = {}) => {
  const { diagnostics } = await understand(spec(ingress, parts));
  return brief(diagnostics).map((line) => line.replace(/ at \d+$/, ''));
};

const wired = async (ingress: string, parts = {}) => {
  const { model } = await understand(spec(ingress, parts));
  return toTopology(model).ingresses ?? [];
};

describe('an HTTP ingress', () => {
  it('takes its path from the payload, and leaves the rest to the body', async () => {
    const [ingress] = await wired('{ type: http, path: /berths/{pier}/{ship} }');
    const { body, ...rest } = ingress as HttpIngress;
    expect(rest).toEqual({
      kind: 'http',
      operation: 'askBerth',
      service: 'desk',
      constructId: 'AskBerth',
      description: null,
      event: { name: 'BerthAsked', source: 'harbour.berths', destination: 'bus:harbour' },
      method: 'POST',
      path: '/berths/{pier}/{ship}',
      parameters: [
        { name: 'pier', values: ['north', 'south'], pattern: null, type: 'string' },
        { name: 'ship', values: null, pattern: '^[A-Z]{3}$', type: 'string' },
      ],
      authorization: { kind: 'iam' },
      throttle: null,
      correlationField: 'trace',
    });
    expect(JSON.stringify(body)).toContain('"required":["length"]');
  });

  it.each([
    ['{ type: http, path: /berths/{pier} }', []],
    ['{ type: http, path: /berths/{pier}/{deep}/{crew}/{length} }', ['info ingress-unchecked']],
    ['{ type: http, path: /berths/{peer} }', ['error ingress-parameter']],
    ['{ type: http, path: "/berths/$input" }', ['error ingress-path']],
    ['{ type: http, path: /berths/{pier+} }', ['error ingress-path']],
    ['{ type: http, path: /berths/ }', ['error ingress-path']],
    ['{ type: http, path: /../berths }', ['error ingress-path']],
    ['{ type: http, path: /{pier}/{pier} }', ['error ingress-path']],
    ['{ type: http, path: berths }', ['error extension-value']],
    ['{ type: http }', ['error ingress-incomplete']],
    ['{ type: http, path: /b, authorisation: { kind: none } }', ['error extension-field']],
    ['{ type: http, path: /b, authorization: { kind: none } }', ['warning ingress-open']],
    [
      '{ type: http, path: /b, authorization: { kind: jwt } }',
      ['error ingress-incomplete', 'error ingress-incomplete'],
    ],
    ['{ type: http, path: /b, authorization: { kind: iam, scopes: [a] } }', ['error ingress-option']],
    ['{ type: http, path: /b, authorization: { issuer: "https://a" } }', ['error ingress-incomplete']],
    ['{ type: http, path: /b, throttle: { burst: 1 } }', ['error ingress-incomplete']],
    ['{ type: http, path: /b, throttle: { ratePerSecond: 0 } }', ['error extension-value']],
    ['{ type: http, path: /b, throttle: { ratePerSecond: 0.5 } }', []],
    ['{ type: http, path: /b, correlationField: ship }', []],
    ['{ type: http, path: /b, correlationField: crew }', ['error ingress-parameter']],
    ['{ type: http, path: /b, correlationField: false }', []],
    ['{ type: htpp, path: /b }', ['error extension-value']],
    ['{ path: /b }', ['error ingress-incomplete']],
  ])('%s: %j', async (ingress, expected) => {
    expect(await told(ingress)).toEqual(expected);
  });

  it.each([
    ['/berths/{pier}', 'POST', ['error ingress-path-taken']],
    ['/berths/{ship}', 'PUT', ['error ingress-path-taken']],
    ['/berths/{pier}', 'PUT', []],
    ['/berths/free', 'POST', []],
  ])('beside another with %s %s: %j', async (path, method, expected) => {
    const more = `
  askAgain: { action: send, channel: { $ref: '#/channels/berths' }, x-service: desk, x-ingress: { type: http, path: '${path}', method: ${method} } }`;
    expect(await told('{ type: http, path: /berths/{pier} }', { more })).toEqual(expected);
  });

  it('has one authorizer for one issuer and audience', async () => {
    const jwt = (audience: string) =>
      `authorization: { kind: jwt, issuer: 'https://a.example', audience: ${audience}, scopes: [b:${audience}] }`;
    const more = (audience: string) => `
  askAgain: { action: send, channel: { $ref: '#/channels/berths' }, x-service: desk, x-ingress: { type: http, path: /c, ${jwt(audience)} } }`;
    const first = `{ type: http, path: /b, ${jwt('desk')} }`;
    expect(await told(first, { more: more('desk') })).toEqual([]);
    expect(await told(first, { more: more('pier') })).toEqual(['error ingress-authorizer']);
  });

  it('tells what the API does not check', async () => {
    const payload = `
            site: { type: string, format: uri }`;
    const { diagnostics } = await understand(spec('{ type: http, path: /berths/{pier} }', { payload }));
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['ingress-unchecked', 'The API does not check all of the payload of `BerthAsked`: `/properties/site/format`.'],
    ]);
  });
});

const payload = 'payload: { pier: north, ship: ABC, length: 10 }';

describe('a schedule', () => {
  it('has the payload as text, and its time as Scheduler writes it', async () => {
    const [ingress] = await wired(`{ type: schedule, rate: 1 minutes, ${payload} }`);
    expect(ingress).toMatchObject({
      kind: 'schedule',
      expression: 'rate(1 minute)',
      timezone: null,
      flexibleMinutes: null,
      payload: '{"length":10,"pier":"north","ship":"ABC"}',
    });
  });

  it.each([
    [`rate: 5 minutes, ${payload}`, []],
    [`cron: '0 6 ? * MON-FRI *', timezone: Europe/Berlin, ${payload}`, []],
    [`cron: '0/15 6,18 L * ? 2027-2030', ${payload}`, []],
    [`at: '2027-01-31T08:00:00', flexibleMinutes: 15, ${payload}`, []],
    [`at: '2027-02-31T08:00:00', ${payload}`, ['error extension-value', 'error ingress-incomplete'].slice(0, 1)],
    [`rate: 5 minuets, ${payload}`, ['error extension-value']],
    [`cron: '0 6 * * MON-FRI *', ${payload}`, ['error extension-value']],
    [`cron: '0 25 ? * MON *', ${payload}`, ['error extension-value']],
    [`cron: '0 6 ? * MON *', timezone: Europe/Berlim, ${payload}`, ['error extension-value']],
    [`rate: 5 minutes, timezone: Europe/Berlin, ${payload}`, ['error ingress-option']],
    [`rate: 5 minutes, at: '2027-01-31T08:00:00', ${payload}`, ['error ingress-incomplete']],
    [payload, ['error ingress-incomplete']],
    ['rate: 5 minutes', ['error ingress-incomplete']],
    ['rate: 5 minutes, payload: { pier: west, ship: ABC, length: 10 }', ['error ingress-payload']],
    [`rate: 5 minutes, payload: { pier: north, ship: ABC, length: 10, arrives: <aws.scheduler.scheduled-time> }`, []],
    [
      `rate: 5 minutes, payload: { pier: north, ship: ABC, length: 10, arrives: <aws.scheduler.execution-id> }`,
      ['error ingress-payload'],
    ],
  ])('%s: %j', async (fields, expected) => {
    expect(await told(`{ type: schedule, ${fields} }`)).toEqual(expected);
  });

  it('points at the field that the schema refuses', async () => {
    const text = spec(`
      type: schedule
      rate: 5 minutes
      payload:
        pier: north
        ship: ABC
        length: 0`);
    const { diagnostics } = await understand(text);
    const line = text.split('\n').findIndex((one) => one.includes('length: 0')) + 1;
    expect(diagnostics.map(({ code, origin }) => [code, origin.line])).toEqual([['ingress-payload', line]]);
  });
});

describe('queues and tables', () => {
  it('have defaults', async () => {
    expect(await wired('{ type: queue }')).toMatchObject([
      { kind: 'queue', arn: null, batchSize: 10, maxReceiveCount: 5 },
    ]);
    expect(await wired('{ type: table }')).toMatchObject([
      { kind: 'table', streamArn: null, attribute: 'payload', batchSize: 10 },
    ]);
  });

  it.each([
    ['{ type: queue, batchSize: 11 }', ['error extension-value']],
    ['{ type: queue, arn: "arn:aws:sqs:eu-west-1:123456789012:old" }', []],
    ['{ type: queue, arn: "arn:aws:sqs:eu-west-1:123456789012:old${x}" }', ['error extension-value']],
    ['{ type: table, attribute: "a.b" }', ['error extension-value']],
    [
      '{ type: table, streamArn: "arn:aws:dynamodb:eu-west-1:123456789012:table/old/stream/2026-01-01T00:00:00.000" }',
      [],
    ],
  ])('%s: %j', async (ingress, expected) => {
    expect(await told(ingress)).toEqual(expected);
  });
});

describe('an ingress', () => {
  it('is of one event', async () => {
    const more = `
components: {}`;
    const two = spec('{ type: queue }', { more }).replace(
      '      BerthAsked:',
      '      BerthLeft: { payload: { type: object } }\n      BerthAsked:',
    );
    const { diagnostics } = await understand(two);
    expect(brief(diagnostics).map((line) => line.replace(/ at \d+$/, ''))).toEqual(['error ingress-events']);
  });

  it('reaches a topic or a queue from an API and a schedule, and only a bus from a pipe', async () => {
    const onTopic = (ingress: string) =>
      spec(ingress).replace(
        '    address: harbour.berths',
        '    address: berths\n    bindings: { sns: { name: berths } }',
      );
    const codes = async (ingress: string) => (await understand(onTopic(ingress))).diagnostics.map(({ code }) => code);
    expect(await codes('{ type: queue }')).toEqual(['ingress-target']);
    expect(await codes('{ type: table }')).toEqual(['ingress-target']);
    expect(await codes('{ type: http, path: /b }')).toEqual([]);
    expect(await codes(`{ type: schedule, rate: 1 day, ${payload} }`)).toEqual([]);
  });

  it('fills the attributes of a topic from the payload, and refuses a header that nothing fills', async () => {
    const headers = (list: string) =>
      spec('{ type: http, path: /b }')
        .replace('    address: harbour.berths', '    address: berths\n    bindings: { sns: { name: berths } }')
        .replace('        payload:\n', `        headers: ${list}\n        payload:\n`);
    const { model } = await understand(
      headers(
        '{ type: object, properties: { pier: { type: string }, crew: { type: integer }, other: { type: string } } }',
      ),
    );
    expect(toTopology(model).ingresses).toMatchObject([
      {
        attributes: [
          { name: 'crew', type: 'Number' },
          { name: 'pier', type: 'String' },
        ],
      },
    ]);
    const { diagnostics } = await understand(
      headers('{ type: object, required: [other], properties: { other: { type: string } } }'),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['ingress-header']);
  });

  it('has an authorizer whose module belongs to nothing else', async () => {
    const authorization = 'authorization: { kind: lambda, handler: piers/give }';
    expect(await told(`{ type: http, path: /b, ${authorization} }`)).toEqual(['error name-collision']);
    expect(await told('{ type: http, path: /b, authorization: { kind: lambda } }')).toEqual([]);
  });

  it('is told by the command `topology`', async () => {
    const { model } = await understand(spec('{ type: http, path: /berths/{pier} }'));
    expect(topologyRows(model).producers).toEqual([
      {
        operation: 'askBerth',
        service: 'desk',
        event: 'BerthAsked',
        channel: 'berths',
        ingress: 'POST /berths/{pier}',
      },
    ]);
  });

  it('stands on what sends', async () => {
    const { diagnostics } = await understand(
      spec('{ type: queue }').replace('x-service: piers }', 'x-service: piers, x-ingress: { type: queue } }'),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['misplaced-extension']);
  });
});
