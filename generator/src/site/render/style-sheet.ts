import { readFileSync } from 'node:fs';
import type { SiteFile } from '../site-file.ts';
import { accentRules } from './accent.ts';

const parts = ['tokens', 'base', 'frame', 'parts', 'schema', 'drawing', 'widgets', 'print'];

/** The style sheet of the site, in the accent colour of the spec if it names one: `assets/site.css`. */
export function styleSheet(accent: string | null): SiteFile {
  const folder = new URL('../../../styles/', import.meta.url);
  const texts = parts.map((name) => readFileSync(new URL(`${name}.css`, folder), 'utf8').trim());
  return { path: 'assets/site.css', content: `${[...texts, ...accentRules(accent)].join('\n\n')}\n` };
}
