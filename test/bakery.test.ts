import { expect, test } from 'vitest';
import { makeProject } from './support/project.ts';

test('what handlers remember works as generated: claims, splits, circuits, keys and gathered parts', () => {
  const project = makeProject();
  for (const file of ['asyncapi.yaml', 'run.ts']) project.copy(`test/bakery/${file}`, file);
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);
  expect(project.tsc('typescript', ['generated/index.ts', 'run.ts']).stdout).toBe('');

  const outcome = project.run('run.ts');
  expect(outcome.stderr).toBe('');
  const { baked, packed, consumers } = JSON.parse(outcome.stdout);
  const loaves = (basket: string, count: number) => Array.from({ length: count }, (_, n) => `${basket}-${n}`);
  expect(baked).toEqual([...loaves('large', 40), ...loaves('small', 3)].sort());
  expect(packed).toHaveLength(2);
  expect(packed).toContainEqual({ basket: 'small', loaves: loaves('small', 3) });
  expect(packed).toContainEqual({ basket: 'large', loaves: loaves('large', 40) });
  expect(consumers).toEqual([
    ['counter/packBasket', 0],
    ['kitchen/bakeLoaf', 0],
    ['kitchen/splitBasket', 0],
  ]);
});
