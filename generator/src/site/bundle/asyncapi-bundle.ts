import type { LoadedModel } from '../../load-model.ts';
import type { SiteFile } from '../site-file.ts';
import { bundleDocument } from './bundle-document.ts';

/** Where the bundle is, below the site's folder. */
export const bundlePath = 'asyncapi.json';

/** The spec as one self-contained document: `asyncapi.json`. No file for a spec that cannot be read. */
export function asyncapiBundle({ document }: Pick<LoadedModel, 'document'>): readonly SiteFile[] {
  if (document === null) return [];
  return [{ path: bundlePath, content: `${JSON.stringify(bundleDocument(document), null, 2)}\n` }];
}
