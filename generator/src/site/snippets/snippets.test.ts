import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { model as hostileModel } from '../../../../test/support/hostile-model.ts';
import { understand } from '../../../../test/support/model-of.ts';
import { makeProject } from '../../../../test/support/project.ts';
import { specCases } from '../../../../test/support/random-specs.ts';
import { repository } from '../../../../test/support/repository.ts';
import { seed } from '../../../../test/support/seed.ts';
import { emit } from '../../emit/emit.ts';
import { loadModel } from '../../load-model.ts';
import type { EventModel } from '../../model/event-model.ts';
import { eventExamples } from '../examples/event-examples.ts';
import { siteContext } from '../site-context.ts';
import type { EventExample, Snippet } from '../site-model.ts';
import { eventSnippets, serviceSnippets } from './snippets.ts';

const patterns = readdirSync(join(repository, 'examples/patterns'))
  .map((name) => `examples/patterns/${name}`)
  .filter((folder) => existsSync(join(repository, folder, 'asyncapi.yaml')));
const folders = ['.', ...patterns, ...['museum', 'hotel', 'library', 'clinic', 'bakery'].map((name) => `test/${name}`)];

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
    for (const [index, model] of (await randomModels(12)).entries()) write(`random-${index}`, model);
    write('hostile', hostileModel);

    expect(project.tsc('typescript', files).stdout).toBe('');
    expect([...kinds.keys()].sort()).toEqual(['batch', 'call', 'emit', 'handle', 'outbox', 'publish']);
  });
});

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

/** Models of random specs that have no error; their filters often do. */
async function randomModels(count: number): Promise<readonly EventModel[]> {
  const models: EventModel[] = [];
  for (const { document } of fc.sample(specCases, { seed, numRuns: 200 })) {
    if (models.length === count) break;
    const { model, diagnostics } = await understand(JSON.stringify(document));
    if (diagnostics.every(({ severity }) => severity !== 'error')) models.push(model);
  }
  return models;
}
