import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { model as hostileModel } from '../../../../test/support/hostile-model.ts';
import { understand } from '../../../../test/support/model-of.ts';
import { makeProject } from '../../../../test/support/project.ts';
import { specCases } from '../../../../test/support/random-specs.ts';
import { repository } from '../../../../test/support/repository.ts';
import { seed } from '../../../../test/support/seed.ts';
import { check } from '../../check/check.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { emit } from '../../emit/emit.ts';
import { load } from '../../load/load.ts';
import { filesOnDisk } from '../../load/read-file.ts';
import { loadModel } from '../../load-model.ts';
import { buildModel } from '../../model/build-model.ts';
import type { EventModel } from '../../model/event-model.ts';
import { eventExamples } from '../examples/event-examples.ts';
import { siteContext } from '../site-context.ts';
import type { EventExample, Snippet } from '../site-model.ts';
import { eventSnippets, serviceSnippets } from './snippets.ts';

const patterns = readdirSync(join(repository, 'examples/patterns'))
  .map((name) => `examples/patterns/${name}`)
  .filter((folder) => existsSync(join(repository, folder, 'asyncapi.yaml')));
const domains = ['museum', 'hotel', 'library', 'clinic', 'bakery'].map((name) => `test/${name}`);
const folders = ['.', ...patterns, ...domains];

const random = await randomSpecs();

describe('snippets', () => {
  const project = makeProject(afterAll);
  const kinds = new Map<string, number>();
  const files: string[] = [];

  /** Writes a system and its snippets, each in the folder where it belongs. */
  function write(name: string, model: EventModel): void {
    const home = `systems/${name}`;
    const generated = emit(model, '0.0.0').map(({ path, content }) => [`${home}/generated/${path}`, content] as const);
    const snippets = allSnippets(model).filter(({ language }) => language === 'ts');
    const written = snippets.map(({ anchor, file, code }, index) => {
      const kind = anchor.replace(/-.*/, '');
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      return [`${home}/${dirname(file ?? 'services/x.ts')}/snippet-${index}.ts`, code] as const;
    });
    files.push(...written.map(([path]) => path));
    project.write(Object.fromEntries([...generated, ...written]));
  }

  test('compile against the SDK of the shop, of every pattern, of other domains, of random and of hostile specs', async () => {
    for (const folder of folders) {
      const { model, ok } = await loadModel({ spec: join(repository, folder, 'asyncapi.yaml') });
      expect(ok, folder).toBe(true);
      if (model !== null) write(folder.replaceAll(/\W+/g, '-'), model);
    }
    for (const [index, { model }] of random.entries()) write(`random-${index}`, model);
    write('hostile', hostileModel);

    expect(project.tsc('typescript', files).stdout).toBe('');
    expect([...kinds.keys()].sort()).toEqual(['batch', 'call', 'emit', 'handle', 'outbox', 'publish']);
  }, 240_000);
});

describe('the operation to become a consumer with', () => {
  test('is valid by all rules, those of AsyncAPI included', async () => {
    const spec = join(repository, 'asyncapi.yaml');
    const { model } = await loadModel({ spec });
    const additions = model === null ? [] : additionsOf(model);
    const text = new TextEncoder().encode(JSON.stringify(withOperations(readSpec(spec), additions)));
    const io = { ...filesOnDisk, read: async (path: string) => (path === spec ? text : filesOnDisk.read(path)) };
    const loaded = await loadModel({ spec, io });
    expect(errorsOf(loaded.diagnostics)).toEqual([]);
    expectConsumers(loaded.model, additions);
    expect(additions.length).toBeGreaterThan(5);
  });

  test('is valid in specs of other domains, and makes a consumer of each event', async () => {
    for (const folder of [...domains, 'examples/patterns/fifo-consumer', 'examples/patterns/sns-fan-out']) {
      const spec = join(repository, folder, 'asyncapi.yaml');
      const document = readSpec(spec);
      const read = async (changed: object) => {
        const text = new TextEncoder().encode(JSON.stringify(changed));
        const io = { ...filesOnDisk, read: async (path: string) => (path === spec ? text : filesOnDisk.read(path)) };
        const loaded = await load(spec, io, { conformance: false });
        if (loaded.document === null) throw new Error(`${spec} cannot be read`);
        const { model, diagnostics } = buildModel(loaded.document);
        return { model, diagnostics: [...loaded.diagnostics, ...diagnostics, ...check(model)] };
      };
      const { model } = await read(document);
      for (const round of rounds(model, additionsOf(model))) {
        const changed = await read(withOperations(document, round));
        expect(errorsOf(changed.diagnostics), folder).toEqual([]);
        expectConsumers(changed.model, round);
      }
    }
  });

  test('is valid in random specs', async () => {
    let count = 0;
    for (const { document, model } of random) {
      for (const round of rounds(model, additionsOf(model))) {
        const changed = await understand(JSON.stringify(withOperations(document, round)));
        expect(errorsOf(changed.diagnostics), JSON.stringify(round)).toEqual([]);
        expectConsumers(changed.model, round);
        count += round.length;
      }
    }
    expect(count).toBeGreaterThan(20);
  });

  test('is valid where every name is an odd one', async () => {
    const key = "it's a/b~c %d \u2028 *";
    const channel = { $ref: `#/channels/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}` };
    const payload = {
      type: 'object',
      required: ['a'],
      properties: { a: { enum: ["it's", 'yes: no'] } },
      examples: [{ a: "it's" }],
    };
    const document = {
      asyncapi: '3.0.0',
      info: { title: 'Odd', version: '1.0.0' },
      servers: { bus: { host: 'events.eu-west-1.amazonaws.com', protocol: 'eventbridge' } },
      channels: { [key]: { address: 'odd', messages: { [key]: { payload }, Other: { payload: { type: 'object' } } } } },
      operations: { send: { action: 'send', channel, 'x-service': 'your-service' } },
    };
    const { model } = await understand(JSON.stringify(document));
    const additions = additionsOf(model);
    expect(additions).toHaveLength(2);
    const [, odd = {}] = additions;
    expect(Object.values(odd)).toMatchObject([{ 'x-service': 'your-service-2', 'x-filter': { a: ["it's"] } }]);
    const changed = await understand(JSON.stringify(withOperations(document, additions)));
    expect(errorsOf(changed.diagnostics)).toEqual([]);
    expectConsumers(changed.model, additions);
  });
});

type Operations = Readonly<Record<string, object>>;

/** What snippets say to add, each as its operations. */
function additionsOf(model: EventModel): readonly Operations[] {
  const snippets = allSnippets(model).filter(({ anchor }) => anchor === 'become-operation');
  return snippets.map(({ code }) => (parse(code) as { readonly operations: Operations }).operations);
}

/** Those that may be added together: events on several channels share a message, and so a key; a queue has one reader. */
function rounds(model: EventModel, additions: readonly Operations[]): readonly (readonly Operations[])[] {
  const queues = new Set(model.system.destinations.flatMap(({ kind, key }) => (kind === 'queue' ? [key] : [])));
  const marks = (addition: Operations): readonly string[] =>
    Object.entries(addition).flatMap(([key, operation]) => {
      const queue = `queue:${(operation as { readonly channel: { readonly $ref: string } }).channel.$ref.slice('#/channels/'.length)}`;
      return queues.has(queue) ? [key, queue] : [key];
    });
  const found: Operations[][] = [];
  for (const addition of additions) {
    const mine = marks(addition);
    const free = found.find((round) => !round.flatMap(marks).some((mark) => mine.includes(mark)));
    if (free === undefined) found.push([addition]);
    else free.push(addition);
  }
  return found;
}

function readSpec(path: string): object {
  return parse(readFileSync(path, 'utf8')) as object;
}

function withOperations(document: unknown, additions: readonly Operations[]): object {
  const whole = document as { readonly operations?: object };
  return { ...whole, operations: Object.assign({}, whole.operations, ...additions) };
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`);
}

function expectConsumers(model: EventModel | null, additions: readonly Operations[]): void {
  const keys = model?.system.services.flatMap(({ consumers }) => consumers.map(({ wiring }) => wiring.consumer)) ?? [];
  expect(keys).toEqual(expect.arrayContaining(additions.flatMap((one) => Object.keys(one))));
}

function allSnippets(model: EventModel): readonly Snippet[] {
  const context = siteContext(model);
  const events = model.catalog.events.flatMap((event) =>
    eventSnippets(context, event, examplesOf(model, event.message)),
  );
  return [...events, ...model.system.services.flatMap((service) => serviceSnippets(context, service))];
}

function examplesOf({ catalog, documentation }: EventModel, typeName: string): readonly EventExample[] {
  const message = catalog.messages.find((one) => one.typeName === typeName);
  const docs = documentation.messages.find((one) => one.message === typeName);
  return message === undefined || docs === undefined ? [] : eventExamples(message, docs);
}

/** Random specs that have no error, with their models; most have one, for their filters. */
async function randomSpecs(): Promise<readonly { readonly document: object; readonly model: EventModel }[]> {
  const found: { readonly document: object; readonly model: EventModel }[] = [];
  for (const { document } of fc.sample(specCases, { seed, numRuns: 60 })) {
    const { model, diagnostics } = await understand(JSON.stringify(document));
    if (errorsOf(diagnostics).length === 0) found.push({ document, model });
  }
  return found;
}
