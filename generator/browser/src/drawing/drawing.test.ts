import { expect, test } from 'vitest';
import { neighboursOf } from './lights.ts';
import { zoomed } from './zoom.ts';

test('the neighbours of a node are what its edges lead to and come from', () => {
  const edges = [
    { from: 'oven', to: 'BreadBaked' },
    { from: 'BreadBaked', to: 'counter' },
    { from: 'counter', to: 'BreadSold' },
  ];
  expect([...neighboursOf('BreadBaked', edges)].sort()).toEqual(['BreadBaked', 'counter', 'oven']);
  expect([...neighboursOf('alone', edges)]).toEqual(['alone']);
});

test('zoom goes step by step between its bounds, and fits by the width', () => {
  expect(zoomed(1, 'closer', 0.5)).toBe(1.25);
  expect(zoomed(1.25, 'farther', 0.5)).toBe(1);
  expect(zoomed(3.9, 'closer', 0.5)).toBe(4);
  expect(zoomed(0.21, 'farther', 0.5)).toBe(0.2);
  expect(zoomed(0.1, 'farther', 0.05)).toBeCloseTo(0.08);
  expect(zoomed(2, 'fit', 0.5)).toBe(0.5);
});
