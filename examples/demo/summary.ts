import type { SystemReport } from '@eventloom/local';

/** One row a consumer: what it received and what became of it. */
export function table(report: SystemReport): string {
  const head = ['consumer', 'received', 'handled', 'retried', 'in DLQ'];
  const rows = report.consumers.map((row) =>
    [row.key, row.received, row.handled, row.retried, row.deadLettered].map(String),
  );
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/**
 * Counts every published event at every consumer: it was not for them, or it was handled, or it stands in a dead-letter
 * queue with its reason. `holds` is false when one is still pending or was lost.
 */
export function proof(report: SystemReport): { readonly text: string; readonly holds: boolean } {
  const counts = { notMatched: 0, handled: 0, deadLettered: 0, lost: 0, pending: 0 };
  for (const { verdicts } of report.accounted) {
    for (const verdict of Object.values(verdicts)) counts[verdict.kind]++;
  }
  const pairs = report.accounted.length * report.consumers.length;
  const open = counts.lost + counts.pending;
  const text = [
    `${report.accounted.length} events published, ${report.consumers.length} consumers, ${pairs} pairs to account for:`,
    `  ${counts.handled} handled, ${counts.deadLettered} in a dead-letter queue, ${counts.notMatched} not for that consumer, ${open} unaccounted for.`,
    open === 0 ? 'Every published event is accounted for at every consumer.' : 'Some events are NOT accounted for.',
  ].join('\n');
  return { text, holds: open === 0 && counts.handled + counts.deadLettered + counts.notMatched === pairs };
}
