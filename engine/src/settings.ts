import type { AlarmSettings, Infrastructure, InfrastructureSettings } from './infrastructure.ts';
import type { Topology } from './topology.ts';

/** Bounds of alarms with their defaults filled in; `default` follows what is watched, as `AlarmSettings` says. */
export interface ResolvedAlarms {
  readonly deadLetters: false | number;
  readonly oldestMessageSeconds: false | number | 'default';
  readonly errors: false | number | 'default';
  readonly throttles: false | number;
  readonly failedInvocations: false | number;
}

/** `x-infrastructure` as it holds for one service, or for what all services share, in one environment. */
export interface ResolvedSettings {
  /** False makes no alarms. */
  readonly alarms: false | ResolvedAlarms;
  /** Whether there is a dashboard. */
  readonly dashboard: boolean;
  /** One of the periods that CloudWatch Logs knows. */
  readonly logRetentionDays: number;
  /** Whether functions report to X-Ray. */
  readonly tracing: boolean;
  readonly architecture: 'arm64' | 'x86_64';
  readonly removal: 'retain' | 'destroy';
  /** What the environment says of the memory of functions, in MiB; null leaves what the topology says of each. */
  readonly memoryMb: number | null;
  /** What the environment says of how long functions run; null leaves what the topology says of each. */
  readonly timeoutSeconds: number | null;
  /** Of all levels; of tags with one key the nearest. */
  readonly tags: Readonly<Record<string, string>>;
  /** Mail addresses of alarms; those of the environment stand in place of the system's. */
  readonly notify: readonly string[];
  /** `customer` for one key of your own for the whole system, null for keys that AWS manages. */
  readonly encryption: 'customer' | null;
}

/** What alarms are made where the spec does not say. */
export const alarmDefaults: ResolvedAlarms = {
  deadLetters: 1,
  oldestMessageSeconds: 'default',
  errors: 'default',
  throttles: 1,
  failedInvocations: 1,
};

/**
 * Returns what holds for `service`, or for what all services share when there is none. The nearest wins, field by field:
 * the service within the environment, the environment, the service, the system, the defaults.
 *
 * An environment that the spec does not name changes nothing.
 */
export function settingsOf(
  { infrastructure = {} }: Pick<Topology, 'infrastructure'>,
  environment: string | undefined,
  service?: string,
): ResolvedSettings {
  const deployed = entryOf(infrastructure.environments, environment);
  const ofEnvironment = [entryOf(deployed?.services, service), deployed].filter(isGiven);
  const levels = [...ofEnvironment, entryOf(infrastructure.services, service), infrastructure].filter(isGiven);
  return {
    alarms: resolveAlarms(levels.toReversed().map(({ alarms }) => alarms)),
    dashboard: nearest(levels, 'dashboard') ?? true,
    logRetentionDays: nearest(levels, 'logRetentionDays') ?? 30,
    tracing: nearest(levels, 'tracing') ?? true,
    architecture: nearest(levels, 'architecture') ?? 'arm64',
    removal: nearest(levels, 'removal') ?? 'retain',
    memoryMb: nearest(ofEnvironment, 'memoryMb') ?? null,
    timeoutSeconds: nearest(ofEnvironment, 'timeoutSeconds') ?? null,
    tags: Object.assign({}, ...levels.toReversed().map(({ tags }) => tags)),
    notify: deployed?.notify ?? infrastructure.notify ?? [],
    encryption: infrastructure.encryption ?? null,
  };
}

/** Returns the alarms of a consumer or subscriber: its own `x-alarms` before those of its service. */
export function alarmsOf(
  settings: Pick<ResolvedSettings, 'alarms'>,
  own: Infrastructure['alarms'],
): ResolvedSettings['alarms'] {
  return applyAlarms(settings.alarms, own);
}

/** From the farthest level to the nearest. Bounds after a `false` start from the defaults. */
function resolveAlarms(levels: readonly (false | AlarmSettings | undefined)[]): ResolvedSettings['alarms'] {
  return levels.reduce<ResolvedSettings['alarms']>(applyAlarms, alarmDefaults);
}

function applyAlarms(
  before: ResolvedSettings['alarms'],
  own: false | AlarmSettings | undefined,
): ResolvedSettings['alarms'] {
  if (own === undefined) return before;
  return own === false ? false : { ...(before === false ? alarmDefaults : before), ...own };
}

/** Keys come from the spec and from the command line: `constructor` must find nothing. */
function entryOf<Value>(
  entries: Readonly<Record<string, Value>> | undefined,
  key: string | undefined,
): Value | undefined {
  return entries !== undefined && key !== undefined && Object.hasOwn(entries, key) ? entries[key] : undefined;
}

function nearest<Key extends keyof InfrastructureSettings>(
  levels: readonly InfrastructureSettings[],
  key: Key,
): InfrastructureSettings[Key] | undefined {
  return levels.find((level) => level[key] !== undefined)?.[key];
}

function isGiven<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
