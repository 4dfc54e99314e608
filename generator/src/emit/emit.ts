import { InternalError } from '../internal-error.ts';
import type { EventModel } from '../model/event-model.ts';
import { queueIdentities } from '../model/infrastructure/queue-identities.ts';
import { toTopology } from '../model/to-topology.ts';
import { emitCalls } from './calls.ts';
import { emitConsumer } from './consumer.ts';
import { type EmitContext, emitContext } from './emit-context.ts';
import { emitEvent } from './event.ts';
import type { GeneratedFile } from './generated-file.ts';
import { emitHandlers } from './handlers.ts';
import { emitEventsIndex, emitRootIndex, emitServiceIndex, emitServicesIndex } from './indexes.ts';
import { emitInfra } from './infra.ts';
import { emitManifest } from './manifest.ts';
import { emitOutbox } from './outbox.ts';
import { emitPublisher } from './publisher.ts';
import { emitConsumersIndex, emitSubscribersIndex, emitTopology, emitWiring } from './topology-files.ts';
import { emitValidatorFiles } from './validator-files.ts';
import { emitWorkflow } from './workflow.ts';

/**
 * Spells the whole output of a model, sorted by path. The same model gives the same bytes.
 * @param version version of Eventloom, for the manifest.
 * @throws {InternalError} when the output is not what it should be, which is a bug of ours.
 */
export function emit(model: EventModel, version: string): GeneratedFile[] {
  const context = emitContext(model);
  const files = [
    ...model.catalog.messages.flatMap((message) => [
      emitEvent(context, message),
      ...emitValidatorFiles(context, message),
    ]),
    ...serviceFiles(context),
    emitEventsIndex(context),
    emitServicesIndex(context),
    emitConsumersIndex(context),
    ...emitSubscribersIndex(context),
    emitTopology(context),
    emitHandlers(context),
    emitInfra(context),
    emitRootIndex(context),
  ];
  const queues = queueIdentities(toTopology(model));
  const all = [...files, emitManifest(files, { spec: model.spec.file, version, queues })].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  refuseSharedPaths(all);
  return all;
}

function serviceFiles(context: EmitContext): GeneratedFile[] {
  return context.model.system.services.flatMap((service) => [
    ...emitPublisher(context, service),
    ...emitOutbox(context, service),
    ...emitCalls(context, service),
    emitServiceIndex(context, service),
    ...service.consumers.flatMap((consumer) => [
      emitConsumer(context, service, consumer),
      emitWiring(context, service, 'Consumer', consumer),
    ]),
    ...service.subscribers.flatMap((subscriber) => [
      ...emitWorkflow(context, service, subscriber),
      emitWiring(context, service, 'Subscriber', subscriber),
    ]),
  ]);
}

/** File systems may not know case apart. */
function refuseSharedPaths(files: readonly GeneratedFile[]): void {
  const seen = new Map<string, string>();
  for (const { path } of files) {
    const other = seen.get(path.toLowerCase());
    if (other !== undefined) throw new InternalError(`Two generated files share the path ${other} (${path})`);
    seen.set(path.toLowerCase(), path);
  }
}
