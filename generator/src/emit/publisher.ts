import type { ServiceModel } from '../model/event-model.ts';
import type { EmitContext } from './emit-context.ts';
import type { GeneratedFile } from './generated-file.ts';
import { operationMethods, operationsDefinition } from './operation-methods.ts';
import { servicePath } from './output-paths.ts';
import { constant, functionDeclaration, interfaceDeclaration, typeAlias } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { collectImports, type Imports, typeFrom, valueFrom } from './print/imports.ts';
import { codeValue } from './print/json-value.ts';
import { givenEvent, publishNote, runtime } from './published-event.ts';

/** Emits the publisher of a service, or nothing when it has no `send` operation. */
export function emitPublisher(context: EmitContext, service: ServiceModel): GeneratedFile[] {
  if (service.publisher === null) return [];
  const { factoryName, typeName, eventTypeName } = service.publisher;
  const path = servicePath(service, 'publisher.ts');
  const imports = collectImports(path, [factoryName, typeName, eventTypeName, 'definition']);
  const name = service.wiring.name;
  const publisher = interfaceDeclaration({
    comment: comment(`Publishes the events of service \`${name}\`.`),
    exported: true,
    name: typeName,
    base: `${imports.use(typeFrom(runtime, 'EventPublisher'))}<${eventTypeName}>`,
    members: operationMethods(context, imports, service.producers, {
      returnType: `Promise<${imports.use(typeFrom(runtime, 'PublishedEvent'))}>`,
      note: (event) => publishNote(context, event),
    }),
  });
  const claims = service.producers.some(({ events }) => events.some((event) => context.event(event).claimCheck));
  const features = claims ? `, [${imports.use(valueFrom(runtime, 'claiming'))}]` : '';
  const factory = functionDeclaration({
    comment: comment(`Makes a publisher for service \`${name}\`. It finds its destinations in the environment.`),
    exported: true,
    name: factoryName,
    parameters: [`options?: ${imports.use(typeFrom(runtime, 'PublisherOptions'))}`],
    returnType: typeName,
    result: `${imports.use(valueFrom(runtime, 'createPublisher'))}<${typeName}>(definition, options${features})`,
  });
  const declarations = [
    eventType(context, imports, service),
    publisher,
    factory,
    definition(context, imports, service),
  ];
  return [context.file(`service:${name}`, { path, imports: imports.statements(), declarations })];
}

/** The union of what the service sends, told apart by name, and by source where one name has several. */
function eventType(context: EmitContext, imports: Imports, { wiring, publisher, producers }: ServiceModel): string {
  const all = producers.flatMap(({ events }) => events);
  const events = [...new Map(all.map((event) => [JSON.stringify([event.name, event.source]), event])).values()];
  const members = events.map((reference) =>
    givenEvent(context, imports, reference, {
      isOnlyOfName: events.filter(({ name }) => name === reference.name).length === 1,
      indent: events.length === 1 ? '' : '    ',
    }),
  );
  return typeAlias({
    comment: comment(`An event that service \`${wiring.name}\` sends, as \`$publish\` takes it.`),
    exported: true,
    name: publisher?.eventTypeName ?? '',
    type: members.length === 1 ? members.join('') : members.map((member) => `\n  | (${member})`).join('') || 'never',
  });
}

function definition(context: EmitContext, imports: Imports, { wiring, producers }: ServiceModel): string {
  return constant({
    comment: '',
    exported: false,
    name: 'definition',
    type: imports.use(typeFrom(runtime, 'PublisherDefinition')),
    value: codeValue(operationsDefinition(context, imports, { service: wiring.name, producers })),
  });
}

function comment(description: string): string {
  return docComment({ ...noDoc, description });
}
