import type { BusDestination, Topology } from '@eventloom/engine';
import { didYouMean } from '@eventloom/engine';
import { loadModel } from '../load-model.ts';
import { toTopology } from '../model/to-topology.ts';
import type { EventBridge, ListedArchive, ListedRule, StartedReplay } from '../replay/aws.ts';
import { openEventBridge } from '../replay/event-bridge.ts';
import { findRules, type Receiver } from '../replay/find-rules.ts';
import { UsageError } from '../usage-error.ts';
import { answerAbout, specPath } from './answers.ts';
import type { Answer, Command, Invocation } from './command.ts';
import { exitCode } from './exit-code.ts';
import { type Reached, reachedBy } from './replay/reached.ts';
import { type ReplaySettings, replaySettings } from './replay/settings.ts';
import { table } from './table.ts';

/** What of the world `replay` needs; replaced in tests. */
export interface ReplayWorld {
  readonly openEventBridge: () => Promise<EventBridge>;
  readonly now: () => Date;
}

/** `replay`: sends archived events to the rules of their bus again. */
export const replayCommand: Command = replayIn({ openEventBridge, now: () => new Date() });

/** Makes the command over another world. */
export function replayIn(world: ReplayWorld): Command {
  return async (invocation) => {
    const settings = replaySettings(invocation, world.now());
    const loaded = await loadModel({ spec: specPath(invocation) });
    if (!loaded.ok || loaded.model === null) return answerAbout(invocation, loaded, { json: { replay: null } });
    const topology = toTopology(loaded.model);
    const bus = busOf(topology, invocation);
    const receiver = settings.consumer === null ? null : receiverOf(topology, settings.consumer);
    const told = await replay(await world.openEventBridge(), { topology, bus, receiver, settings });
    return answerAbout(invocation, loaded, answerOf(told, settings));
  };
}

interface Plan {
  readonly topology: Topology;
  readonly bus: BusDestination;
  readonly receiver: Receiver | null;
  readonly settings: ReplaySettings;
}

interface Told {
  readonly busName: string;
  readonly archive: ListedArchive;
  /** Null is every rule of the bus. */
  readonly rules: readonly ListedRule[] | null;
  readonly reached: readonly Reached[];
  /** Null in a dry run. */
  readonly started: StartedReplay | null;
}

async function replay(events: EventBridge, plan: Plan): Promise<Told> {
  const { topology, bus, receiver, settings } = plan;
  const { environment, from, to, name } = settings;
  const busName = environment === null ? bus.name : `${environment}-${bus.name}`;
  const busArn = await events.busArn(busName);
  const archive = archiveOf(await events.archives(busArn), busName, settings);
  const rules = await rulesOf(events, plan, busName);
  const ruleArns = rules?.map(({ arn }) => arn) ?? null;
  const started = settings.dryRun
    ? null
    : await events.start({ name, archiveArn: archive.arn, busArn, from, to, ruleArns });
  const patterns = rules?.map(({ eventPattern }) => eventPattern) ?? null;
  return { busName, archive, rules, reached: reachedBy(topology, bus, { receiver, patterns }), started };
}

function busOf({ destinations }: Topology, { arguments: [wanted = ''] }: Invocation): BusDestination {
  const buses = destinations.filter((one): one is BusDestination => one.kind === 'bus');
  const bus = buses.find(({ key, name }) => key === `bus:${wanted}` || name === wanted);
  if (bus !== undefined) return bus;
  const names = buses.map(({ name }) => name);
  throw new UsageError('unknown-bus', `The spec has no bus ${JSON.stringify(wanted)}.`, {
    help: didYouMean(wanted, names) || `Buses are ${names.join(', ') || 'none'}.`,
  });
}

function receiverOf({ consumers, subscribers = [] }: Topology, key: string): Receiver {
  const all: readonly Receiver[] = [...consumers, ...subscribers];
  const found = all.find((one) => one.key === key);
  if (found !== undefined) return found;
  const keys = all.map((one) => one.key);
  throw new UsageError('unknown-consumer', `The spec has no consumer ${JSON.stringify(key)}.`, {
    help: didYouMean(key, keys) || `Consumers are ${keys.join(', ') || 'none'}.`,
  });
}

function archiveOf(archives: readonly ListedArchive[], busName: string, { archive }: ReplaySettings): ListedArchive {
  const wanted = archives.filter(({ name }) => archive === null || name === archive);
  const [found, ...others] = wanted.length > 1 ? wanted.filter(({ name }) => name === busName) : wanted;
  if (found !== undefined && others.length === 0) return found;
  const names = archives.map(({ name }) => name).join(', ');
  const message = names === '' ? `The bus ${busName} has no archive.` : `Which archive of ${busName}: ${names}?`;
  const help = names === '' ? 'Let the bus have one with `x-eventbridge: { archive: {} }`.' : 'Name it with --archive.';
  throw new UsageError('replay-archive', message, { help });
}

async function rulesOf(events: EventBridge, plan: Plan, busName: string): Promise<readonly ListedRule[] | null> {
  const { settings, receiver, topology, bus } = plan;
  if (settings.rule === null && receiver === null) return null;
  const rules = await events.rules(busName);
  if (receiver !== null) return findRules({ topology, bus, receiver, rules, environment: settings.environment });
  const found = rules.find(({ name, arn }) => name === settings.rule || arn === settings.rule);
  if (found !== undefined) return [found];
  const names = rules.map(({ name }) => name);
  throw new UsageError('replay-target', `The bus ${busName} has no rule ${JSON.stringify(settings.rule)}.`, {
    help: didYouMean(settings.rule ?? '', names),
  });
}

function answerOf(told: Told, { dryRun, name, from, to }: ReplaySettings): Partial<Answer> {
  const { busName, archive, rules, reached, started } = told;
  const period = { from: from.toISOString(), to: to.toISOString() };
  const failed = started !== null && started.state === 'FAILED';
  return {
    ...(failed && { exitCode: exitCode.errors }),
    json: {
      dryRun,
      replay: started === null ? null : { name, ...started },
      bus: busName,
      archive: archive.name,
      ...period,
      rules: rules?.map(({ name: rule }) => rule) ?? null,
      consumers: reached,
    },
    text: `${headline(told, name, dryRun)}\n${reachedText(reached)}`,
    notes: dryRun ? 'Nothing was started.\n' : `Watch it: aws events describe-replay --replay-name ${name}\n`,
  };
}

function headline({ busName, archive, rules, started }: Told, name: string, dryRun: boolean): string {
  const where = rules === null ? `all rules of ${busName}` : rules.map((rule) => rule.name).join(', ');
  const what = `archive ${archive.name} (${archive.eventCount} events in all) to ${where}`;
  if (dryRun || started === null) return `Would replay ${what}.`;
  const reason = started.reason === '' ? '' : `: ${started.reason}`;
  return `Replay ${name} of ${what} is ${started.state}${reason}.`;
}

const replayTexts = {
  skip: 'leaves out what it remembers (x-idempotency)',
  run: 'handles each event again, once (x-idempotency)',
  always: 'handles each event again, as often as it comes',
} as const satisfies Record<Reached['replays'], string>;

function reachedText(reached: readonly Reached[]): string {
  if (reached.length === 0) return 'No consumer of the spec is reached.\n';
  return table(
    ['consumer', 'what it does'],
    reached.map(({ key, replays }) => [key, replayTexts[replays]]),
  );
}
