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
  const imports = collectImports(path, ['ServiceCode', 'InfraProps']);
  const services = context.model.system.services.filter(
    ({ consumers, outbox, ingresses }) =>
      consumers.length > 0 || outbox !== null || authorizersOf(ingresses).length > 0,
  );
  const code = interfaceDeclaration({
    comment: comment('The code of every service that has handlers. `Asset` is the type of a code asset.'),
    exported: true,
    name: 'ServiceCode',
    typeParameter: 'Asset',
    members: services.map(({ wiring }) => `readonly ${propertyKey(wiring.name)}: Asset;`),
  });
  const topology = imports.use(typeFrom(runtime, 'Topology'));
  const modules = imports.use(typeFrom('/handlers.ts', 'HandlerModules'));
  const props = interfaceDeclaration({
    comment: comment('What the infrastructure is made from.'),
    exported: true,
    name: 'InfraProps',
    typeParameter: 'Asset',
    members: [
      `readonly topology: ${topology};`,
      `readonly handlers: ${modules};`,
      'readonly code: ServiceCode<Asset>;',
    ],
  });
  return context.file('system', { path, imports: imports.statements(), declarations: [code, props] });
}

function comment(description: string): string {
  return docComment({ ...noDoc, description });
}
