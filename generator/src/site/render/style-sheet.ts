import { readFileSync } from 'node:fs';
import { drawingStyles } from '../graph/drawing-styles.ts';
import type { SiteFile } from '../site-file.ts';
import { accentRules } from './accent.ts';

const parts = ['tokens', 'base', 'frame', 'parts', 'schema', 'widgets'];

/** The style sheet of the site, in the accent colour of the spec if it names one: `assets/site.css`. */
export function styleSheet(accent: string | null): SiteFile {
  const folder = new URL('../../../styles/', import.meta.url);
  const text = (name: string): string => readFileSync(new URL(`${name}.css`, folder), 'utf8').trim();
  const texts = [...parts.map(text), drawingStyles.trim(), text('print'), ...accentRules(accent)];
  return { path: 'assets/site.css', content: `${texts.join('\n\n')}\n` };
}
