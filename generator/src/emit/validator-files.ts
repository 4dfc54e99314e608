import type { MessageType } from '../model/event-model.ts';
import type { EmitContext } from './emit-context.ts';
import { payloadType, validator } from './event-symbols.ts';
import type { GeneratedFile } from './generated-file.ts';
import { validatorDeclarationsPath, validatorPath } from './output-paths.ts';
import { declarationFile } from './print/declaration-file.ts';
import { header } from './print/header.ts';
import { identifier } from './print/identifier.ts';
import { collectImports, typeFrom } from './print/imports.ts';
import { refuseScriptErrors } from './print/script.ts';
import { runtime } from './published-event.ts';

/** Emits an event's validator: plain JavaScript, and its declarations. */
export function emitValidatorFiles({ model, validator: emit }: EmitContext, message: MessageType): GeneratedFile[] {
  const owner = `event:${message.fileName}`;
  const path = validatorPath(message);
  const content = `${header(model.spec.file)}${emit(message)}`;
  refuseScriptErrors(path, content);
  return [
    { owner, path, content },
    { owner, path: validatorDeclarationsPath(message), content: declarations(message, model.spec.file) },
  ];
}

function declarations(message: MessageType, specFile: string): string {
  const name = identifier(validator(message).name);
  const imports = collectImports(validatorDeclarationsPath(message), [name]);
  const type = `${imports.use(typeFrom(runtime, 'Validator'))}<${imports.use(payloadType(message))}>`;
  return declarationFile(specFile, imports.statements(), [`export declare const ${name}: ${type};`]);
}
