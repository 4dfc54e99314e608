import type { Drawing, Fact, Snippet } from '../site-model.ts';
import { type Block, code, codeBlock, heading, list, md, paragraph, table } from './markdown.ts';
import { linkTo, words } from './words.ts';

/** A part of a page: a heading over what stands in it, or nothing at all. */
export function part(level: number, title: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [heading(level, title), ...blocks];
}

/** Facts as a table of names and values. */
export function factTable(from: string, facts: readonly Fact[]): Block {
  const rows = facts.map(({ label, value, link }) => [
    label,
    link === undefined ? words(value) : linkTo(from, { ...link, text: value.replaceAll('`', '') }),
  ]);
  return table(['What', 'Value'], rows);
}

/** A drawing as sentences, one for each edge, and what it leaves out. */
export function edgeList({ nodes, edges, note }: Drawing): readonly Block[] {
  if (edges.length === 0) return [];
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const items = edges.map(({ from, to, kind, label, title }) => {
    if (title !== '') return title;
    const sentence = md`${labels.get(from) ?? from} ${kind} to ${labels.get(to) ?? to}`;
    return label === null ? sentence : md`${sentence}: ${label.text}`;
  });
  return [list(items), ...(note === null ? [] : [paragraph(words(note))])];
}

/** Code with where it would stand. */
export function snippetParts(level: number, snippets: readonly Snippet[]): readonly Block[] {
  return snippets.flatMap(({ title, file, language, code: text }) => [
    heading(level, words(title)),
    ...(file === null ? [] : [paragraph(code(file))]),
    codeBlock(language, text),
  ]);
}
