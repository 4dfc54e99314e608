import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { HttpIngress } from '@eventloom/engine';
import { createLocalSystem, type LocalSystemOptions } from '@eventloom/local';
import { allowRoutes, jwtAuthorizer, type RequestAuthorizer } from '@eventloom/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestTemplate } from '../constructs/src/ingress/request-template.ts';
import { toDraft04 } from '../generator/src/aws/draft-04/to-draft-04.ts';
import type { JsonSchema } from '../generator/src/model/event-model.ts';
import { findEndless } from '../generator/src/model/schema/endless.ts';
import { bodyFaults } from '../local/src/ingress/body-faults.ts';
import { occurrences } from '../local/src/ingress/occurrences.ts';
import { harbour } from './infra/harbour.ts';
import { renderTemplate } from './support/api-gateway.ts';
import { runDraft04 } from './support/draft-04.ts';
import { bundles, values } from './support/schemas.ts';
import { makeIssuer } from './support/tokens.ts';

const issuer = await makeIssuer('ES256');
const claims = { iss: 'https://login.harbour.example', aud: 'desk', exp: Date.UTC(2030, 0) / 1000, scope: 'berths' };
const bearer = async (change: object = {}) => ({
  authorization: `Bearer ${await issuer.token({ ...claims, ...change })}`,
});

/** The harbour in this process, with what its consumers got. */
function play(options: Partial<LocalSystemOptions> = {}) {
  const got: unknown[] = [];
  const take = async () => ({
    handler: async (event: unknown) => {
      const { Records } = event as { readonly Records: readonly { readonly body: string }[] };
      got.push(...Records.map(({ body }) => (JSON.parse(body) as { readonly detail: unknown }).detail));
      return { batchItemFailures: [] };
    },
  });
  const authorizer: RequestAuthorizer = async (event) =>
    allowRoutes(
      event,
      'ada',
      event.authorizationToken === 'open sesame' ? [{ method: 'PUT', path: '/berths/{pier}' }] : [],
    );
  const system = createLocalSystem({
    topology: harbour,
    handlers: {
      'piers/give': take,
      'piers/chart': take,
      'desk/jwt-authorizer': async () => ({ handler: jwtAuthorizer({ keys: issuer.keys }) as never }),
      'desk/authorizer': async () => ({ handler: authorizer as never }),
    },
    ...options,
  });
  return { system, got };
}

describe('the API of the local system', () => {
  it('publishes the body with the fields of the path, and answers with the id of the event', async () => {
    const { system, got } = play();
    const headers = await bearer();
    const answer = await system.request({
      path: '/berths/north/ABC%20%22D',
      headers,
      body: { length: 12.5, note: 'x' },
    });
    await system.settle();
    const { id } = JSON.parse(answer.body) as { readonly id: string };
    expect([answer.status, got]).toEqual([
      202,
      [{ pier: 'north', ship: 'ABC "D', length: 12.5, note: 'x', trace: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
    ]);
    expect(system.trace(id)?.event).toMatchObject({ name: 'BerthAsked', source: 'harbour.berths' });
    expect(system.journal.filter(({ kind }) => kind === 'published')).toMatchObject([
      { event: { id }, destination: 'bus:harbour' },
    ]);
  });

  it('refuses what API Gateway refuses, and publishes nothing then', async () => {
    const { system, got } = play();
    const headers = await bearer();
    const ask = (path: string, body: unknown, more: object = {}) => system.request({ path, body, headers, ...more });
    const answers = {
      body: await ask('/berths/north/A', { length: 0 }),
      path: await ask('/berths/east/A', { length: 1 }),
      json: await ask('/berths/north/A', '{'),
      twice: await ask('/berths/north/A', { length: 1, pier: 'south' }),
      nowhere: await ask('/berths', { length: 1 }),
      method: await ask('/berths/north/A', { length: 1 }, { method: 'DELETE' }),
      type: await ask('/berths/north/A', { length: 1 }, { headers: { ...headers, 'Content-Type': 'text/xml' } }),
      noToken: await ask('/berths/north/A', { length: 1 }, { headers: {} }),
      expired: await ask('/berths/north/A', { length: 1 }, { headers: await bearer({ exp: 1 }) }),
      scope: await ask('/berths/north/A', { length: 1 }, { headers: await bearer({ scope: 'other' }) }),
      lambda: await ask('/berths/north', { length: 1 }, { method: 'PUT', headers: { authorization: 'please' } }),
      key: await ask('/ships/A/alarms', { need: 'fire' }, { headers: { 'X-Api-Key': 'guess' } }),
      unsigned: await ask('/pilots', { ship: 'A', need: 'pilot' }, { headers: {} }),
    };
    await system.settle();
    const short = Object.fromEntries(Object.entries(answers).map(([name, { status }]) => [name, status]));
    expect(short).toEqual({
      ...{
        body: 400,
        path: 400,
        json: 400,
        twice: 400,
        nowhere: 403,
        method: 403,
        type: 415,
        noToken: 401,
        expired: 401,
      },
      ...{ scope: 403, lambda: 403, key: 403, unsigned: 403 },
    });
    expect(answers.body.body).toBe(
      'Invalid request body: [numeric instance is lower than the required minimum (minimum: 0, found: 0)]',
    );
    expect(JSON.parse(answers.path.body)).toEqual({ message: 'pier must be one of the values that the API describes' });
    expect([got, system.journal.length]).toEqual([[], 0]);
  });

  it('lets in who the authorizer of a service lets in, and who has a key', async () => {
    const { system } = play({ apiKeys: ['secret'] });
    const put = await system.request({
      method: 'PUT',
      path: '/berths/south',
      headers: { authorization: 'open sesame' },
      body: { length: 1, ship: 'A' },
    });
    const alarm = await system.request({
      path: '/ships/A/alarms',
      headers: { 'x-api-key': 'secret' },
      body: { need: 'fire' },
    });
    expect([put.status, alarm.status]).toEqual([202, 202]);
  });

  it('throttles, and lets in again when time has passed', async () => {
    const { system } = play();
    const headers = await bearer();
    const ask = async () => (await system.request({ path: '/berths/north/A', headers, body: { length: 1 } })).status;
    const statuses = [];
    for (let count = 0; count < 41; count++) statuses.push(await ask());
    expect([new Set(statuses.slice(0, 40)), statuses[40]]).toEqual([new Set([202]), 429]);
    await system.advance(1000);
    expect(await ask()).toBe(202);
  });

  it('answers 500 when AWS takes no event', async () => {
    const { system } = play({
      interceptors: [
        (call, next) =>
          call.operation === 'PutEvents'
            ? { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] }
            : next(call),
      ],
    });
    const answer = await system.request({ path: '/berths/north/A', headers: await bearer(), body: { length: 1 } });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([500, { message: 'The event could not be published.' }]);
  });

  it('sends to a FIFO queue in the group of its key, with all attributes', async () => {
    const { system } = play();
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=x' };
    const answer = await system.request({
      path: '/pilots',
      headers,
      body: { ship: 'A', need: 'pilot', crew: 3, tags: ['x'] },
    });
    const QueueUrl = system.environment.EVENTLOOM_QUEUE_PILOTS;
    const asked = { QueueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All' as const] };
    const { Messages: [message] = [] } = await system.clients.sqs.send(new ReceiveMessageCommand(asked));
    const { id } = JSON.parse(answer.body) as { readonly id: string };
    expect(JSON.parse(message?.Body ?? '')).toEqual({ ship: 'A', need: 'pilot', crew: 3, tags: ['x'] });
    expect(message?.Attributes).toMatchObject({ MessageGroupId: 'A', MessageDeduplicationId: id });
    expect(message?.MessageAttributes).toMatchObject({
      type: { StringValue: 'PilotAsked' },
      id: { StringValue: id },
      crew: { DataType: 'Number', StringValue: '3' },
    });
  });

  it('answers on a port of this machine too', async () => {
    const { system, got } = play();
    const server = await system.serve();
    const headers = { ...(await bearer()), 'content-type': 'application/json' };
    const good = await fetch(`${server.url}/berths/north/A`, { method: 'POST', headers, body: '{"length":1}' });
    const bad = await fetch(`${server.url}/berths/north/A`, { method: 'POST', headers, body: '[]' });
    await server.close();
    await system.settle();
    expect([good.status, bad.status, bad.headers.get('content-type'), got.length]).toEqual([202, 400, 'text/plain', 1]);
  });
});

describe('the local API and the templates of the CDK constructs', () => {
  it('make the same payload of a request', async () => {
    const ingress = harbour.ingresses?.find(
      (one): one is HttpIngress => one.kind === 'http' && one.operation === 'askBerth',
    );
    if (ingress === undefined) throw new Error('no such ingress');
    const template = requestTemplate(ingress, { kind: 'bus', name: 'harbour' });
    const headers = await bearer();
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('north', 'south', 'west'),
        text,
        fc.dictionary(
          text.filter((key) => key !== 'pier' && key !== 'ship'),
          fc.jsonValue(),
          { noNullPrototype: true },
        ),
        async (pier, ship, rest) => {
          const { system, got } = play();
          const body = { ...rest, length: 3, trace: 'own' };
          const answer = await system.request({ path: `/berths/${pier}/${encodeURIComponent(ship)}`, headers, body });
          await system.settle();
          const { Entries: [entry] = [] } = JSON.parse(
            renderTemplate(template, { body: JSON.stringify(body), path: { pier, ship } }).text,
          ) as { readonly Entries?: readonly { readonly Detail: string }[] };
          expect([answer.status, got]).toEqual(entry === undefined ? [400, []] : [202, [JSON.parse(entry.Detail)]]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('judge bodies alike', () => {
    let refused = 0;
    fc.assert(
      fc.property(bundles, fc.array(values, { minLength: 20, maxLength: 20 }), (bundle, samples) => {
        const payload = bundle as JsonSchema;
        fc.pre(findEndless(payload).length === 0);
        const { schema } = toDraft04(payload, 'validator');
        const accepts = runDraft04(schema);
        for (const value of samples) {
          if (!accepts(value)) refused += 1;
          expect([value, bodyFaults(schema, value).length === 0]).toEqual([value, accepts(value)]);
        }
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(2_000);
  });
});

describe('schedules of the local system', () => {
  it('fire while time passes, and stand still while the system settles', async () => {
    const { system, got } = play();
    await system.settle();
    expect(got).toEqual([]);
    await system.advance(13 * 3_600_000);
    await system.settle();
    expect(got).toEqual([
      { at: '2026-01-01T06:00:00Z', height: 1.5 },
      { at: '2026-01-01T12:00:00Z', height: 1.5 },
    ]);
    await system.advance(5 * 3_600_000);
    expect(got).toHaveLength(3);
  });

  const at = (text: string) => new Date(`${text}Z`).getTime();
  it.each([
    ['rate(90 minutes)', null, ['2026-01-01T01:30:00', '2026-01-01T03:00:00']],
    ['at(2026-01-01T02:00:00)', 'Europe/Berlin', ['2026-01-01T01:00:00']],
    ['cron(15 1,3 ? * THU *)', null, ['2026-01-01T01:15:00', '2026-01-01T03:15:00']],
    ['cron(0/30 3 1W JAN ? 2026)', 'Europe/Berlin', ['2026-01-01T02:00:00', '2026-01-01T02:30:00']],
    ['cron(0 1 ? * FRI *)', null, []],
    ['cron(0 1 ? 1 5#1 *)', null, ['2026-01-01T01:00:00']],
    ['cron(0 1 L * ? *)', null, []],
  ])('know when %s in %s is', (expression, timezone, expected) => {
    const since = at('2026-01-01T00:00:00');
    const found = occurrences({ expression, timezone, since }, since, at('2026-01-01T04:00:00'));
    expect(found.map((time) => new Date(time).toISOString().slice(0, 19))).toEqual(expected);
  });

  it('leave out the hour that clocks skip', () => {
    const from = at('2026-03-27T00:00:00');
    const times = { expression: 'cron(30 2 * * ? *)', timezone: 'Europe/Berlin', since: from };
    expect(
      occurrences(times, from, at('2026-03-31T00:00:00')).map((time) => new Date(time).toISOString().slice(0, 16)),
    ).toEqual(['2026-03-27T01:30', '2026-03-28T01:30', '2026-03-30T00:30']);
  });
});

describe('pipes of the local system', () => {
  const tide = { at: '2026-01-01T00:00:00Z', height: 2 };

  it('make events of what is sent to the queue, and move aside what is none', async () => {
    const { system, got } = play();
    const { queueUrl: QueueUrl, deadLetterQueueUrl } = system.ingress('importTides');
    for (const MessageBody of [JSON.stringify(tide), 'no JSON', '[1]'])
      await system.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await system.settle();
    expect(got).toEqual([tide]);
    const { Messages = [] } = await system.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: deadLetterQueueUrl, MaxNumberOfMessages: 10 }),
    );
    expect(Messages.map(({ Body }) => Body).sort()).toEqual(['[1]', 'no JSON']);
  });

  it('make events of the new items of the table, once', async () => {
    const { system, got } = play();
    const { tableName: TableName } = system.ingress('recordTides');
    const Item = { id: { S: '1' }, tide: { S: JSON.stringify(tide) } };
    await system.clients.dynamoDb.send(new PutItemCommand({ TableName, Item }));
    await system.clients.dynamoDb.send(new PutItemCommand({ TableName, Item: { ...Item, other: { S: 'x' } } }));
    await system.clients.dynamoDb.send(new PutItemCommand({ TableName, Item: { id: { S: '2' } } }));
    await system.settle();
    expect(got).toEqual([tide]);
  });

  it('are told by name', () => {
    expect(() => play().system.ingress('importTide')).toThrow('There are: importTides, recordTides');
  });
});
