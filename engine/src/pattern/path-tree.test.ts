import { describe, expect, it } from 'vitest';
import { compilePattern } from './compile-pattern.ts';
import type { PathNode } from './path-tree.ts';

function treeOf(pattern: unknown): PathNode {
  const result = compilePattern(pattern);
  const tree = result.ok ? result.pattern.trees[0] : undefined;
  if (tree === undefined) throw new Error('the pattern is refused');
  return tree;
}

describe('the tree of paths', () => {
  it('lists at each node the joined keys that an event may have there', () => {
    const root = treeOf({ a: { b: { c: [1] }, d: [1] }, e: [1] });
    expect(root.joinedKeys).toEqual(['a.b', 'a.d', 'a.b.c']);
    expect(root.children.get('a')?.joinedKeys).toEqual(['b.c']);
    expect(root.children.get('e')?.joinedKeys).toEqual([]);
  });

  it('lists none when the paths are too long, one or all together', () => {
    const path = (first: string, keys: number) => [first, ...Array(keys - 1).fill('k')].join('.');
    expect(treeOf({ [path('a', 141)]: [1] }).joinedKeys).toHaveLength(140);
    expect(treeOf({ [path('a', 142)]: [1] }).joinedKeys).toBeNull();
    expect(treeOf({ [path('a', 100)]: [1], [path('b', 100)]: [1] }).joinedKeys).toHaveLength(198);
    expect(treeOf({ [path('a', 100)]: [1], [path('b', 101)]: [1] }).joinedKeys).toBeNull();
  });
});
