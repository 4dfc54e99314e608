import { collectImports } from '../../emit/print/imports.ts';
import { literal } from '../../emit/print/literal.ts';
import type { ServiceModel } from '../../model/event-model.ts';
import type { Snippet } from '../site-model.ts';
import { fromService, handlersType, snippetCode, userFile } from './snippet-text.ts';

/** Code that publishes many events of a service together. */
export function publisherSnippet(service: ServiceModel): readonly Snippet[] {
  if (service.publisher === null) return [];
  const { factoryName, eventTypeName } = service.publisher;
  const file = userFile(service, 'publish', 'all');
  const imports = collectImports(file, ['publisher', 'events']);
  const { type, value } = fromService(service);
  const factory = imports.use(value(factoryName));
  const event = imports.use(type(eventTypeName));
  return [
    {
      anchor: 'publish-all',
      title: 'Publish many events together',
      language: 'ts',
      file,
      code: snippetCode(imports, [
        `const publisher = ${factory}();`,
        `declare const events: readonly ${event}[];`,
        '// Rejects with one PublishError that says which events were not accepted.\nawait publisher.$publish(events);',
      ]),
    },
  ];
}

/** The handler of the relay of a service's outbox. */
export function relaySnippet(service: ServiceModel): readonly Snippet[] {
  const { outbox, wiring } = service;
  if (outbox === null || wiring.outbox === undefined) return [];
  const file = `services/${wiring.outbox.handler}.ts`;
  const imports = collectImports(file, ['handler']);
  const factory = imports.use(fromService(service).value(outbox.relayFactoryName));
  const type = `${imports.use(handlersType)}[${literal(wiring.outbox.key)}]`;
  const code = snippetCode(imports, [`export const handler: ${type} = ${factory}();`]);
  return [{ anchor: 'outbox-relay', title: 'Relay the outbox', language: 'ts', file, code }];
}
