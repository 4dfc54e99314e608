import { createRequire } from 'node:module';
import { join } from 'node:path';
import { UsageError } from '../../usage-error.ts';
import type { SiteFile } from '../site-file.ts';
import { renderPage } from './render-page.ts';

/** The packages that render the page; the user's project has them, at its own choice of version. */
const packages = ['@asyncapi/generator', '@asyncapi/html-template'] as const;
const install = 'npm install --save-dev @asyncapi/generator@2.11 @asyncapi/html-template@3.5';

/** What is rendered, and by whose packages. */
export interface AsyncapiPageOptions {
  /** The spec as one AsyncAPI document, as `asyncapiBundle` makes it. */
  readonly bundle: readonly SiteFile[];
  /** Folder of the project that has the packages. */
  readonly project: string;
}

/**
 * The spec as AsyncAPI's official HTML template shows it, below `asyncapi/`. It takes the template's time, about twenty
 * seconds, and a gigabyte of memory.
 * @throws {UsageError} `html-template-missing` when its packages are not installed, `html-template-failed`
 */
export async function asyncapiPage({ bundle, project }: AsyncapiPageOptions): Promise<readonly SiteFile[]> {
  const { resolve } = createRequire(join(project, 'package.json'));
  const missing = packages.filter(
    (name) =>
      !isInstalled(
        () => resolve(`${name}/package.json`),
        () => resolve(name),
      ),
  );
  if (missing.length > 0) {
    const message = `The official HTML template needs ${missing.join(' and ')}, which ${project} does not have.`;
    throw new UsageError('html-template-missing', message, { help: `Install them: ${install}` });
  }
  const files = await renderPage(bundle[0]?.content ?? '', project);
  return files.map(({ path, content }) => ({ path: `asyncapi/${path}`, content }));
}

/** Whether one of the ways to find it finds it. */
function isInstalled(...ways: readonly (() => string)[]): boolean {
  return ways.some((way) => {
    try {
      return way() !== '';
    } catch {
      return false;
    }
  });
}
