import { readFileSync } from 'node:fs';
import { limits } from '@eventloom/engine';
import { expect, test } from 'vitest';
import { filesBelow, repository } from './support/repository.ts';

const parts = ['engine/src', 'runtime/src', 'local/src', 'constructs/src', 'generator/src'];

/** Numbers of AWS that are hardly anything else; small and round ones could mean anything. */
const distinctive = [...new Set(Object.values(limits).map(({ value }) => value))].filter(
  (value) => value > 1024 && !/^[1-9]0+$/.test(String(value)),
);

test('numbers of AWS stand in the table of limits alone', () => {
  const sources = parts.flatMap(filesBelow).filter((file) => file.endsWith('.ts') && !isTest(file));
  const found = sources.flatMap((file) => numbersIn(file).map((number) => `${file}: ${number}`));
  expect(distinctive.length).toBeGreaterThan(10);
  expect(found).toEqual([]);
});

function isTest(file: string): boolean {
  return /\.test(-d)?\.ts$/.test(file) || file.includes('/fixtures/') || file === 'engine/src/limits.ts';
}

function numbersIn(file: string): readonly number[] {
  const text = readFileSync(`${repository}${file}`, 'utf8');
  const literals = [...text.matchAll(/\b\d[\d_]*\b/g)].map(([literal]) => Number(literal.replaceAll('_', '')));
  return literals.filter((value) => distinctive.includes(value));
}
