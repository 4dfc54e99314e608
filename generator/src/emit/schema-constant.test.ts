import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';
import { makeProject, type Project } from '../../../test/support/project.ts';
import { emit } from './emit.ts';

/** Names and texts that would mean something else if they were pasted into JavaScript as they are. */
const nasty = [
  '__proto__',
  'constructor',
  'a-b',
  '*/',
  '</script>',
  '${process.exit(1)}',
  "'",
  '"',
  '`',
  '\\',
  '\u2028',
];

const marker = 'stands in the examples alone';

const payload = {
  type: 'object',
  properties: Object.fromEntries(nasty.map((name) => [name, { type: 'string', enum: nasty }])),
  required: [...nasty].sort(),
  patternProperties: { '^\\$\\{.*`$': { const: '${process.exit(2)}' } },
  examples: [Object.fromEntries([...nasty.map((name) => [name, name]), ['note', marker]])],
};

/** Writes what is emitted for the event of a spec on a topic. */
async function emitted(schema: unknown): Promise<Project> {
  const spec = {
    asyncapi: '3.0.0',
    info: { title: 'Test', version: '1.0.0' },
    channels: {
      things: { address: 'things', messages: { Thing: { payload: schema } }, bindings: { sns: { name: 'things' } } },
    },
    operations: { take: { action: 'receive', channel: { $ref: '#/channels/things' }, 'x-service': 'taker' } },
  };
  const { model, diagnostics } = await understand(JSON.stringify(spec));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const project = makeProject();
  project.write(Object.fromEntries(emit(model, '1.2.3').map(({ path, content }) => [path, content])));
  return project;
}

/** Runs the emitted file, and returns the schema that it exports. */
function schemaOf(project: Project): { readonly properties: object } {
  project.write({
    'print.ts':
      "import { thingSchema } from './events/thing.validator.js';\nconsole.log(JSON.stringify(thingSchema));\n",
  });
  const { stdout, stderr } = project.run('print.ts');
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** Bundles one line and returns the text. */
async function bundled(project: Project, line: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: line, resolveDir: project.folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return outputFiles[0]?.text ?? '';
}

describe('the schema of a payload, as it stands beside its validator', () => {
  test('is the schema that was written, whatever its fields and values are called', async () => {
    const project = await emitted(payload);
    const schema = schemaOf(project);
    expect(schema).toEqual(JSON.parse(JSON.stringify(payload)));
    expect(Object.keys(schema.properties).sort()).toEqual([...nasty].sort());
  });

  test('is left out of a bundle that only validates', async () => {
    const project = await emitted(payload);
    const from = "from './events/thing.validator.js';";
    const validating = await bundled(project, `import { validateThing } ${from} console.log(validateThing({}));`);
    expect(validating).not.toContain(marker);
    const both = await bundled(
      project,
      `import { thingSchema, validateThing } ${from} console.log(validateThing({}), thingSchema);`,
    );
    expect(both).toContain(marker);
  });

  test.each([
    [true, {}],
    [false, { not: {} }],
  ])('is an object also where it is %s', async (schema, object) => {
    const project = await emitted(schema);
    expect(schemaOf(project)).toEqual(object);
  });
});
