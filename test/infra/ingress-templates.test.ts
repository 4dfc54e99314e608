import type { HttpIngress } from '@eventloom/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestTemplate } from '../../constructs/src/ingress/request-template.ts';
import { publishedTemplate, refusalTemplate, sentTemplate } from '../../constructs/src/ingress/response-templates.ts';
import { renderTemplate } from '../support/api-gateway.ts';
import { harbour } from './harbour.ts';

function httpOf(operation: string): HttpIngress {
  const found = harbour.ingresses?.find((ingress) => ingress.operation === operation);
  if (found?.kind !== 'http') throw new Error(`no HTTP ingress ${operation}`);
  return found;
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...[
      '"',
      "'",
      "\\'",
      "\\\\'",
      '$input.body',
      '${q}',
      '#set($x = 1)',
      '#end',
      '#{else}',
      '\u2028',
      '</script>',
      '\0',
    ],
    ...[
      '{{resolve:ssm:x}}',
      '","Source":"aws.ec2',
      '"}]}',
      '&Action=Delete',
      '%26',
      '\ud83d',
      '😀',
      'a\nb',
      '$util.x("',
      '##',
      '#*',
    ],
  ),
);
const bodies = fc.dictionary(
  fc
    .oneof(fc.constantFrom('length', 'note', 'trace', 'Ref', '__proto__', "it's"), hostile)
    .filter((key) => !['pier', 'ship', 'need'].includes(key)),
  fc.oneof(
    hostile,
    fc.jsonValue(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }).map(Number),
  ),
  { maxKeys: 5, noNullPrototype: true },
);
const parsed = (text: string): unknown => JSON.parse(text);
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a request to a bus', () => {
  const ingress = httpOf('askBerth');
  const template = requestTemplate(ingress, { kind: 'bus', name: 'harbour' });

  it('becomes one entry whose detail is the body with the fields of the path, whatever stands in them', () => {
    fc.assert(
      fc.property(bodies, fc.constantFrom('north', 'south', "o'neill $x"), hostile, (body, pier, ship) => {
        const { text } = renderTemplate(template, {
          body: JSON.stringify(body),
          path: { pier, ship },
          requestId: 'request-1',
        });
        const { Entries, ...others } = parsed(text) as { Entries: Record<string, string>[] };
        expect(others).toEqual({});
        const [{ Detail = '', ...entry } = {}, ...more] = Entries;
        expect([entry, more]).toEqual([
          { Source: 'harbour.berths', DetailType: 'BerthAsked', EventBusName: 'harbour' },
          [],
        ]);
        const given = { pier, ship, ...(Object.hasOwn(body, 'trace') ? {} : { trace: 'request-1' }) };
        expect(parsed(Detail)).toEqual({ ...(asJson(body) as object), ...(asJson(given) as object) });
      }),
      { numRuns: 300 },
    );
  });

  it('calls nothing when a part of the path is not allowed, and the answer says why', () => {
    fc.assert(
      fc.property(hostile, (pier) => {
        fc.pre(!['north', 'south', "o'neill $x"].includes(pier));
        const request = { body: '{"length":1}', path: { pier, ship: 'ABC' } };
        expect(parsed(renderTemplate(template, request).text)).toEqual({});
        const { text, status } = renderTemplate(refusalTemplate(ingress), request, { __type: 'ValidationException' });
        expect([status, parsed(text)]).toEqual([
          400,
          { message: 'pier must be one of the values that the API describes' },
        ]);
      }),
    );
  });

  it('is 500 when AWS refuses the call for another reason', () => {
    const request = { body: '{}', path: { pier: 'north', ship: 'ABC' } };
    const { text, status } = renderTemplate(refusalTemplate(ingress), request, { __type: 'AccessDeniedException' });
    expect([status, parsed(text)]).toEqual([undefined, { message: 'The event could not be published.' }]);
  });

  it('is answered with the id of the event, or with 500 when its entry failed', () => {
    const good = { FailedEntryCount: 0, Entries: [{ EventId: '6f2c' }] };
    const bad = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'x"y' }] };
    const answer = (of: unknown) => {
      const { text, status } = renderTemplate(publishedTemplate, { body: '{}' }, of);
      return [status, parsed(text)];
    };
    expect(answer(good)).toEqual([undefined, { id: '6f2c' }]);
    expect(answer(bad)).toEqual([500, { message: 'The event could not be published.' }]);
  });

  it('takes numbers and booleans of the path as such', () => {
    const typed: HttpIngress = {
      ...ingress,
      correlationField: null,
      parameters: [
        { name: 'count', values: null, pattern: null, type: 'integer' },
        { name: 'share', values: null, pattern: null, type: 'number' },
        { name: 'deep', values: ['false', 'true'], pattern: null, type: 'boolean' },
        { name: 'code', values: null, pattern: '^[A-Z]{3}$', type: 'string' },
      ],
    };
    const render = (path: Record<string, string>) => {
      const { text } = renderTemplate(requestTemplate(typed, { kind: 'bus', name: 'harbour' }), { body: '{}', path });
      const [entry] = (parsed(text) as { Entries?: { Detail: string }[] }).Entries ?? [];
      return entry === undefined ? 'refused' : parsed(entry.Detail);
    };
    const path = { count: '-7', share: '0.25', deep: 'true', code: 'ABC' };
    expect(render(path)).toEqual({ count: -7, share: 0.25, deep: true, code: 'ABC' });
    for (const wrong of [
      { count: '07' },
      { count: '1.0' },
      { count: '1e9' },
      { share: '.5' },
      { share: 'NaN' },
      { deep: 'yes' },
      { code: 'ABCD' },
      { code: 'abc' },
    ]) {
      expect([wrong, render({ ...path, ...wrong })]).toEqual([wrong, 'refused']);
    }
  });
});

describe('names of a spec in a template', () => {
  it('are data, whatever stands in them', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, source) => {
        const ingress = { ...httpOf('askPilot'), parameters: [], event: { name, source, destination: 'bus:harbour' } };
        const { text } = renderTemplate(requestTemplate(ingress, { kind: 'bus', name: 'harbour' }), {
          body: '{"a":1}',
        });
        const [entry] = (parsed(text) as { Entries: object[] }).Entries;
        expect(entry).toEqual({ Source: source, DetailType: name, EventBusName: 'harbour', Detail: '{"a":1}' });
      }),
    );
  });
});

describe('a request to a topic', () => {
  const ingress = httpOf('callForHelp');
  const template = requestTemplate(ingress, { kind: 'topic', arn: 'arn:aws:sns:eu-west-1:1:alarms', groupField: null });

  it('becomes a message with the attributes of its headers, whatever stands in them', () => {
    fc.assert(
      fc.property(
        bodies,
        hostile.filter((ship) => ship !== '' && isWellFormed(ship)),
        fc.option(fc.array(hostile.filter(isWellFormed))),
        fc.option(fc.integer()),
        (rest, ship, tags, crew) => {
          const body = { ...rest, need: 'fire', ...(tags !== null && { tags }), ...(crew !== null && { crew }) };
          fc.pre(isWellFormed(JSON.stringify(body)));
          const { text } = renderTemplate(template, {
            body: JSON.stringify(body),
            path: { ship },
            requestId: 'request-1',
          });
          const { Message, ...form } = Object.fromEntries(new URLSearchParams(text));
          expect(parsed(Message ?? '')).toEqual({ ...(asJson(body) as object), ship });
          expect(attributesOf(form, 'MessageAttributes.entry.')).toEqual({
            type: ['String', 'ShipInNeed'],
            id: ['String', 'request-1'],
            time: ['String', '2026-11-27T13:05:01.123Z'],
            ship: ['String', ship],
            ...(tags !== null && { tags: ['String.Array', JSON.stringify(tags)] }),
            ...(crew !== null && { crew: ['Number', String(crew)] }),
          });
          expect(form).toMatchObject({ Action: 'Publish', TopicArn: 'arn:aws:sns:eu-west-1:1:alarms' });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is answered with the id that the message has', () => {
    expect(renderTemplate(sentTemplate, { body: '{}', requestId: 'request-1' }, {}).text).toBe('{"id":"request-1"}');
  });
});

describe('a request to a FIFO queue', () => {
  it('is in the group of its key', () => {
    const template = requestTemplate(httpOf('askPilot'), { kind: 'queue', groupField: 'ship' });
    const { text } = renderTemplate(template, { body: '{"ship":"A&B","need":"pilot"}', requestId: 'request-1' });
    const form = Object.fromEntries(new URLSearchParams(text));
    expect(form).toMatchObject({
      Action: 'SendMessage',
      MessageBody: '{"ship":"A&B","need":"pilot"}',
      MessageGroupId: 'A&B',
      MessageDeduplicationId: 'request-1',
    });
    expect(attributesOf(form, 'MessageAttribute.')).toMatchObject({
      type: ['String', 'PilotAsked'],
      ship: ['String', 'A&B'],
    });
  });
});

/** Forms are UTF-8, which has no halves of surrogate pairs. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function attributesOf(form: Readonly<Record<string, string>>, prefix: string): Readonly<Record<string, unknown>> {
  const names = Object.entries(form).filter(([key]) => key.startsWith(prefix) && key.endsWith('.Name'));
  return Object.fromEntries(
    names.map(([key, name]) => {
      const value = key.replace(/Name$/, 'Value');
      return [name, [form[`${value}.DataType`], form[`${value}.StringValue`]]];
    }),
  );
}
