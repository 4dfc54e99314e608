import type { Case, Consumer } from '../bank.ts';
import { consumers } from '../bank.ts';
import type { Notebook } from '../notebook.ts';

/**
 * Items of a FIFO group must take effect in the order in which they were published. When a batch is accepted in part and
 * its answer is lost, the SDK sends all of it again: what was refused at first comes behind the rest. That is counted.
 */
export function checkOrder(book: Notebook, cases: ReadonlyMap<string, Case>): readonly string[] {
  const lanes = consumers.filter(({ fifo }) => fifo);
  return [...book.orders].flatMap(([lane, numbers]) => {
    const consumer = lanes.find(({ key }) => lane.startsWith(`${key} `));
    if (consumer === undefined) return [];
    let last = -1;
    return numbers.flatMap((number) => {
      const overtaking = last;
      last = Math.max(last, number);
      if (number > overtaking) return [];
      if (!wasSentAgain(book, consumer, { number, overtaking, cases })) {
        return [`out of order: ${lane}: ${number} after ${overtaking}`];
      }
      book.overtaken++;
      return [];
    });
  });
}

interface Inversion {
  readonly number: number;
  readonly overtaking: number;
  readonly cases: ReadonlyMap<string, Case>;
}

/** Whether the one that overtook was accepted before, by a request whose answer was lost. */
function wasSentAgain(book: Notebook, { event }: Consumer, { number, overtaking, cases }: Inversion): boolean {
  const acceptancesOf = (wanted: number) =>
    [...cases.keys()]
      .filter((id) => id.endsWith(`-${wanted}`))
      .flatMap((id) => book.accepted.get(`${event} ${id}`) ?? []);
  const [first] = acceptancesOf(number);
  return acceptancesOf(overtaking).some(
    ({ requestId, order }) => book.unanswered.has(requestId) && order < (first?.order ?? 0),
  );
}
