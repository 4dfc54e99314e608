import { authorizersOf } from '../model/ingress/authorizers.ts';
import type { EmitContext } from './emit-context.ts';
import type { GeneratedFile } from './generated-file.ts';
import { interfaceDeclaration, typeAlias } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { collectImports, typeFrom } from './print/imports.ts';
import { literal } from './print/literal.ts';
import { propertyKey } from './print/property-key.ts';
import { runtime } from './published-event.ts';

/** Emits `handlers.ts`: the handlers that the system needs, one line each. */
export function emitHandlers(context: EmitContext): GeneratedFile {
  const path = 'handlers.ts';
  const imports = collectImports(path, ['Handlers', 'HandlerModules']);
  const { services } = context.model.system;
  const handlerOf = (type: string, argument: string) => `${imports.use(typeFrom(runtime, type))}<${literal(argument)}>`;
  const consumers = services.flatMap((service) =>
    service.consumers.map(({ wiring: { key } }) => [key, handlerOf('LambdaHandler', key)] as const),
  );
  const relays = services.flatMap(({ wiring: { name, outbox } }) =>
    outbox === undefined ? [] : [[outbox.key, handlerOf('OutboxRelay', name)] as const],
  );
  const authorizers = services.flatMap((service) =>
    authorizersOf(service.ingresses).map((key) => [key, imports.use(typeFrom(runtime, 'RequestAuthorizer'))] as const),
  );
  const members = [...consumers, ...relays, ...authorizers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, type]) => `readonly ${propertyKey(key)}: ${type};`);
  const handlers = interfaceDeclaration({
    comment: comment(
      `The Lambda handler of every consumer, by \`<service>/<consumer>\`, and of the relay of every outbox${authorizers.length === 0 ? '' : ', and the authorizers of APIs'}.`,
    ),
    exported: true,
    name: 'Handlers',
    members,
  });
  const modules = typeAlias({
    comment: comment('How to load the module of every handler. A missing one is a compile error.'),
    exported: true,
    name: 'HandlerModules',
    type: `${imports.use(typeFrom(runtime, 'HandlerModulesOf'))}<Handlers>`,
  });
  return context.file('system', { path, imports: imports.statements(), declarations: [handlers, modules] });
}

function comment(description: string): string {
  return docComment({ ...noDoc, description });
}
