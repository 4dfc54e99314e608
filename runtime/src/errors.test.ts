import { describe, expect, test } from 'vitest';
import { ConfigurationError, isEventloomError, PermanentError, PublishError, ValidationFailure } from './errors.ts';

const entry = { name: 'A', source: 's', payload: 1 };

describe('errors', () => {
  test.each([
    ['ConfigurationError', new ConfigurationError('BUS'), 'missing-variable'],
    ['PermanentError', new PermanentError('no'), 'permanent'],
    ['PublishError', new PublishError('ThrottlingException', 'no', entry), 'ThrottlingException'],
    ['ValidationFailure', new ValidationFailure(entry, []), 'invalid-payload'],
  ] as const)('%s carries its name, a code and a brand', (name, error, code) => {
    expect(error).toMatchObject({ name, code });
    expect(isEventloomError(error)).toBe(true);
    expect(isEventloomError(error, name)).toBe(true);
    expect(isEventloomError(error, name === 'PublishError' ? 'PermanentError' : 'PublishError')).toBe(false);
    expect(Object.keys(error)).not.toContain('cause');
  });

  test('keep their cause', () => {
    const cause = new Error('why');
    expect(new PermanentError('no', { cause }).cause).toBe(cause);
    expect(new PublishError('x', 'no', entry, cause).cause).toBe(cause);
  });

  test.each([new Error('x'), null, undefined, 'text', {}])('%j is none of ours', (value) => {
    expect(isEventloomError(value)).toBe(false);
  });

  test('a ValidationFailure names the first place and lists all', () => {
    const errors = [
      { instancePath: '/a', keyword: 'type', params: { type: 'string' } },
      { instancePath: '/b', keyword: 'minimum', params: { limit: 0 } },
    ];
    expect(new ValidationFailure(entry, errors)).toMatchObject({
      path: '/a',
      rule: 'type',
      errors,
      message: 'A of s is invalid: /a breaks type {"type":"string"}, /b breaks minimum {"limit":0}',
    });
  });
});
