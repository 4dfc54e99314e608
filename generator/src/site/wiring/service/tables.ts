import type { Consumer } from '@eventloom/engine';

/** The table of what the handlers of a service remember, without the environment in front. */
export function memoryTableName(system: string, service: string): string {
  return `${system}-${service}-memory`;
}

/** The table that a service writes its events to, without the environment in front. */
export function outboxTableName(system: string, service: string): string {
  return `${system}-${service}-outbox`;
}

/** Tells whether the handler of a consumer remembers something between events. */
export function remembers({ idempotency, gather, downstreams = [] }: Consumer): boolean {
  return idempotency !== null || gather !== undefined || downstreams.length > 0;
}
