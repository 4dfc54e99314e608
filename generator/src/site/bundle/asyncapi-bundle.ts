import type { LoadedModel } from '../../load-model.ts';
import type { SiteFile } from '../site-file.ts';

/** The spec as one self-contained document: `asyncapi.json`. */
export function asyncapiBundle(_loaded: LoadedModel): readonly SiteFile[] {
  return [];
}
