import { prices } from '@eventloom/engine';
import type { CostLine } from '../cost/cost-line.ts';
import { type CostEstimate, estimateCost } from '../cost/estimate-cost.ts';
import { loadModel } from '../load-model.ts';
import { answerAbout, specPath } from './answers.ts';
import type { Answer, Invocation } from './command.ts';
import { costText } from './cost/cost-text.ts';
import { readCostOptions } from './cost/read-cost-options.ts';

/** `cost`: a month's bill, hop by hop. */
export async function costCommand(invocation: Invocation): Promise<Answer> {
  const loaded = await loadModel({ spec: specPath(invocation) });
  if (!loaded.ok || loaded.model === null) return answerAbout(invocation, loaded, {});
  const estimate = estimateCost(loaded.model, readCostOptions(invocation.options, loaded.model));
  return answerAbout(invocation, loaded, {
    json: { currency: 'USD', region: 'us-east-1', ...estimate, prices: pricesOf(estimate) },
    text: costText(loaded.model.spec.title, estimate),
  });
}

/** The prices that an estimate was made of, with their sources. */
function pricesOf({ events, consumers, incoming, standing, freeTier }: CostEstimate): readonly unknown[] {
  const billed: readonly { readonly lines: readonly CostLine[] }[] = [
    ...events,
    ...consumers,
    ...incoming,
    ...standing,
  ];
  const lines = [...billed.flatMap((one) => one.lines), ...freeTier];
  return [...new Set(lines.map(({ price }) => price))].sort().map((id) => prices[id]);
}
