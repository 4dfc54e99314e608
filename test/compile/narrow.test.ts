import type { EventPattern } from '@eventloom/engine';
import { expect, it } from 'vitest';
import { printType } from '../../generator/src/emit/print/type-expression.ts';
import { narrow } from '../../generator/src/model/schema/narrow.ts';
import { makeProject } from '../support/project.ts';
import { payloadOf } from '../support/schemas.ts';

const text = { type: 'string' };
const schema = {
  oneOf: [
    {
      type: 'object',
      required: ['status', 'code'],
      properties: { status: { const: 'approved' }, code: text, note: text, market: { enum: ['eu', 'us', 'ru'] } },
    },
    {
      type: 'object',
      required: ['status'],
      properties: {
        status: { const: 'declined' },
        reason: text,
        note: text,
        customer: { type: 'object', properties: { tier: { enum: ['gold', 'silver'] } } },
      },
    },
  ],
};

it('narrows payloads as TypeScript understands it', async () => {
  const { payload, types } = await payloadOf(schema, {}, 'Payment');
  const narrowed = (name: string, filter: EventPattern): string => {
    const type = narrow(payload, filter);
    return `type ${name} = Payment & (${type === null ? 'unknown' : printType(type)});`;
  };
  const source = [
    ...types.map(({ name, type }) => `export type ${name} = ${printType(type)};`),
    narrowed('Approved', { status: ['approved'] }),
    'export const code = (event: Approved): string => event.code;',
    '// @ts-expect-error a declined payment has a reason, an approved one has not',
    'export const reason = (event: Approved): string | undefined => event.reason;',
    narrowed('Noted', { note: [{ exists: true }] }),
    'export const note = (event: Noted): string => event.note;',
    narrowed('Bare', { note: [{ exists: false }] }),
    'export const nothing = (event: Bare): undefined => event.note;',
    narrowed('Russian', { status: ['approved'], market: ['ru'] }),
    "export const market = (event: Russian): 'ru' => event.market;",
    narrowed('Gold', { status: ['declined'], customer: { tier: ['gold'] } }),
    "export const tier = (event: Gold): 'gold' => event.customer.tier;",
    narrowed('Either', { $or: [{ status: ['approved'] }, { status: ['declined'], note: [{ exists: true }] }] }),
    "export const either = (event: Either): string => (event.status === 'approved' ? event.code : event.note);",
    "export const fits: Either = { status: 'declined', note: 'x' };",
    '// @ts-expect-error a declined payment has a note here',
    "export const fails: Either = { status: 'declined' };",
  ];
  const project = makeProject();
  project.write({ 'narrow.ts': `${source.join('\n')}\n` });
  expect(project.tsc('typescript', ['narrow.ts']).stdout).toBe('');
});
