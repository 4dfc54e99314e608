import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EventloomSystem } from '@eventloom/cdk';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { handlers } from '../examples/handlers.ts';
import { topology } from '../generated/topology/index.js';
import { bundleHandlers } from './bundle.ts';
import { summarize } from './summary.ts';

const { values } = parseArgs({ options: { environment: { type: 'string' } } });

const folders = await bundleHandlers({
  topology,
  handlersFolder: pathOf('../examples'),
  outputFolder: pathOf('.bundle'),
});
const code = Object.fromEntries([...folders].map(([service, folder]) => [service, Code.fromAsset(folder)]));

// The CDK's own validation takes seconds; a test runs it.
const app = new App({ outdir: process.env.CDK_OUTDIR ?? pathOf('../cdk.out'), builtinCloudFormationValidation: false });
const environment: string | undefined = values.environment ?? app.node.tryGetContext('environment');
const system = new EventloomSystem(app, 'Shop', {
  topology,
  handlers,
  code,
  ...(environment === undefined ? {} : { environment }),
});

const { stacksRecursively } = app.synth();
console.log(summarize(stacksRecursively));
console.log(`\nTemplates of ${system.stacks.size + 1} stacks are in cdk.out.`);

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
