import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { ConstructError } from '../construct-error.ts';

/** Name of the page that is shown for an address that leads nowhere. */
export const notFoundPage = '404.html';

/** It is shown at any depth, so that relative links would lead nowhere; nor may it have a style of its own. */
const plainNotFoundPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not found</title>
<h1>There is no such page</h1>
<p><a href="/">To the start</a></p>
</html>
`;

/**
 * What to upload: the folder, and a page for addresses that lead nowhere unless the folder has one.
 * @throws {ConstructError} `missing-site` when the folder holds no site.
 */
export function siteSources(path: string): ISource[] {
  if (!existsSync(join(path, 'index.html'))) {
    const message = `There is no site in ${path}: it has no index.html. Build it before the app is synthesized: npx eventloom docs --out <folder>`;
    throw new ConstructError('missing-site', message);
  }
  const folder = Source.asset(path);
  return existsSync(join(path, notFoundPage)) ? [folder] : [Source.data(notFoundPage, plainNotFoundPage), folder];
}
