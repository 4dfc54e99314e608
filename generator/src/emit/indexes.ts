import type { MessageType, ServiceModel } from '../model/event-model.ts';
import type { EmitContext } from './emit-context.ts';
import { eventExports } from './event.ts';
import type { GeneratedFile } from './generated-file.ts';
import { workflowsToGive } from './infra.ts';
import { eventPath, receiverPath, servicePath } from './output-paths.ts';
import type { ReExport } from './print/source-file.ts';

/** Emits `events/index.ts`. */
export function emitEventsIndex(context: EmitContext): GeneratedFile {
  const { messages } = context.model.catalog;
  const clashes = clashingNames(messages);
  const reExports = messages.flatMap((message) => eventReExports(message, clashes));
  return indexFile(context, 'system', 'events/index.ts', reExports);
}

/** Emits the index of one service. */
export function emitServiceIndex(context: EmitContext, service: ServiceModel): GeneratedFile {
  const files = service.consumers.map((consumer) => receiverPath(service, consumer));
  const workflows = service.subscribers.filter(({ emittedTypeName }) => emittedTypeName !== null);
  files.push(...workflows.map((workflow) => receiverPath(service, workflow)));
  if (service.publisher !== null) files.push(servicePath(service, 'publisher.ts'));
  if (service.calls !== undefined) files.push(servicePath(service, 'calls.ts'));
  if (service.outbox !== null)
    files.push(...['outbox.ts', 'outbox-relay.ts'].map((file) => servicePath(service, file)));
  return indexFile(
    context,
    `service:${service.wiring.name}`,
    servicePath(service, 'index.ts'),
    files.sort().map((file) => ({ kind: 'all', file })),
  );
}

/** Emits `services/index.ts`, with a namespace for every service. */
export function emitServicesIndex(context: EmitContext): GeneratedFile {
  const reExports = context.model.system.services.map(
    (service): ReExport => ({
      kind: 'namespace',
      namespace: lowerFirst(service.wiring.constructId),
      file: servicePath(service, 'index.ts'),
    }),
  );
  return indexFile(context, 'system', 'services/index.ts', reExports);
}

/** Emits the root `index.ts`. */
export function emitRootIndex(context: EmitContext): GeneratedFile {
  const workflows = workflowsToGive(context.model).length === 0 ? [] : ['Workflows'];
  return indexFile(context, 'system', 'index.ts', [
    { kind: 'all', file: 'events/index.ts' },
    { kind: 'names', file: 'handlers.ts', names: ['HandlerModules', 'Handlers'], typeOnly: true },
    { kind: 'names', file: 'infra.ts', names: ['InfraProps', 'ServiceCode', ...workflows], typeOnly: true },
    { kind: 'namespace', file: 'services/index.ts', namespace: 'services' },
    { kind: 'names', file: 'topology/index.ts', names: ['topology'], typeOnly: false },
  ]);
}

/** An index of nothing still is a module. */
function indexFile(context: EmitContext, owner: string, path: string, reExports: readonly ReExport[]): GeneratedFile {
  return context.file(owner, { path, reExports, declarations: reExports.length === 0 ? ['export {};'] : [] });
}

/** Names that more than one event's file exports. */
function clashingNames(messages: readonly MessageType[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const clashes = new Set<string>();
  for (const name of messages.flatMap((message) => eventExports(message).types)) {
    if (seen.has(name)) clashes.add(name);
    seen.add(name);
  }
  return clashes;
}

/** A part of a payload whose name is also another's is left to the event's own file; the payload's own name wins. */
function eventReExports(message: MessageType, clashes: ReadonlySet<string>): ReExport[] {
  const file = eventPath(message);
  const { types, values } = eventExports(message);
  if (!types.some((name) => clashes.has(name))) return [{ kind: 'all', file }];
  const names = types.filter((name) => name === message.typeName || !clashes.has(name)).sort();
  return [
    { kind: 'names', file, names, typeOnly: true },
    { kind: 'names', file, names: values, typeOnly: false },
  ];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
