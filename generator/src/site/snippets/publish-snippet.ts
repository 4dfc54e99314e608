import { collectImports } from '../../emit/print/imports.ts';
import { literal } from '../../emit/print/literal.ts';
import type { EventReference, ProducerModel, ServiceModel } from '../../model/event-model.ts';
import type { Snippet } from '../site-model.ts';
import { encodeName } from '../site-paths.ts';
import type { LookUps } from './look-ups.ts';
import { payloadCode } from './payload-code.ts';
import { attributesComment, requiredOptions } from './publish-options.ts';
import { codeWord, fromService, lineComment, memberOf, payloadTypeOf, snippetCode, userFile } from './snippet-text.ts';

/** An event as one operation of a service sends it. */
export interface Sending {
  readonly service: ServiceModel;
  readonly producer: ProducerModel;
  readonly event: EventReference;
  /** Payloads to choose from, the best first. */
  readonly samples: readonly unknown[];
}

/** Code that publishes the event; none where a header is needed for which no value is known. */
export function publishSnippet(lookUps: LookUps, sending: Sending): readonly Snippet[] {
  const { service, producer, event } = sending;
  if (service.publisher === null) return [];
  const file = userFile(service, 'publish', producer.operation);
  const imports = collectImports(file, ['publisher', 'payload']);
  const factory = imports.use(fromService(service).value(service.publisher.factoryName));
  const call = callOf(lookUps, sending, { object: 'publisher', imports });
  if (call === null) return [];
  const options = requiredOptions(lookUps, event, null) === '' ? '' : ', …';
  const together = lineComment(
    `Many at once, in as few requests as carry them: publisher.$publish([{ name: ${literal(event.name)}, payload${options} }])`,
  );
  const code = snippetCode(imports, [
    `const publisher = ${factory}();`,
    call.declaration,
    [attributesComment(lookUps, event), `await ${call.expression};`, together].filter((line) => line !== '').join('\n'),
  ]);
  const title = `Publish it from ${codeWord(service.wiring.name)}`;
  return [{ anchor: `publish-${encodeName(producer.operation)}`, title, language: 'ts', file, code }];
}

/** Code that writes the event in one transaction with items of the service; none without `x-outbox`. */
export function outboxSnippet(lookUps: LookUps, sending: Sending): readonly Snippet[] {
  const { service, producer } = sending;
  if (service.outbox === null || producer.outbox !== true) return [];
  const file = userFile(service, 'save-and', producer.operation);
  const imports = collectImports(file, ['outbox', 'payload', 'items']);
  const factory = imports.use(fromService(service).value(service.outbox.factoryName));
  const call = callOf(lookUps, sending, { object: 'outbox', imports });
  if (call === null) return [];
  const code = snippetCode(imports, [
    `const outbox = ${factory}();`,
    call.declaration,
    '// Both are written, or neither; a relay publishes the event then.\n' +
      `const items = [{ Put: { TableName: 'your-table', Item: { id: { S: 'your-id' } } } }];\n` +
      `await outbox.$transact(items, [${call.expression}]);`,
  ]);
  const title = `Save and publish it in one transaction, from ${codeWord(service.wiring.name)}`;
  return [{ anchor: `outbox-${encodeName(producer.operation)}`, title, language: 'ts', file, code }];
}

interface Callee {
  readonly object: string;
  readonly imports: ReturnType<typeof collectImports>;
}

/** The call of the operation's method, and the payload that stands before it. */
function callOf(
  lookUps: LookUps,
  { producer, event, samples }: Sending,
  { object, imports }: Callee,
): { readonly declaration: string; readonly expression: string } | null {
  const options = requiredOptions(lookUps, event, null);
  if (options === null) return null;
  const message = lookUps.message(lookUps.event(event).message);
  const payload = payloadCode(message, () => imports.use(payloadTypeOf(message)), samples);
  const name = producer.events.length === 1 ? [] : [literal(event.name)];
  const parameters = [...name, payload.expression, ...(options === '' ? [] : [options])];
  return {
    declaration: payload.declaration,
    expression: `${memberOf(object, producer.methodName)}(${parameters.join(', ')})`,
  };
}
