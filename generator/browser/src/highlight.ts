import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';
import yaml from 'highlight.js/lib/languages/yaml';
import { colour } from './page/colour.ts';

/** Characters of a block that are coloured; longer ones would hold up the page. */
const most = 60_000;

for (const [name, language] of Object.entries({ bash, json, typescript, yaml })) {
  highlighter.registerLanguage(name, language);
}
for (const code of document.querySelectorAll<HTMLElement>('pre > code[class*="language-"]')) {
  const [, language = ''] = /(?:^| )language-([a-z]+)/.exec(code.className) ?? [];
  const text = code.textContent;
  if (text.length > most || highlighter.getLanguage(language) === undefined) continue;
  colour(code, text, highlighter.highlight(text, { language, ignoreIllegals: true }).value);
}
