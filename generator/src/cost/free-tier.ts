import { type PriceId, prices } from '@eventloom/engine';
import { type CostLine, charge, lessUsd, sumUsd } from './cost-line.ts';

/** What the free tier of an account takes off, as negative positions. */
export function freeTierLines(lines: readonly CostLine[]): readonly CostLine[] {
  const ids = [...new Set(lines.map(({ price }) => price))].sort();
  return ids.flatMap((id: PriceId) => {
    const own = lines.filter(({ price }) => price === id);
    const used = own.reduce((sum, { quantity }) => sum + quantity, 0);
    const { freeUnits, what } = prices[id];
    const [line] = charge(id, Math.min(used, freeUnits), `free: ${what}`);
    if (line === undefined) return [];
    // What is all free costs nothing, whatever was rounded on the way.
    const taken = used <= freeUnits ? sumUsd(own) : line.usd;
    return [{ ...line, quantity: -line.quantity, usd: lessUsd(0, taken) }];
  });
}
