import { expect, test } from 'vitest';
import { Finished } from './finished.ts';

test('finished is what neither refers nor has an identity, however deep', () => {
  const finished = new Finished();
  const plain = { type: 'object', properties: { a: { enum: [1, null] } } };
  expect([null, 'text', [], plain, { all: [plain, plain] }].map((value) => finished.has(value))).not.toContain(false);
  const others = [{ $ref: '#/a' }, { $id: 'a' }, [plain, { of: [{ $ref: '#' }] }], { ['__proto__']: { $id: 'b' } }];
  expect(others.map((value) => finished.has(value))).not.toContain(true);
});
