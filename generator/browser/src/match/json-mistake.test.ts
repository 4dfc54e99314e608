import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonMistake } from './json-mistake.ts';

test.each([
  ['', 1, 1, 'it ends where a value should come'],
  ['{\n  "a": 1,\n}', 3, 1, 'a name in double quotes should come here'],
  ["{'a': 1}", 1, 2, 'a name in double quotes or } should come here'],
  ['{"a" 1}', 1, 6, 'a colon should come here'],
  ['{"a": 1 "b": 2}', 1, 9, 'a comma or } should come here'],
  ['[1, 2', 1, 6, 'it ends where a comma or ] should come'],
  ['[1, ]', 1, 5, 'a value should come here'],
  ['[01]', 1, 3, 'a comma or ] should come here'],
  ['{"a": undefined}', 1, 7, 'a value should come here'],
  ['{"a": "x\ny"}', 1, 9, 'a text has to end on its line'],
  ['["a\\x"]', 1, 4, 'this is no escape of JSON'],
  ['["a', 1, 2, 'this text has no closing quote'],
  ['{} {}', 1, 4, 'nothing more should come here'],
  ['[}', 1, 2, 'a value or ] should come here'],
])('%j goes wrong at line %i, column %i', (text, line, column, message) => {
  expect(jsonMistake(text)).toEqual({ line, column, message });
});

test('it finds a mistake exactly where the browser refuses to read', () => {
  const broken = fc
    .tuple(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom('', ',', '"', '\\', '}', '[', '0', '.', '\n', 'e', '\u007f'),
    )
    .map(([json, at, put]) => {
      const place = at % (json.length + 1);
      return json.slice(0, place) + put + json.slice(place + (at % 2));
    });
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(broken, (text) => {
      const mistake = jsonMistake(text);
      seen.add(mistake === null);
      expect(mistake === null).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
  expect(seen.size).toBe(2);
});

test('a megabyte in one text or in brackets is read', () => {
  expect(jsonMistake(`"${'é\\n'.repeat(400_000)}"`)).toBeNull();
  expect(jsonMistake('['.repeat(1_000_000))).toMatchObject({ column: 1_000_001 });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
