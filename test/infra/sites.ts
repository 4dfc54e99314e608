import { fileURLToPath } from 'node:url';
import { SchemaSite } from '@eventloom/cdk';
import { type App, Stack } from 'aws-cdk-lib';

/** A folder with a home page. */
export const sitePath: string = fileURLToPath(new URL('site', import.meta.url));

/** Adds a documentation site, as it is when nobody asks for more, for judges of templates to look at. */
export function addSite(app: App): void {
  new SchemaSite(new Stack(app, 'Docs'), 'Site', { path: sitePath });
}
