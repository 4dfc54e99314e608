import { InternalError } from './internal-error.ts';
import { type LoadedModel, type LoadModelOptions, loadModel } from './load-model.ts';
import { asyncapiPage } from './site/asyncapi-page/asyncapi-page.ts';
import { asyncapiBundle } from './site/bundle/asyncapi-bundle.ts';
import { emitSite } from './site/site.ts';
import type { SiteFile } from './site/site-file.ts';
import type { FolderReport } from './write/write-folder.ts';
import { writeSite } from './write/write-site.ts';

/** Which spec the site is about, and where it goes. */
export interface DocsOptions extends LoadModelOptions {
  /** Folder of the site, from the working directory. */
  readonly out: string;
  /** Write nothing, only report what would change. Default: false. */
  readonly check?: boolean;
  /**
   * Folder of a project with AsyncAPI's official HTML template, whose page is added below `asyncapi/`. Default: no such
   * page.
   */
  readonly htmlTemplateOf?: string;
}

/** What came of it: the site, and what is to be said about the spec. */
export interface DocsResult extends LoadedModel {
  /** What was written, or with `check` would be; null when the spec has errors, and then nothing was. */
  readonly report: FolderReport | null;
  /** The whole site but its manifest, sorted by path; empty when the spec has errors. */
  readonly files: readonly SiteFile[];
  /** How many HTML pages that are. */
  readonly pages: number;
}

/**
 * The line of the documentation site: load, model, check, describe, spell, write.
 * @throws {UsageError} when the spec is missing, the site's folder cannot be written, or the official template does not
 * render.
 */
export async function docs({ out, check = false, htmlTemplateOf, ...input }: DocsOptions): Promise<DocsResult> {
  const loaded = await loadModel(input);
  if (!loaded.ok || loaded.model === null) return { ...loaded, report: null, files: [], pages: 0 };
  const bundle = asyncapiBundle(loaded);
  const page = htmlTemplateOf === undefined ? [] : await asyncapiPage({ bundle, project: htmlTemplateOf });
  const files = sortedByPath([...emitSite(loaded.model), ...bundle, ...page]);
  const pages = files.filter(({ path }) => path.endsWith('.html')).length;
  return { ...loaded, files, pages, report: writeSite(files, out, { check }) };
}

/** Two files that only case tells apart are one on many disks. */
function sortedByPath(files: readonly SiteFile[]): readonly SiteFile[] {
  const seen = new Set<string>();
  for (const { path } of files) {
    const folded = path.toLowerCase();
    if (seen.has(folded)) throw new InternalError(`Two files of the site are called ${path}`);
    seen.add(folded);
  }
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}
