import { repeatedStackNames, type Subscriber, type Topology } from '@eventloom/engine';
import { ConstructError, type ConstructErrorCode } from './construct-error.ts';
import { authorizerModules } from './ingress/add-ingresses.ts';

/**
 * Checks that handlers, code and workflows are those of the topology. TypeScript says the same of the generated types; this is
 * for who calls without them.
 *
 * @throws ConstructError `missing-handler`, `unknown-handler`, `missing-code`, `unknown-code`, `missing-workflow`,
 * `unknown-workflow` or `duplicate-stack`, naming all at fault.
 */
export function checkSystem(topology: Topology, handlers: object, code: object, workflows: object = {}): void {
  const outboxes = topology.services.flatMap(({ name, outbox }) => (outbox === undefined ? [] : [{ name, outbox }]));
  const authorizers = topology.services.flatMap(({ name }) =>
    authorizerModules(topology, name).map((key) => ({ key, service: name })),
  );
  const relays = outboxes.map(({ outbox }) => outbox);
  const functions = new Set([...topology.consumers, ...relays, ...authorizers].map(({ key }) => key));
  const running = new Set([
    ...[...topology.consumers, ...authorizers].map(({ service }) => service),
    ...outboxes.map(({ name }) => name),
  ]);
  const services = new Set(topology.services.map(({ name }) => name));
  refuse(missing(functions, handlers), 'missing-handler', 'have no handler: add them to the record of handlers.');
  refuse(unknown(functions, handlers), 'unknown-handler', 'are handled but no consumers: remove them, or regenerate.');
  refuse(missing(running, code), 'missing-code', 'have consumers or an outbox but no code: pass a bundle for each.');
  refuse(unknown(services, code), 'unknown-code', 'have code but are no services: remove them, or regenerate.');
  const machines = new Set((topology.subscribers ?? []).filter(wantsMachine).map(({ key }) => key));
  refuse(missing(machines, workflows), 'missing-workflow', "name no file: pass their state machines in 'workflows'.");
  refuse(unknown(machines, workflows), 'unknown-workflow', 'want no state machine: remove them, or regenerate.');
  const complaint = 'would be two stacks, of a service with that name and of one that is split: rename a service.';
  refuse(repeatedStackNames(topology), 'duplicate-stack', complaint);
}

/** A workflow whose definition stands in the spec is built from it. */
function wantsMachine({ delivery }: Subscriber): boolean {
  return delivery.type === 'workflow' && delivery.definition === null;
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
  code: Extract<ConstructErrorCode, `missing-${string}` | `unknown-${string}` | 'duplicate-stack'>,
  complaint: string,
): void {
  if (keys.length > 0) throw new ConstructError(code, `${keys.join(', ')} ${complaint}`);
}
