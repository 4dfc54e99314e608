import { parseArgs } from 'node:util';
import { createLocalSystem, formatTrace } from '@eventloom/local';
import { topology } from '../generated/index.js';
import { playShop } from './demo/play-shop.ts';
import { seededRandom } from './demo/random.ts';
import { proof, table } from './demo/summary.ts';
import { handlers } from './handlers.ts';

// The AWS SDK's note on Node 20 would stand in the middle of the table; it is in the README of the SDK.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const { values } = parseArgs({
  options: { orders: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const orders = wholeNumber('orders', values.orders);
const seed = wholeNumber('seed', values.seed);
const opening = new Date('2026-11-20T09:00:00Z');

console.info(`The shop runs in this process, in virtual time: ${orders} orders, seed ${seed}.\n`);
const started = performance.now();
const system = createLocalSystem({ topology, handlers, seed, startTime: opening, onLog: () => {} });
const played = await playShop(system, { orders, random: seededRandom(seed), onProgress: progress });
const report = system.report();

console.info(`${table(report)}\n`);
for (const { title, eventId } of played.stories) {
  const trace = system.trace(eventId);
  if (trace !== undefined) console.info(`${title}\n${formatTrace(trace)}\n`);
}
const { text, holds } = proof(report);
console.info(`${text}\n`);
console.info(`${((performance.now() - started) / 1000).toFixed(1)} s for ${minutes(system.now())} of the shop's time.`);
process.exitCode = holds ? 0 : 1;

function progress(published: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\rpublished ${published} of ${orders} orders${published === orders ? '\n' : ''}`);
}

function minutes(end: Date): string {
  return `${Math.round((end.getTime() - opening.getTime()) / 60_000)} minutes`;
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  console.error(`--${option} takes a whole number from 1, not '${text}'.`);
  process.exit(2);
}
