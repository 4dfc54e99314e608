import { monthSeconds, type ResolvedSettings } from '@eventloom/engine';
import { type CostLine, charge, gigabytes, monthsKept } from './cost-line.ts';
import type { CostOptions } from './cost-options.ts';

/** What a function does in a month. */
export interface FunctionWork {
  readonly invocations: number;
  /** Events of all invocations. */
  readonly events: number;
  /** As the spec gives it. */
  readonly memoryMb: number;
}

/** Bytes that Lambda writes to the log for each invocation: START, END and REPORT. */
const invocationLogBytes = 450;

/** What CloudWatch keeps of a log once it is packed. */
const storedShare = 0.15;

/** The positions of a function: requests, run time, logs and traces. */
export function functionCost(
  work: FunctionWork,
  options: CostOptions,
  settings: ResolvedSettings,
): readonly CostLine[] {
  const memoryMb = options.memoryMb ?? settings.memoryMb ?? work.memoryMb;
  const seconds = (work.events * options.durationMs) / 1_000;
  const time = settings.architecture === 'arm64' ? 'functionTimeArm' : 'functionTimeX86';
  return [
    ...charge('functionRequests', work.invocations, 'function: invocations'),
    ...charge(time, (seconds * memoryMb) / 1_024, 'function: run time'),
    ...logCost(work.invocations * invocationLogBytes, settings.logRetentionDays, 'function: logs'),
    ...(settings.tracing ? charge('traces', tracesOf(work.invocations), 'function: traces') : []),
  ];
}

/** What it costs to write to a log group and to keep it. */
export function logCost(bytes: number, retentionDays: number, what: string): readonly CostLine[] {
  const written = gigabytes(bytes);
  return [
    ...charge('logBytes', written, what),
    ...charge('logStorage', written * monthsKept(retentionDays) * storedShare, `${what}, kept`),
  ];
}

/** X-Ray takes the first request of each second and one in twenty of the others, here of requests that come at random. */
function tracesOf(requests: number): number {
  const seconds = monthSeconds;
  const first = seconds * -Math.expm1(-requests / seconds);
  return first + (requests - first) / 20;
}
