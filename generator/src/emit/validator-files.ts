import type { MessageType } from '../model/event-model.ts';
import { withoutTexts } from '../model/schema/without-annotations.ts';
import type { EmitContext } from './emit-context.ts';
import { payloadSchemaName, payloadType, validator } from './event-symbols.ts';
import type { GeneratedFile } from './generated-file.ts';
import { validatorDeclarationsPath, validatorPath } from './output-paths.ts';
import { declarationFile } from './print/declaration-file.ts';
import { header } from './print/header.ts';
import { identifier } from './print/identifier.ts';
import { collectImports, typeFrom } from './print/imports.ts';
import { refuseScriptErrors } from './print/script.ts';
import { runtime } from './published-event.ts';
import { jsonLiteral } from './validator/json-literal.ts';

/** Emits an event's validator and the schema that it was made of: plain JavaScript, and its declarations. */
export function emitValidatorFiles({ model, validator: emit }: EmitContext, message: MessageType): GeneratedFile[] {
  const owner = `event:${message.fileName}`;
  const path = validatorPath(message);
  const content = `${header(model.spec.file)}${emit(message)}\n${schemaConstant(message)}`;
  refuseScriptErrors(path, content);
  return [
    { owner, path, content },
    { owner, path: validatorDeclarationsPath(message), content: declarations(message, model.spec.file) },
  ];
}

function declarations(message: MessageType, specFile: string): string {
  const name = identifier(validator(message).name);
  const schema = identifier(payloadSchemaName(message));
  const imports = collectImports(validatorDeclarationsPath(message), [name, schema]);
  const payload = imports.use(payloadType(message));
  const constants = [
    `export declare const ${schema}: ${imports.use(typeFrom(runtime, 'PayloadSchema'))}<${payload}>;`,
    `export declare const ${name}: ${imports.use(typeFrom(runtime, 'Validator'))}<${payload}>;`,
  ];
  return declarationFile(specFile, imports.statements(), [constants.join('\n')]);
}

/** A literal, so that bundlers leave it out where it is not used. A schema `true` or `false` is spelled as an object. */
function schemaConstant(message: MessageType): string {
  const schema = withoutTexts(message.payload);
  const object = typeof schema === 'object' ? schema : schema ? {} : { not: {} };
  const examples = message.examples.length > 0 && !('examples' in object) ? { examples: message.examples } : {};
  return `export const ${identifier(payloadSchemaName(message))} = ${jsonLiteral({ ...object, ...examples })};\n`;
}
