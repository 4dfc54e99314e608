import { cellBits, cellIndex, countsOf, type Ledger } from './ledger.ts';

/** The dead letters of an event at a consumer, and what somebody has done of bringing them back. */
export interface Standing {
  letters: number;
  /** Deliveries since, whose dead letter is not deleted yet. */
  returned: number;
  /** Dead letters that were deleted, without a delivery since. */
  removed: number;
}

/** Notes a dead letter of an event at a consumer. */
export function noteLetter({ standing }: Ledger, cell: number): void {
  const known = standing.get(cell);
  if (known === undefined) standing.set(cell, { letters: 1, returned: 0, removed: 0 });
  else known.letters++;
}

/** Notes that an event is on its way to a consumer again. */
export function noteReturned(ledger: Ledger, event: number, consumer: number): void {
  const known = ledger.standing.get(cellIndex(ledger, event, consumer));
  if (known === undefined) return;
  if (known.removed > 0) {
    known.removed--;
    takeBack(ledger, event, consumer, known);
  } else if (known.returned < known.letters) known.returned++;
}

/** Notes that somebody has deleted a dead letter. */
export function noteRemoved(ledger: Ledger, event: number, consumer: number): void {
  const known = ledger.standing.get(cellIndex(ledger, event, consumer));
  if (known === undefined) return;
  if (known.returned > 0) {
    known.returned--;
    takeBack(ledger, event, consumer, known);
  } else if (known.removed < known.letters) known.removed++;
}

/** What was brought back counts by its new end, and as one delivery. */
function takeBack(ledger: Ledger, event: number, consumer: number, known: Standing): void {
  const cell = cellIndex(ledger, event, consumer);
  const counts = countsOf(ledger, consumer);
  counts.received--;
  counts.deadLettered--;
  counts.redriven++;
  if (--known.letters > 0) return;
  ledger.standing.delete(cell);
  ledger.reasons.delete(cell);
  ledger.cells[cell] = (ledger.cells[cell] ?? 0) & ~cellBits.deadLettered;
}
