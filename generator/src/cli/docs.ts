import { resolve } from 'node:path';
import { type DocsResult, docs } from '../docs.ts';
import type { FolderReport } from '../write/write-folder.ts';
import { isClean } from '../write/write-output.ts';
import { answerAbout, specPath } from './answers.ts';
import type { Answer, Invocation } from './command.ts';
import { exitCode } from './exit-code.ts';
import { driftText, pathsBelow, writtenText } from './write-text.ts';

/** `docs`: writes the documentation site. */
export async function docsCommand(invocation: Invocation): Promise<Answer> {
  const out = invocation.options.get('out') ?? 'site';
  const check = invocation.options.has('check');
  const { workingDirectory } = invocation.terminal;
  const result = await docs({
    spec: specPath(invocation),
    out: resolve(workingDirectory, out),
    check,
    ...(invocation.options.has('html-template') && { htmlTemplateOf: workingDirectory }),
  });
  const { report } = result;
  if (report === null) {
    const json = { pages: 0, written: [], unchanged: 0, removed: [], kept: [] };
    return answerAbout(invocation, result, { json, notes: 'Nothing was written.\n' });
  }
  const below = pathsBelow(out);
  const advice = 'The site is not what the spec says. Run `eventloom docs`.';
  return answerAbout(invocation, result, {
    ...(check && !isClean(report) && { exitCode: exitCode.errors }),
    json: jsonOf(result, report, below),
    text: check ? driftText(report, below, advice) : '',
    notes: `${keptText(report, below)}${check ? '' : `${summary(result, report, out)}\n`}`,
  });
}

function jsonOf(
  { pages }: DocsResult,
  { added, changed, removed, kept, unchanged }: FolderReport,
  below: (path: string) => string,
): Answer['json'] {
  const written = [...added, ...changed].sort().map(below);
  return { pages, written, unchanged, removed: removed.map(below), kept: kept.map(below) };
}

function summary({ pages }: DocsResult, report: FolderReport, out: string): string {
  return `${writtenText(report, out)} ${pages} ${pages === 1 ? 'page' : 'pages'}.`;
}

function keptText({ kept }: FolderReport, below: (path: string) => string): string {
  return kept.map((path) => `${below(path)} is not written any more; it was changed by hand and left.\n`).join('');
}
