import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { MessageType } from '../event-model.ts';
import { calendarDate, someText, versionText } from '../read/docs-shapes.ts';
import { anyList, choice, readFields } from '../read/fields.ts';
import { quote } from '../wording.ts';
import type { DocsChange, EventStatus, MessageDocs } from './documentation.ts';
import { externalDocsOf, tagsOf, textAt } from './texts.ts';

const messageFields = {
  owner: someText,
  status: choice(['draft', 'stable', 'deprecated', 'retired']),
  version: versionText,
  deprecated: someText,
  replacedBy: someText,
  changes: anyList,
};

const changeFields = { version: versionText, date: calendarDate, changes: anyList };

/** Finds the `typeName` of the message that a name or a reference in `x-docs` means; null when it was reported. */
export type FindReplacement = (docs: SpecNode, wanted: string) => string | null;

/** Reads what a message says for its readers. @param node the message, with its traits. */
export function readMessageDocs(
  node: SpecNode,
  message: MessageType,
  { findReplacement, problems }: { readonly findReplacement: FindReplacement; readonly problems: Diagnostic[] },
): MessageDocs {
  const docs = node.get('x-docs');
  const fields = docs === undefined ? {} : readFields(docs, 'x-docs', messageFields, problems);
  const { owner, status, version, deprecated, replacedBy } = fields;
  if (docs !== undefined && deprecated !== undefined) checkStatus(docs, status, problems);
  return {
    message: message.typeName,
    title: textAt(node, 'title'),
    summary: textAt(node, 'summary'),
    description: textAt(node, 'description'),
    tags: tagsOf(node),
    externalDocs: externalDocsOf(node, problems),
    owner: owner ?? null,
    status: status ?? (deprecated !== undefined || message.doc.deprecated !== false ? 'deprecated' : 'stable'),
    deprecation: deprecated ?? null,
    replacedBy: docs === undefined || replacedBy === undefined ? null : findReplacement(docs, replacedBy),
    version: version ?? null,
    changes: docs === undefined ? [] : readChanges(docs, problems),
    examples: readExamples(node, message),
  };
}

function checkStatus(docs: SpecNode, status: EventStatus | undefined, problems: Diagnostic[]): void {
  if (status === undefined || status === 'deprecated' || status === 'retired') return;
  const message = `\`x-docs.deprecated\` says why, but \`x-docs.status\` is ${quote(status)}.`;
  problems.push(report('docs-status', docs.keyOrigin('deprecated'), message));
}

function readChanges(docs: SpecNode, problems: Diagnostic[]): readonly DocsChange[] {
  const list = docs.get('changes');
  if (list === undefined || !Array.isArray(list.value)) return [];
  return list.entries().flatMap(([, node]) => readChange(node, problems) ?? []);
}

function readChange(node: SpecNode, problems: Diagnostic[]): DocsChange | null {
  const found: Diagnostic[] = [];
  const { version, date } = readFields(node, 'x-docs.changes[]', changeFields, found);
  const changes = readLines(node, found);
  if (found.length === 0 && (version === undefined || changes.length === 0)) {
    const message = 'An entry of `x-docs.changes` needs `version` and `changes`.';
    const help = "For example `{ version: '1.1', date: 2026-03-31, changes: [Added `coupon`.] }`.";
    found.push(report('extension-value', node.origin, message, help));
  }
  problems.push(...found);
  return version === undefined || changes.length === 0 ? null : { version, date: date ?? null, changes };
}

function readLines(node: SpecNode, problems: Diagnostic[]): readonly string[] {
  const list = node.get('changes');
  if (list === undefined || !Array.isArray(list.value)) return [];
  return list.entries().flatMap(([, { value, origin }]) => {
    const text = someText.parse(value);
    if (text !== undefined) return [text];
    const message = `${quote('x-docs.changes[].changes')} holds ${JSON.stringify(value)}; a change is ${someText.expected}.`;
    problems.push(report('extension-value', origin, message, ''));
    return [];
  });
}

/** Those of the message come first, then those of its payload, which have no names. */
function readExamples(node: SpecNode, { examples }: MessageType): MessageDocs['examples'] {
  const own = (node.get('examples')?.entries() ?? []).flatMap(([, example]) =>
    example.get('payload') === undefined
      ? []
      : [{ name: textAt(example, 'name'), summary: textAt(example, 'summary') }],
  );
  return examples.map((_, index) => own[index] ?? { name: null, summary: null });
}
