import type { JsonValue, Topology } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { toTopology } from '../../generator/src/model/to-topology.ts';
import { understand } from '../support/model-of.ts';
import { hostileNames, hostileTexts } from './hostile-texts.ts';
import { describeTemplates } from './read-back/describe-templates.ts';
import { describeTopology } from './read-back/describe-topology.ts';
import { worldOf } from './read-back/world.ts';
import { addSubject, type Subject, subjects } from './subjects.ts';
import { makeApp, synthesize, templatesOf } from './synthesize.ts';
import { type Template, type Templates, visit } from './template.ts';

describe('a spec full of hostile texts', () => {
  test.each(hostileTexts)('routes by filters that compare with %j', async (text) => {
    const topology = await topologyOf(spec({ text, name: 'Attack', source: 'attack' }));
    const templates = synthesize(topology);
    expect(describeTemplates(worldOf(templates), topology.system)).toEqual(describeTopology(topology));
    expect(referencesIn(templates)).toEqual(referencesIn(synthesize(await topologyOf(spec(harmless)))));
  });

  test.each(hostileNames)('lets handlers publish events that are called %j', async (text) => {
    // An address with braces has parameters, and is refused.
    const [name, source] = [text.slice(0, 100), `x ${text.replaceAll(/[{}]/g, '').slice(0, 60)}`];
    const topology = await topologyOf(spec({ text, name, source }));
    const templates = synthesize(topology);
    // IAM reads `${…}` as a variable, and `${$}` as a dollar sign.
    const escaped = (words: string) => words.replaceAll('${', () => '${$}{');
    const expected = describeTopology(topology).consumers['attacker/suffer']?.rights.map(escaped);
    const found = describeTemplates(worldOf(templates), topology.system).consumers['attacker/suffer'];
    expect(found?.rights).toEqual([...(expected ?? [])].sort());
    expect(found?.routes).toEqual(describeTopology(topology).consumers['attacker/suffer']?.routes);
    expect(referencesIn(templates)).toEqual(referencesIn(synthesize(await topologyOf(spec(harmless)))));
  });

  test('is refused where CloudFormation would put a secret into the rights of a role', async () => {
    const topology = await topologyOf(spec({ ...harmless, name: '{{resolve:ssm:key}}' }));
    expect(() => synthesize(topology)).toThrow(/rename it in the spec/);
  });
});

describe('every text that a topology carries', () => {
  // Each text stands at each place once.
  test.each(hostileTexts.map((_, offset) => offset))('comes out inert, from text %i on', async (offset) => {
    for (const subject of await richSubjects()) {
      let place = offset;
      const next = () => hostileTexts[place++ % hostileTexts.length] ?? '';
      const poisoned = templatesFor({ ...subject, topology: poison(subject.topology, next) });
      const plain = await plainTemplates(subject);
      expect(referencesIn(poisoned)).toEqual(referencesIn(plain));
      expect(dynamicReferences(poisoned)).toEqual(dynamicReferences(plain));
    }
  });
});

async function richSubjects(): Promise<readonly Subject[]> {
  return (await subjects()).filter(({ name }) => ['Locked', 'Docks'].includes(name));
}

const plainOnes = new Map<string, Templates>();

/** With harmless texts, made once. */
async function plainTemplates(subject: Subject): Promise<Templates> {
  const made =
    plainOnes.get(subject.name) ?? templatesFor({ ...subject, topology: poison(subject.topology, () => 'plain') });
  plainOnes.set(subject.name, made);
  return made;
}

const harmless = { text: 'harmless', name: 'Attack', source: 'attack' };

/** A spec with a text wherever it is read: in names, addresses, descriptions, values and keys of filters. */
function spec({ text, name, source }: typeof harmless): string {
  // A field with dots in its name is a path to a rule, and is refused elsewhere.
  const field = text.replaceAll('.', '');
  const receive = { action: 'receive', 'x-service': 'attacker', summary: text, description: text };
  const properties = {
    value: { type: 'string', description: text },
    [field]: { type: 'string' },
    group: { type: 'string' },
  };
  const filter = { value: [text, { prefix: text }, { 'anything-but': [text] }], [field]: [{ exists: true }] };
  return JSON.stringify({
    asyncapi: '3.0.0',
    info: { title: 'Hostile', version: '1.0.0', description: text },
    servers: { bus: { host: 'events.eu-west-1.amazonaws.com', protocol: 'eventbridge', description: text } },
    channels: {
      attack: { address: source, description: text, messages: { Attack: { $ref: '#/components/messages/Attack' } } },
      topic: {
        address: 'topic',
        description: text,
        bindings: { sns: {} },
        messages: { Attack: { $ref: '#/components/messages/Attack' } },
      },
      queue: {
        address: 'queue',
        bindings: { sqs: { queue: { name: 'queue', fifoQueue: false } } },
        messages: { Attack: { $ref: '#/components/messages/Attack' } },
      },
    },
    operations: {
      launch: { action: 'send', channel: { $ref: '#/channels/attack' }, 'x-service': 'attacker', description: text },
      suffer: {
        ...receive,
        channel: { $ref: '#/channels/attack' },
        'x-filter': filter,
        'x-emits': [{ $ref: '#/channels/attack/messages/Attack' }],
      },
      hear: { ...receive, channel: { $ref: '#/channels/topic' }, 'x-filter': { value: [text, { prefix: text }] } },
      read: {
        ...receive,
        channel: { $ref: '#/channels/queue' },
        'x-filter': { value: [text], $or: [{ [field]: [text] }, { group: [text] }] },
        'x-filter-unmatched': 'delete',
      },
    },
    components: {
      messages: {
        Attack: { name, title: text, summary: text, payload: { type: 'object', required: ['value'], properties } },
      },
    },
  });
}

async function topologyOf(text: string): Promise<Topology> {
  const { model, diagnostics } = await understand(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return toTopology(model);
}

function templatesFor(subject: Subject): Templates {
  const app = makeApp();
  addSubject(app, subject);
  return templatesOf(app);
}

/** Puts texts into every field of a topology that is free text, and into every value that a filter compares with. */
function poison(topology: Topology, next: () => string): Topology {
  const walk = (value: JsonValue, within: readonly string[]): JsonValue => {
    if (Array.isArray(value)) return value.map((item) => walk(item, within));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, walk(inner as JsonValue, [...within, key])]),
      );
    }
    return typeof value === 'string' && isFree(within) ? next() : value;
  };
  return walk(topology as unknown as JsonValue, []) as unknown as Topology;
}

/** Descriptions, what a body or a path may be, and what stands in filters below `detail` or beside it, but for operators. */
function isFree(path: readonly string[]): boolean {
  if (path.at(-1) === 'description') return true;
  if (path[0] === 'ingresses' && path.some((key) => ['enum', 'examples', 'values'].includes(key))) return true;
  const filter = path.findIndex((key) => ['eventPattern', 'filterPolicy', 'mappingFilter'].includes(key));
  return (
    filter >= 0 &&
    !['source', 'detail-type', 'numeric', 'cidr', 'wildcard'].some((key) => path.slice(filter).includes(key))
  );
}

/** Every intrinsic function of some templates, with where it points, sorted by stack and place. */
function referencesIn(templates: Templates): readonly string[] {
  return [...templates].flatMap(([stack, template]) =>
    referencesOf(template).map((reference) => `${stack} ${reference}`),
  );
}

function referencesOf(template: Template): readonly string[] {
  const found: string[] = Object.entries(template.Resources ?? {}).map(([id, { Type }]) => `${id} is ${Type}`);
  visit(template, (field, value) => {
    if (field === 'Ref' || field.startsWith('Fn::')) found.push(`${field} ${JSON.stringify(value)}`);
  });
  return found.map((reference) =>
    reference
      // API Gateway's deployment is called after a hash of all that it deploys.
      .replace(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/, '$1')
      .replaceAll(/"(?:[^"\\]|\\.)*"/g, (literal) => (/^"[\w:.]+"$/.test(literal) ? literal : '"…"')),
  );
}

/** Every text in which CloudFormation would look something up. */
function dynamicReferences(templates: Templates): readonly string[] {
  const found: string[] = [];
  visit([...templates.values()], (_, value) => {
    if (typeof value === 'string' && value.includes('{{resolve:')) found.push(value);
  });
  return found;
}
