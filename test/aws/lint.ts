import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { addSite } from '../infra/sites.ts';
import { addSubject, subjects } from '../infra/subjects.ts';
import { templatesOf } from '../infra/synthesize.ts';
import { runAside } from './python/run.ts';
import { virtualEnvironment } from './python/virtual-environment.ts';

// Runs the official cfn-lint over the templates of every system that tests know: errors and warnings fail.
// It has a script, which holds the path of its environment, but no module to run.
const cfnLint = 'import sys; from cfnlint.runner import main; sys.exit(main())';
/** Warnings that are no mistakes, with the reason. Errors are never ignored. */
const ignored = {
  W3005: 'The CDK lets a function depend on the policies of its role, and names the role beside them.',
};
const python = virtualEnvironment();
if (!python.ok) {
  console.info(`skipped: ${python.why}. No template was linted.`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'eventloom-templates-'));
  try {
    const files = await writeTemplates(folder);
    const options = ['--regions', 'eu-west-1', '--ignore-checks', ...Object.keys(ignored)];
    const { status, output } = runAside(python.python, ['-c', cfnLint, ...options, '--', ...files]);
    if (output !== '') console.error(output);
    console.info(`cfn-lint: ${files.length} templates, ${status === 0 ? 'nothing found' : 'see above'}.`);
    process.exitCode = status === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeTemplates(folder: string): Promise<readonly string[]> {
  const app = new App({ builtinCloudFormationValidation: false });
  for (const subject of await subjects()) addSubject(app, subject);
  addSite(app);
  return [...templatesOf(app)].map(([name, template], index) => {
    const file = join(folder, `${index}-${name}.json`);
    writeFileSync(file, JSON.stringify(template));
    return file;
  });
}
