import { isClean, type WriteReport } from '../write/write-output.ts';

/** Returns how paths below an output folder are shown: with the folder as it was given. */
export function pathsBelow(out: string): (path: string) => string {
  const folder = out.replaceAll('\\', '/').replace(/\/+$/, '');
  return (path) => `${folder}/${path}`;
}

/** What would change, a line for each file, and what to do; empty when nothing would. */
export function driftText(report: WriteReport, below: (path: string) => string, advice: string): string {
  const lines = (word: string, paths: readonly string[]): string[] => paths.map((path) => `${word} ${below(path)}`);
  const all = [
    ...lines('missing', report.added),
    ...lines('changed', report.changed),
    ...lines('stale  ', report.removed),
  ];
  return all.length === 0 ? '' : `${all.join('\n')}\n${advice}\n`;
}

/** What was done, in a sentence. */
export function writtenText(report: WriteReport, out: string): string {
  if (isClean(report)) return `${out}: nothing changed (${report.unchanged} files).`;
  const written = report.added.length + report.changed.length;
  const removed = report.removed.length === 0 ? '' : `, ${report.removed.length} removed`;
  return `${out}: ${written} written, ${report.unchanged} unchanged${removed}.`;
}
