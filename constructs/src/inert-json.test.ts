import type { EventPattern } from '@eventloom/engine';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { inertJsonText, setPattern } from './inert-json.ts';

const open = '{';
const token = `$${open}Token[AWS.Region.4]}`;
const listToken = `#${open}Token[TOKEN.7]}`;
const secret = `${open}{resolve:ssm:secret}}`;

function carried(pattern: EventPattern): unknown {
  const app = new App({ builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Stack');
  const resource = new CfnResource(stack, 'Rule', { type: 'AWS::Events::Rule' });
  setPattern(resource, 'EventPattern', pattern);
  return app.synth().getStackByName('Stack').template.Resources.Rule.Properties.EventPattern;
}

describe('a pattern in a template', () => {
  test.each([
    { source: ['shop.orders'] },
    { detail: { $or: [{ total: [{ numeric: ['>=', 500] }] }, { gift: [true, false] }] } },
    { detail: { note: [''], Reference: ['A'], price: [`$${open}9}`] } },
  ])('stands as an object where that is safe: %j', (pattern) => {
    expect(carried(pattern)).toEqual(pattern);
  });

  test.each([
    ['null', { detail: { coupon: [null] } }],
    ['a field called Ref', { detail: { Ref: ['A-1'] } }],
    ['a field called like a function', { detail: { 'Fn::GetAtt': ['Secret', 'Arn'] } }],
    ['a field called Condition', { detail: { Condition: ['new'] } }],
    ['a field called __proto__', { detail: JSON.parse('{"__proto__":["a"]}') }],
    ['a dynamic reference', { detail: { note: [secret] } }],
    ['a dynamic reference as a field', { detail: { [secret]: ['a'] } }],
    ['a token of the CDK', { detail: { note: [token, listToken] } }],
  ])('stands as text that nobody replaces where it holds %s', (_, pattern: EventPattern) => {
    const text = carried(pattern);
    expect(typeof text).toBe('string');
    expect(text).not.toMatch(/\{\{|[$#]\{/);
    expect(JSON.stringify(JSON.parse(String(text)))).toBe(JSON.stringify(pattern));
  });
});

describe('JSON text', () => {
  test('means what it meant, whatever it holds', () => {
    const value = { a: [token, secret, `\\$${open}`, `${open}${open}${open}`, '"'], b: null };
    expect(JSON.parse(inertJsonText(value))).toEqual(value);
  });
});
