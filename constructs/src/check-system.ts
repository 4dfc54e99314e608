import type { Topology } from '@eventloom/engine';
import { ConstructError } from './construct-error.ts';

/**
 * Checks that handlers and code are those of the topology. TypeScript says the same of the generated types; this is
 * for who calls without them.
 *
 * @throws ConstructError `missing-handler`, `unknown-handler`, `missing-code` or `unknown-code`, naming all at fault.
 */
export function checkSystem(topology: Topology, handlers: object, code: object): void {
  const consumers = new Set(topology.consumers.map(({ key }) => key));
  const consuming = new Set(topology.consumers.map(({ service }) => service));
  const services = new Set(topology.services.map(({ name }) => name));
  refuse(missing(consumers, handlers), 'missing-handler', 'have no handler: add them to the record of handlers.');
  refuse(unknown(consumers, handlers), 'unknown-handler', 'are handled but no consumers: remove them, or regenerate.');
  refuse(missing(consuming, code), 'missing-code', 'have consumers but no code: pass a bundle for each.');
  refuse(unknown(services, code), 'unknown-code', 'have code but are no services: remove them, or regenerate.');
}

function missing(wanted: ReadonlySet<string>, given: object): readonly string[] {
  return [...wanted].filter((key) => !Object.hasOwn(given, key)).sort();
}

function unknown(wanted: ReadonlySet<string>, given: object): readonly string[] {
  return Object.keys(given)
    .filter((key) => !wanted.has(key))
    .sort();
}

function refuse(
  keys: readonly string[],
  code: 'missing-handler' | 'unknown-handler' | 'missing-code' | 'unknown-code',
  complaint: string,
): void {
  if (keys.length > 0) throw new ConstructError(code, `${keys.join(', ')} ${complaint}`);
}
