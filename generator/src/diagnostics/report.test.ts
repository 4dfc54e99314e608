import { expect, it } from 'vitest';
import { report } from './report.ts';

const origin = { file: 'asyncapi.yaml', pointer: '/a', line: 2, column: 3 };

it('takes severity and help from the catalogue', () => {
  expect(report('duplicate-key', origin, 'Twice.')).toEqual({
    code: 'duplicate-key',
    severity: 'error',
    message: 'Twice.',
    help: 'Remove or rename one of the two.',
    origin,
    related: [],
  });
});

it('prefers the help it is given, also an empty one', () => {
  expect(report('duplicate-key', origin, 'Twice.', 'Do this.').help).toBe('Do this.');
  expect(report('duplicate-key', origin, 'Twice.', '').help).toBe('');
});
