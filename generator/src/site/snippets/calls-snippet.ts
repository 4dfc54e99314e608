import { collectImports } from '../../emit/print/imports.ts';
import type { CallModel, ServiceModel } from '../../model/event-model.ts';
import { callsNames } from '../../model/names.ts';
import type { Snippet } from '../site-model.ts';
import { encodeName } from '../site-paths.ts';
import type { LookUps } from './look-ups.ts';
import { payloadCode } from './payload-code.ts';
import { codeWord, fromService, lineComment, memberOf, payloadTypeOf, snippetCode, userFile } from './snippet-text.ts';

/** Code that calls the functions of other services directly: one snippet each. */
export function callSnippets(lookUps: LookUps, service: ServiceModel): readonly Snippet[] {
  return (service.calls ?? []).map((call) => ({
    anchor: `call-${encodeName(call.operation)}`,
    title: `Call ${codeWord(call.consumer)} directly`,
    language: 'ts',
    file: userFile(service, 'call', call.operation),
    code: callCode(lookUps, service, call),
  }));
}

function callCode(lookUps: LookUps, service: ServiceModel, { operation, methodName, event, reply }: CallModel): string {
  const { factoryName } = callsNames(service.wiring.name);
  const imports = collectImports(userFile(service, 'call', operation), ['calls', 'payload', 'answer']);
  const factory = imports.use(fromService(service).value(factoryName));
  const message = lookUps.message(lookUps.event(event).message);
  const payload = payloadCode(message, () => imports.use(payloadTypeOf(message)), message.examples);
  const call = `await ${memberOf('calls', methodName)}(${payload.expression});`;
  return snippetCode(imports, [
    `const calls = ${factory}();`,
    payload.declaration,
    reply === undefined
      ? `// The function has the event then; it is not waited for.\n${call}`
      : `const answer = ${call}\n${lineComment(`The answer is a valid ${reply.name}.`)}`,
  ]);
}
