import type { Infrastructure, InfrastructureSettings, Topology } from '@eventloom/engine';

/** Settings that a bill depends on. */
export interface CostSettings {
  readonly logRetentionDays: number;
  readonly tracing: boolean;
  readonly architecture: 'arm64' | 'x86_64';
  /** Memory that the environment gives to all functions, in MiB; null leaves it to each. */
  readonly memoryMb: number | null;
  /** True when one customer-managed key encrypts everything. */
  readonly hasKey: boolean;
}

/**
 * The settings of a service, or of the system without one: those of a service come before those of the system, those of
 * an environment before both.
 */
export function costSettings({ infrastructure }: Topology, environment: string | null, service: string | null): CostSettings {
  const layers = layersOf(infrastructure, environment, service);
  const merged: InfrastructureSettings = Object.assign({}, ...layers);
  const forced: InfrastructureSettings = Object.assign({}, ...layers.slice(2));
  return {
    logRetentionDays: merged.logRetentionDays ?? 30,
    tracing: merged.tracing ?? true,
    architecture: merged.architecture ?? 'arm64',
    memoryMb: forced.memoryMb ?? null,
    hasKey: infrastructure?.encryption === 'customer',
  };
}

/** From the weakest to the strongest: system, service, environment, service of the environment. */
function layersOf(
  infrastructure: Infrastructure | undefined,
  environment: string | null,
  service: string | null,
): readonly InfrastructureSettings[] {
  const own = environment === null ? undefined : ofKey(infrastructure?.environments, environment);
  const ofService = (from: Infrastructure['services']) => (service === null ? undefined : ofKey(from, service));
  return [infrastructure ?? {}, ofService(infrastructure?.services) ?? {}, own ?? {}, ofService(own?.services) ?? {}];
}

function ofKey<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
