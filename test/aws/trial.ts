import type { Topology } from '@eventloom/engine';
import type { Template } from '../infra/template.ts';
import type { Cloud } from './clouds.ts';
import { compare, type SentEvent, type Verdict } from './compare.ts';
import { createStacks, deleteStacks, type PhysicalIds } from './deploy.ts';
import type { Domain } from './domain.ts';
import type { ProbeEvent } from './events.ts';
import { expectedCopies } from './expect.ts';
import { publishEvents } from './publish.ts';
import { receiveAll } from './receive.ts';
import type { Lookout, Plan, PlannedStack } from './stacks.ts';
import { templateBucket } from './template-bucket.ts';

/** What is tried, and where. */
export interface Trial {
  readonly cloud: Cloud;
  readonly domain: Domain;
  /** Prefix of every name in the plan. */
  readonly environment: string;
  readonly plan: Plan;
  readonly events: readonly ProbeEvent[];
  /** Makes of a template what the cloud takes. */
  readonly mend: (template: Template) => Template;
  /** Tells of consumers that cannot be judged there; they are not waited for. */
  readonly isDoubtful: (lookout: Lookout) => boolean;
  /** True leaves the stacks where they are. */
  readonly keep: boolean;
  readonly say: (line: string) => void;
}

/** What came of a trial. */
export interface Outcome {
  readonly verdicts: readonly Verdict[];
  readonly lookouts: readonly Lookout[];
  readonly published: number;
  readonly stacks: number;
}

/** Deploys a domain, publishes events with its generated publisher, and compares what came with `route`. */
export async function attempt(trial: Trial): Promise<Outcome> {
  const { cloud, domain, plan, environment, keep, say } = trial;
  const bucket = templateBucket(cloud, `${environment}-eventloom-templates`);
  const planned = [plan.core, ...plan.services].map(({ name, template }) => ({ name, template: trial.mend(template) }));
  const [core, ...services] = planned as [PlannedStack, ...PlannedStack[]];
  try {
    say(`deploying ${planned.length} stacks of ${domain.name} as ${environment}-*`);
    const ofCore = await createStacks(cloud, [core], bucket);
    const stacks = new Map([...ofCore, ...(await createStacks(cloud, services, bucket))]);
    const sent = await publish(trial, plan, stacks);
    say(`published ${sent.length} events, reading the queues`);
    const { lookouts } = plan;
    const sure = lookouts.filter((lookout) => !trial.isDoubtful(lookout));
    const expected = new Map(sure.map(({ consumer: { key } }) => [key, total(sent, key)]));
    const received = await receiveAll(cloud, { lookouts, stacks, expected });
    const keys = lookouts.map(({ consumer }) => consumer.key);
    return { verdicts: compare(keys, sent, received), lookouts, published: sent.length, stacks: planned.length };
  } finally {
    if (!keep) {
      // Services first: what they made refers to the core.
      await deleteStacks(
        cloud,
        services.map(({ name }) => name),
      );
      await deleteStacks(cloud, [core.name]);
      await bucket.remove();
    }
  }
}

async function publish(
  { domain, events }: Trial,
  { destinations }: Plan,
  stacks: ReadonlyMap<string, PhysicalIds>,
): Promise<readonly SentEvent[]> {
  const publisher = domain.createPublisher({
    environment: { ...process.env, ...publisherEnvironment(domain.topology, destinations, stacks) },
  });
  await publisher.$verify();
  const ids = await publishEvents(publisher, events);
  return events.map((event, index) => sentEvent(domain, event, ids[index]));
}

function sentEvent(domain: Domain, event: ProbeEvent, id: string | undefined): SentEvent {
  if (id === undefined) throw new Error(`${event.name} has no id`);
  return { ...event, id, copies: expectedCopies(domain, event) };
}

/** The variables of the generated publisher: what `Ref` gives of each destination. */
function publisherEnvironment(
  { destinations }: Topology,
  addresses: Plan['destinations'],
  stacks: ReadonlyMap<string, PhysicalIds>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    destinations.map(({ key, environmentVariable }) => {
      const address = addresses.get(key);
      const id = address === undefined ? undefined : stacks.get(address.stack)?.get(address.logicalId);
      if (id === undefined) throw new Error(`${key} was not deployed`);
      return [environmentVariable, id];
    }),
  );
}

function total(sent: readonly SentEvent[], consumer: string): number {
  return sent.reduce((sum, { copies }) => sum + (copies.get(consumer) ?? 0), 0);
}
