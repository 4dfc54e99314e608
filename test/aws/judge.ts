import { randomBytes } from 'node:crypto';
import { judgeByTemplate } from './by-template.ts';
import type { Cloud } from './clouds.ts';
import type { Verdict } from './compare.ts';
import { deviations, doubtful, mend } from './deviations.ts';
import type { Domain } from './domain.ts';
import { makeEvents, type ProbeEvent } from './events.ts';
import { printDeviations, printDomain, say } from './print.ts';
import { askAgain } from './second-opinion.ts';
import { type Plan, planOf } from './stacks.ts';
import { staleTemplates } from './stale.ts';
import { attempt } from './trial.ts';

/** What is judged, where, and with what. */
export interface JudgeOptions {
  readonly domains: readonly Domain[];
  readonly seed: number;
  /** Events of each domain, at least. */
  readonly events: number;
  readonly keep: boolean;
  readonly cloud: Cloud;
  /** Lends another emulator for a while; null when there is none. */
  readonly second: (<Result>(ask: (cloud: Cloud) => Promise<Result>) => Promise<Result>) | null;
}

/** What every judge says of a domain. */
export interface Judged {
  readonly domain: Domain;
  readonly stacks: number;
  readonly published: number;
  /** Of the deployed system, by consumer. */
  readonly deployed: readonly Verdict[];
  /** Of the second emulator, by operation; empty when there is none. */
  readonly second: readonly Verdict[];
  /** Of the engine, over the synthesized templates, by consumer. */
  readonly template: readonly Verdict[];
}

/** Deploys every domain, compares what its consumers get with `route`, and prints it. True when all is as it should be. */
export async function judge(options: JudgeOptions): Promise<boolean> {
  const { cloud, domains } = options;
  const isMiniStack = cloud.emulator === 'MiniStack';
  const judged: Judged[] = [];
  for (const domain of domains) judged.push(await judgeDomain(options, domain));
  const faults = judged.flatMap((one) => printDomain(one, isMiniStack ? doubtful : new Set()));
  const stale = isMiniStack ? [...(await staleTemplates(cloud)), ...staleDeliveries(judged)] : [];
  if (isMiniStack) printDeviations(stale);
  return faults.length === 0 && stale.length === 0;
}

async function judgeDomain(options: JudgeOptions, domain: Domain): Promise<Judged> {
  const { cloud, second, keep } = options;
  const isMiniStack = cloud.emulator === 'MiniStack';
  const environment = `t${randomBytes(3).toString('hex')}`;
  const plan = planOf(domain.topology, environment);
  const events = makeEvents(domain, options.events, options.seed);
  const template = judgeByTemplate(domain, plan, events);
  const outcome = await attempt({
    ...{ cloud, domain, plan, events, environment, keep },
    mend: isMiniStack ? mend : (unchanged) => unchanged,
    isDoubtful: ({ consumer }) => isMiniStack && doubtful.has(consumer.key),
    say: (line) => say(`${cloud.title}: ${line}`),
  });
  return {
    ...{ domain, template, stacks: outcome.stacks, published: outcome.published, deployed: outcome.verdicts },
    second: second === null ? [] : await secondOpinion(second, { domain, plan, events }),
  };
}

/** Only where there is a consumer that the first emulator cannot judge. */
async function secondOpinion(
  lend: NonNullable<JudgeOptions['second']>,
  subject: { readonly domain: Domain; readonly plan: Plan; readonly events: readonly ProbeEvent[] },
): Promise<readonly Verdict[]> {
  if (!subject.domain.topology.consumers.some(({ key }) => doubtful.has(key))) return [];
  say(`moto: asking about the subscriptions of ${subject.domain.name}`);
  return lend((cloud) => askAgain(cloud, subject));
}

/** Deviations by which every consumer that they name, and that events were for, got what it should. */
function staleDeliveries(judged: readonly Judged[]): readonly string[] {
  const verdicts = new Map(judged.flatMap(({ deployed }) => deployed.map((one) => [one.consumer, one] as const)));
  return deviations.flatMap((deviation) => {
    if (deviation.kind !== 'delivery') return [];
    const concerned = deviation.consumers
      .flatMap((key) => verdicts.get(key) ?? [])
      .filter(({ expected }) => expected > 0);
    return concerned.length > 0 && concerned.every(({ faults }) => faults.length === 0) ? [deviation.what] : [];
  });
}
