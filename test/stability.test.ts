import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { makeProject, type Project } from './support/project.ts';

const thankGoldCustomer = `
  thankGoldCustomer:
    action: receive
    channel: { $ref: '#/channels/orders' }
    messages: [{ $ref: '#/channels/orders/messages/OrderPlaced' }]
    x-service: fraud
    x-filter: { customer: { tier: [gold] } }
`;

test('adding a consumer changes its own files and one line of each index', () => {
  const before = shop();
  const after = shop();
  after.write({
    'asyncapi.yaml': after.read('asyncapi.yaml').replace('\noperations:\n', `\noperations:${thankGoldCustomer}`),
  });
  const [old, now] = [generate(before), generate(after)];

  const own = Object.keys(now).filter((path) => path.includes('thank-gold-customer'));
  expect(own).toEqual(['services/fraud/thank-gold-customer.ts', 'topology/fraud/thank-gold-customer.ts']);
  const changed = Object.keys(now).filter((path) => !own.includes(path) && now[path] !== old[path]);
  expect(changed).toEqual(['handlers.ts', 'manifest.json', 'services/fraud/index.ts', 'topology/consumers.ts']);
  for (const path of changed) expect(linesOnlyIn(now[path], old[path]), path).toHaveLength(1);
  expect(Object.keys(old).filter((path) => !(path in now))).toEqual([]);
  for (const path of changed) expect(linesOnlyIn(old[path], now[path]), path).toEqual([]);
});

test('reordering the spec and its schemas changes no byte of the output', () => {
  const before = shop();
  const after = shop();
  after.write({
    'asyncapi.yaml': stringify(reversed(parse(after.read('asyncapi.yaml'))), { aliasDuplicateObjects: false }),
  });
  for (const [path, content] of Object.entries(after.tree('schemas'))) {
    if (!path.endsWith('.json')) continue;
    after.write({ [`schemas/${path}`]: JSON.stringify(reversed(JSON.parse(content)), null, 2) });
  }
  expect(after.read('asyncapi.yaml')).not.toEqual(before.read('asyncapi.yaml'));
  expect(generate(after)).toEqual(generate(before));
});

test('a second run writes nothing', () => {
  const project = shop();
  generate(project);
  const { stdout } = project.eventloom('generate', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ written: [], removed: [], diagnostics: expect.any(Array) });
});

function shop(): Project {
  const project = makeProject();
  project.copy('asyncapi.yaml');
  project.copy('schemas');
  return project;
}

function generate(project: Project): Readonly<Record<string, string>> {
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);
  return project.tree('generated');
}

function linesOnlyIn(text: string | undefined, other: string | undefined): readonly string[] {
  const known = new Set((other ?? '').split('\n'));
  return (text ?? '').split('\n').filter((line) => !known.has(line));
}

/** The same document with every mapping's keys the other way round. Sequences keep their order: it can mean something. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, reversed(child)]),
  );
}
