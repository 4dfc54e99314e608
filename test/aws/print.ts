import type { Verdict } from './compare.ts';
import { deviations } from './deviations.ts';
import type { Judged } from './judge.ts';

/** Says what is going on. */
export function say(line: string): void {
  console.info(line);
}

/** Prints a domain, a line for each consumer, and what is wrong. Returns what is wrong, deviations left out. */
export function printDomain(judged: Judged, doubtful: ReadonlySet<string>): readonly string[] {
  const { domain, deployed, second, template, published, stacks } = judged;
  const width = Math.max(...deployed.map(({ consumer }) => consumer.length));
  const total = deployed.reduce((sum, { received }) => sum + received, 0);
  say(`\n${domain.name}: ${published} events over ${stacks} stacks, ${total} copies received`);
  for (const { consumer, expected, received, faults } of deployed) {
    const word = faults.length === 0 ? 'as route says' : doubtful.has(consumer) ? 'deviates' : 'WRONG';
    say(`  ${consumer.padEnd(width)} ${String(received).padStart(5)} of ${String(expected).padStart(4)}  ${word}`);
  }
  const faults = [
    ...faultsOf(
      'deployed',
      deployed.filter(({ consumer }) => !doubtful.has(consumer)),
    ),
    ...faultsOf('second emulator', second),
    ...faultsOf('templates', template),
  ];
  say(`  templates by the engine: ${agreement(template)} consumers as route says`);
  if (second.length > 0) say(`  subscriptions on moto: ${agreement(second)} operations as route says`);
  for (const fault of faults) console.error(`  ${fault}`);
  return faults;
}

/** Prints the list of deviations, and which of them no longer occur. */
export function printDeviations(stale: readonly string[]): void {
  say('\nMiniStack differs from AWS in this:');
  for (const { what } of deviations)
    say(`  it ${what}${stale.includes(what) ? ' (NO LONGER: take it off the list)' : ''}`);
}

function agreement(verdicts: readonly Verdict[]): string {
  return `${verdicts.filter(({ faults }) => faults.length === 0).length} of ${verdicts.length}`;
}

function faultsOf(judge: string, verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap(({ consumer, faults }) => {
    const shown = faults.slice(0, 3).map((fault) => `${judge}: ${consumer}: ${fault}`);
    return faults.length > 3 ? [...shown, `${judge}: ${consumer}: and ${faults.length - 3} more`] : shown;
  });
}
