import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as shared from '../../../../runtime/src/validation/index.ts';
import type { Validator } from '../../../../runtime/src/validator.ts';
import { understand } from '../../../../test/support/model-of.ts';
import { specCases } from '../../../../test/support/random-specs.ts';
import { judge } from '../../../browser/src/match/judge.ts';
import { readInput } from '../../../browser/src/match/read-input.ts';
import type { EventModel } from '../../model/event-model.ts';
import { toTopology } from '../../model/to-topology.ts';
import { readPublished } from '../../route/published.ts';
import { routeRows } from '../../route/route-rows.ts';
import { validatePayload } from '../../route/validate-payload.ts';
import { describeSite } from '../describe-site.ts';
import { siteContext } from '../site-context.ts';
import { matchData } from './match-data.ts';
import type { EventScript, MatchData } from './match-format.ts';

const bakery = `
asyncapi: 3.0.0
info: { title: Bakery, version: 1.0.0 }
servers:
  town: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  ovens:
    address: bakery.ovens
    messages:
      BreadBaked:
        payload: &bread
          type: object
          required: [loaves]
          properties: { loaves: { type: integer, minimum: 1 }, event: { type: string }, flour: { enum: [rye, wheat] } }
      '</script><b>': { payload: *bread }
operations:
  bake: { action: send, channel: { $ref: '#/channels/ovens' }, x-service: oven }
  sell:
    action: receive
    channel: { $ref: '#/channels/ovens' }
    messages: [{ $ref: '#/channels/ovens/messages/BreadBaked' }]
    x-service: counter
    x-filter: { loaves: [{ numeric: ['>', 3] }] }
`;

describe('the data of the match box', () => {
  test('answers as the command line does, in each form of an event', async () => {
    const box = await boxOf((await understand(bakery)).model);
    const payload = { loaves: 5 };
    const [chosen = null] = box.data.events.filter(({ name }) => name === 'BreadBaked');
    for (const input of [
      payload,
      { event: 'BreadBaked', payload },
      { 'detail-type': 'BreadBaked', source: 'bakery.ovens', detail: payload },
    ]) {
      const read = readInput(JSON.stringify(input), box.data, chosen);
      if (read.kind !== 'read') throw new Error(JSON.stringify(read));
      expect(box.judge(read.published)).toEqual({
        valid: true,
        errors: [],
        consumers: [
          { operation: 'sell', consumer: 'sell', service: 'counter', matched: true, reason: 'its rule matches' },
        ],
      });
    }
  });

  test('takes a payload with a field called event as a payload', async () => {
    const { data } = await boxOf((await understand(bakery)).model);
    const chosen = data.events.find(({ name }) => name === 'BreadBaked') ?? null;
    expect(readInput('{"loaves":1,"event":"x"}', data, chosen)).toMatchObject({ kind: 'read', form: 'payload' });
  });

  test('says what is wrong with a text, and with JSON that is no event', async () => {
    const { data } = await boxOf((await understand(bakery)).model);
    expect(readInput('{"loaves": }', data, null)).toMatchObject({
      kind: 'unreadable',
      mistake: { line: 1, column: 12 },
    });
    expect(readInput('[]', data, null)).toMatchObject({ kind: 'refused', message: expect.stringContaining('neither') });
    expect(readInput('{"event":"BreadBaked","payload":1,"channel":"oven"}', data, null)).toMatchObject({
      kind: 'refused',
      help: 'Did you mean "ovens"?',
    });
  });

  test('keeps names that would end a script inside their texts', async () => {
    const files = await filesOf((await understand(bakery)).model);
    expect(files.map(({ path }) => path)).toHaveLength(3);
    for (const { content } of files) expect(content).not.toMatch(/<\/script|<!--/);
  });

  test('agrees with the command line on random systems and events, row by row', async () => {
    const seen = { valid: 0, invalid: 0, matched: 0, unmatched: 0 };
    await fc.assert(
      fc.asyncProperty(specCases, fc.nat(), async ({ document, payloads }, pick) => {
        const model = await understood(document);
        fc.pre(model !== null && model.catalog.events.length > 0);
        if (model === null) return;
        const box = await boxOf(model);
        for (const event of model.catalog.events) {
          const known = payloads[event.name] ?? Object.values(payloads)[0] ?? [];
          for (const payload of [...known.slice(0, 4), { ...known[pick % 5], group: pick % 2 === 0 ? 7 : '' }]) {
            const text = JSON.stringify({ event: event.name, payload, channel: event.channel });
            const read = readInput(text, box.data, null);
            if (read.kind !== 'read') throw new Error(JSON.stringify(read));
            const answer = box.judge(read.published);
            expect(answer).toEqual(await answerOf(model, JSON.parse(text)));
            seen[answer.valid ? 'valid' : 'invalid']++;
            for (const { matched } of answer.consumers) seen[matched ? 'matched' : 'unmatched']++;
          }
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });
});

async function understood(document: unknown): Promise<EventModel | null> {
  const { model, diagnostics } = await understand(JSON.stringify(document));
  return diagnostics.some(({ severity }) => severity === 'error') ? null : model;
}

async function answerOf(model: EventModel, input: unknown) {
  const published = readPublished(input, model.catalog);
  return { ...(await validatePayload(model, published)), consumers: routeRows(toTopology(model), published) };
}

async function filesOf(model: EventModel) {
  const context = siteContext(model);
  return matchData(context, describeSite(context));
}

/** The box as its scripts make it. */
async function boxOf(model: EventModel) {
  const globals: { eventloomMatch?: MatchData; eventloomMatchEvents?: readonly EventScript[] } = {};
  for (const { content } of await filesOf(model)) runInNewContext(String(content), globals);
  const data = globals.eventloomMatch;
  if (data === undefined) throw new Error('no data');
  const validators = new Map(
    globals.eventloomMatchEvents?.map(({ script, validator }) => [script, validator(shared) as Validator<unknown>]),
  );
  return {
    data: JSON.parse(JSON.stringify(data)) as MatchData,
    judge: (published: Parameters<typeof judge>[0]) => {
      const event = data.events.find(
        ({ name, source }) => name === published.event?.name && source === published.source,
      );
      return judge(published, data.topology, event === undefined ? null : (validators.get(event.script) ?? null));
    },
  };
}
