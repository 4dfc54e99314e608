import type { EventReference, ServiceModel } from '../model/event-model.ts';
import type { EmitContext } from './emit-context.ts';
import type { GeneratedFile } from './generated-file.ts';
import { operationMethods, operationsDefinition } from './operation-methods.ts';
import { servicePath } from './output-paths.ts';
import { constant, functionDeclaration, interfaceDeclaration } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { collectImports, typeFrom, valueFrom } from './print/imports.ts';
import { codeValue, record } from './print/json-value.ts';
import { literal } from './print/literal.ts';
import { relayedEventDefinition, runtime } from './published-event.ts';

/** Emits the outbox of a service and the relay that publishes from it, or nothing without `x-outbox`. */
export function emitOutbox(context: EmitContext, service: ServiceModel): GeneratedFile[] {
  if (service.outbox === null) return [];
  return [outbox(context, service, service.outbox), relay(context, service, service.outbox)];
}

type OutboxNames = NonNullable<ServiceModel['outbox']>;

function outbox(context: EmitContext, service: ServiceModel, { factoryName, typeName }: OutboxNames): GeneratedFile {
  const path = servicePath(service, 'outbox.ts');
  const imports = collectImports(path, [factoryName, typeName, 'definition']);
  const { name } = service.wiring;
  const producers = producersOf(service);
  const methods = interfaceDeclaration({
    comment: comment(
      `Makes events of service \`${name}\` items of its outbox, for one transaction with its own items. Sends nothing.`,
    ),
    exported: true,
    name: typeName,
    base: imports.use(typeFrom(runtime, 'Outbox')),
    members: operationMethods(context, imports, producers, {
      returnType: imports.use(typeFrom(runtime, 'OutboxWrite')),
      options: 'EventOptions',
      note: (event) => keepNote(context, event),
    }),
  });
  const factory = functionDeclaration({
    comment: comment(`Makes the outbox of service \`${name}\`. It finds its table in the environment.`),
    exported: true,
    name: factoryName,
    parameters: [`options?: ${imports.use(typeFrom(runtime, 'OutboxOptions'))}`],
    returnType: typeName,
    result: `${imports.use(valueFrom(runtime, 'createOutbox'))}<${typeName}>(definition, options)`,
  });
  const definition = constant({
    comment: '',
    exported: false,
    name: 'definition',
    type: imports.use(typeFrom(runtime, 'PublisherDefinition')),
    value: codeValue(operationsDefinition(context, imports, { service: name, producers })),
  });
  return context.file(`service:${name}`, {
    path,
    imports: imports.statements(),
    declarations: [methods, factory, definition],
  });
}

/** It publishes what was validated when it was written, so it carries no validators. */
function relay(context: EmitContext, service: ServiceModel, { relayFactoryName }: OutboxNames): GeneratedFile {
  const path = servicePath(service, 'outbox-relay.ts');
  const imports = collectImports(path, [relayFactoryName, 'definition']);
  const { name } = service.wiring;
  const events = eventsOf(service);
  const features = events.some((event) => context.event(event).claimCheck)
    ? `, [${imports.use(valueFrom(runtime, 'claiming'))}]`
    : '';
  const factory = functionDeclaration({
    comment: comment(
      `Makes the Lambda handler that publishes what service \`${name}\` writes into its outbox. It finds table and destinations in the environment.`,
    ),
    exported: true,
    name: relayFactoryName,
    parameters: [`options?: ${imports.use(typeFrom(runtime, 'PublisherOptions'))}`],
    returnType: `${imports.use(typeFrom(runtime, 'OutboxRelay'))}<${literal(name)}>`,
    result: `${imports.use(valueFrom(runtime, 'outboxRelay'))}(definition, options${features})`,
  });
  const definition = constant({
    comment: '',
    exported: false,
    name: 'definition',
    type: `${imports.use(typeFrom(runtime, 'OutboxRelayDefinition'))}<${literal(name)}>`,
    value: codeValue(
      record({ service: name, events: events.map((event) => relayedEventDefinition(context, imports, event)) }),
    ),
  });
  return context.file(`service:${name}`, {
    path,
    imports: imports.statements(),
    declarations: [factory, definition],
  });
}

function producersOf({ producers }: ServiceModel): ServiceModel['producers'] {
  return producers.filter((producer) => producer.outbox === true);
}

/** Each once, however many operations send it. */
function eventsOf(service: ServiceModel): readonly EventReference[] {
  return service.wiring.outbox?.publishes.map(({ name, source }) => ({ name, source })) ?? [];
}

function keepNote(context: EmitContext, reference: EventReference): string {
  const { kind, name } = context.destination(context.event(reference).destination);
  return `Keeps \`${reference.name}\` from \`${reference.source}\` for ${kind} \`${name}\`.`;
}

function comment(description: string): string {
  return docComment({ ...noDoc, description });
}
