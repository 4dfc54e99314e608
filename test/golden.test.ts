import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from './support/project.ts';
import { repository } from './support/repository.ts';

// What readers of generated code see, whole. `npx vitest run test/golden.test.ts -u` writes it anew.
const folder = join(repository, 'test/golden');

for (const name of readdirSync(folder)) {
  test(`the output for ${name} is as it was read last`, async () => {
    const project = makeProject();
    const given = readdirSync(join(folder, name)).filter((entry) => entry !== 'expected');
    for (const entry of given) project.copy(`test/golden/${name}/${entry}`, entry);
    const { code, stderr } = project.eventloom('generate');
    expect(code, stderr).toBe(0);
    const expected = join(folder, name, 'expected');
    const generated = project.tree('generated');
    for (const [path, content] of Object.entries(generated)) {
      await expect(content).toMatchFileSnapshot(join(expected, path));
    }
    const known = readdirSync(expected, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(known).toHaveLength(Object.keys(generated).length);
  });
}
