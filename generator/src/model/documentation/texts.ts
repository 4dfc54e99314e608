import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { linkUrl } from '../read/docs-shapes.ts';
import { quote } from '../wording.ts';
import type { DocsLink } from './documentation.ts';

/** The text of a field without the space around it; null without one. */
export function textAt(node: SpecNode | undefined, key: string): string | null {
  const value = node?.get(key)?.value;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Names of `tags`, in the order of the spec and each once. */
export function tagsOf(node: SpecNode | undefined): readonly string[] {
  const tags = node?.get('tags')?.entries() ?? [];
  return [...new Set(tags.flatMap(([, tag]) => textAt(tag, 'name') ?? []))];
}

/** `externalDocs`: its description, else its address; null without an address that a page may link to. */
export function externalDocsOf(node: SpecNode | undefined, problems: Diagnostic[]): DocsLink | null {
  const docs = node?.get('externalDocs');
  const url = urlAt(docs, 'url', problems);
  return url === null ? null : { text: textAt(docs, 'description') ?? url, url };
}

/** An address of AsyncAPI's own fields; null when there is none, or none that a page may link to, which is told. */
export function urlAt(node: SpecNode | undefined, key: string, problems: Diagnostic[]): string | null {
  const text = textAt(node, key);
  if (node === undefined || text === null) return null;
  const url = linkUrl.parse(text);
  if (url !== undefined) return url;
  const message = `The documentation site does not link to ${quote(text)}: it is not ${linkUrl.expected}.`;
  problems.push(report('docs-link', node.keyOrigin(key), message));
  return null;
}
