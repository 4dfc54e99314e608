import { describe, expect, test } from 'vitest';
import { collectImports, relativeSpecifier, typeFrom, valueFrom } from './imports.ts';

describe('collectImports', () => {
  test('groups by module, types apart from values, all sorted, packages first', () => {
    const imports = collectImports('services/fraud/x.ts', []);
    imports.use(valueFrom('/events/order.validator.js', 'validateOrder'));
    imports.use(valueFrom('@eventloom/runtime', 'queueHandler'));
    imports.use(typeFrom('@eventloom/runtime', 'ReceivedEvent'));
    imports.use(typeFrom('@eventloom/runtime', 'LambdaHandler'));
    imports.use(typeFrom('/events/order.ts', 'Order'));
    const shown = imports
      .statements()
      .map(({ specifier, typeOnly, names }) => [specifier, typeOnly, names.map((n) => n.name)]);
    expect(shown).toEqual([
      ['@eventloom/runtime', true, ['LambdaHandler', 'ReceivedEvent']],
      ['@eventloom/runtime', false, ['queueHandler']],
      ['../../events/order.js', true, ['Order']],
      ['../../events/order.validator.js', false, ['validateOrder']],
    ]);
  });

  test('renames what is declared in the file, imported already, or global', () => {
    const imports = collectImports('a.ts', ['Order']);
    expect(imports.use(typeFrom('/b.ts', 'Order'))).toBe('Order$1');
    expect(imports.use(typeFrom('/c.ts', 'Order'))).toBe('Order$2');
    expect(imports.use(typeFrom('/b.ts', 'Order'))).toBe('Order$1');
    expect(imports.use(typeFrom('/b.ts', 'Promise'))).toBe('Promise$1');
  });
});

describe('relativeSpecifier', () => {
  test.each([
    ['index.ts', 'events/index.ts', './events/index.js'],
    ['events/a.ts', 'events/a.validator.js', './a.validator.js'],
    ['services/fraud/a.ts', 'events/b.ts', '../../events/b.js'],
    ['topology/consumers.ts', 'topology/fraud/a.ts', './fraud/a.js'],
  ])('from %s to %s is %s', (from, to, specifier) => {
    expect(relativeSpecifier(from, to)).toBe(specifier);
  });
});
