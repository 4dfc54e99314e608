import type { EventModel } from '../model/event-model.ts';
import { authorizersOf } from '../model/ingress/authorizers.ts';
import type { EmitContext } from './emit-context.ts';
import type { GeneratedFile } from './generated-file.ts';
import { interfaceDeclaration } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { collectImports, typeFrom } from './print/imports.ts';
import { propertyKey } from './print/property-key.ts';
import { runtime } from './published-event.ts';

/** Emits `infra.ts`: what infrastructure code must be given. */
export function emitInfra(context: EmitContext): GeneratedFile {
  const path = 'infra.ts';
  const imports = collectImports(path, ['ServiceCode', 'InfraProps', 'Workflows']);
  const services = context.model.system.services.filter(
    ({ consumers, outbox, ingresses }) =>
      consumers.length > 0 || outbox !== null || authorizersOf(ingresses).length > 0,
  );
  const code = interfaceDeclaration({
    comment: comment('The code of every service that has handlers. `Asset` is the type of a code asset.'),
    exported: true,
    name: 'ServiceCode',
    typeParameters: ['Asset'],
    members: services.map(({ wiring }) => `readonly ${propertyKey(wiring.name)}: Asset;`),
  });
  const topology = imports.use(typeFrom(runtime, 'Topology'));
  const modules = imports.use(typeFrom('/handlers.ts', 'HandlerModules'));
  const workflows = workflowsToGive(context.model);
  const props = interfaceDeclaration({
    comment: comment('What the infrastructure is made from.'),
    exported: true,
    name: 'InfraProps',
    typeParameters: workflows.length === 0 ? ['Asset'] : ['Asset', 'StateMachine'],
    members: [
      `readonly topology: ${topology};`,
      `readonly handlers: ${modules};`,
      'readonly code: ServiceCode<Asset>;',
      ...(workflows.length === 0 ? [] : ['readonly workflows: Workflows<StateMachine>;']),
    ],
  });
  const machines = interfaceDeclaration({
    comment: comment(
      'The state machine of every workflow without a definition in the spec. `StateMachine` is its type in the infrastructure.',
    ),
    exported: true,
    name: 'Workflows',
    typeParameters: ['StateMachine'],
    members: workflows.map((key) => `readonly ${propertyKey(key)}: StateMachine;`),
  });
  const declarations = workflows.length === 0 ? [code, props] : [code, machines, props];
  return context.file('system', { path, imports: imports.statements(), declarations });
}

/** Keys of the workflows whose state machine infrastructure code brings along, sorted. */
export function workflowsToGive({ system }: EventModel): readonly string[] {
  const subscribers = system.services.flatMap((service) => service.subscribers);
  return subscribers
    .flatMap(({ wiring: { key, delivery } }) =>
      delivery.type === 'workflow' && delivery.definition === null ? [key] : [],
    )
    .sort();
}

function comment(description: string): string {
  return docComment({ ...noDoc, description });
}
