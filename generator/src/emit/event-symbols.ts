import type { MessageType } from '../model/event-model.ts';
import { schemaName } from '../model/names.ts';
import { eventPath, validatorPath } from './output-paths.ts';
import { type ImportedSymbol, typeFrom, valueFrom } from './print/imports.ts';

/** What other files may import of an event. */

/** The payload's type, or one of the types it is made of. */
export function payloadType(message: MessageType, name: string = message.typeName): ImportedSymbol {
  return typeFrom(`/${eventPath(message)}`, name);
}

/** The type of the message's headers. */
export function headersType(message: MessageType): ImportedSymbol {
  return typeFrom(`/${eventPath(message)}`, headersTypeName(message));
}

/** The payload's validator. */
export function validator(message: MessageType): ImportedSymbol {
  return valueFrom(`/${validatorPath(message)}`, `validate${message.typeName}`);
}

/** The constant that holds the payload's schema. It stands beside the validator, whose file need not be compiled. */
export function payloadSchema(message: MessageType): ImportedSymbol {
  return valueFrom(`/${validatorPath(message)}`, payloadSchemaName(message));
}

/** Name of the schema's constant: a part of a payload `3d` may have taken the first choice. */
export function payloadSchemaName(message: MessageType): string {
  const name = schemaName(message.typeName);
  return message.types.some((type) => type.name === name) ? `${name}$1` : name;
}

/** Name of the type guard. */
export function guardName(message: MessageType): string {
  return `is${message.typeName}`;
}

/** Name of the headers' type: a property `headers` of the payload may have taken the first choice. */
export function headersTypeName(message: MessageType): string {
  const taken = new Set(message.types.map((type) => type.name));
  const names = [`${message.typeName}Headers`, `${message.typeName}MessageHeaders`];
  return names.find((name) => !taken.has(name)) ?? `${message.typeName}Headers$1`;
}
