import type { SpecNode } from '../../load/spec-document.ts';
import type { Doc } from '../type-expression.ts';

/** A doc comment with nothing to say. */
export const emptyDoc: Doc = { description: null, facts: [], examples: [], deprecated: false };

/** Returns summary and description of a server, channel, operation or message as one text; null without any. */
export function descriptionOf(node: SpecNode): string | null {
  const title = textAt(node, 'title');
  const summary = textAt(node, 'summary') ?? (title === null ? null : sentence(title));
  const parts = [summary, textAt(node, 'description')].filter((part) => part !== null);
  return parts.length === 0 ? null : [...new Set(parts)].join('\n\n');
}

/** Returns the doc of an operation or a message. */
export function docOf(node: SpecNode, examples: readonly unknown[] = [], deprecated: Doc['deprecated'] = false): Doc {
  const texts = examples.map((example) => JSON.stringify(example));
  return { ...emptyDoc, description: descriptionOf(node), examples: texts, deprecated };
}

function textAt(node: SpecNode, key: string): string | null {
  const value = node.get(key)?.value;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function sentence(title: string): string {
  return /[.!?]$/.test(title) ? title : `${title}.`;
}
