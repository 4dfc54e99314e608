import { expect, it } from 'vitest';
import { deduplicate } from './deduplicate.ts';
import { report } from './report.ts';

const origin = { file: 'asyncapi.yaml', pointer: '/a', line: 2, column: 3 };
const once = report('syntax-error', origin, 'Wrong.');

it('keeps one of several with the same code, place and message', () => {
  expect(deduplicate([once, { ...once, help: 'Another way.' }, once])).toEqual([once]);
});

it.each([
  ['code', report('duplicate-key', origin, 'Wrong.')],
  ['line', report('syntax-error', { ...origin, line: 3 }, 'Wrong.')],
  ['file', report('syntax-error', { ...origin, file: 'other.yaml' }, 'Wrong.')],
  ['message', report('syntax-error', origin, 'Also wrong.')],
])('keeps two that differ in %s', (_, other) => {
  expect(deduplicate([once, other])).toEqual([once, other]);
});
