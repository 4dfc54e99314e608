// examples/schema-site/app.ts
import { fileURLToPath } from 'node:url';
import { SchemaSite } from '@eventloom/cdk';
import { App, Stack } from 'aws-cdk-lib';

/** The documentation of the shop's events, for everybody who knows the address. Build it first: `npm run site`. */
export const app = new App();
const stack = new Stack(app, 'SchemaSite');
new SchemaSite(stack, 'Site', { path: fileURLToPath(new URL('../../site', import.meta.url)) });
