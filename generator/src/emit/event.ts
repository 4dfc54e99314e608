import type { MessageType } from '../model/event-model.ts';
import type { Doc, TypeExpression } from '../model/type-expression.ts';
import type { EmitContext } from './emit-context.ts';
import { guardName, headersTypeName, payloadSchemaName, validator } from './event-symbols.ts';
import type { GeneratedFile } from './generated-file.ts';
import { eventPath, validatorPath } from './output-paths.ts';
import { functionDeclaration, typeAlias } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { collectImports } from './print/imports.ts';
import { printType } from './print/type-expression.ts';

/** Emits an event's types and type guard. */
export function emitEvent(context: EmitContext, message: MessageType): GeneratedFile {
  const path = eventPath(message);
  const types = [...payloadTypes(context, message), ...headerTypes(message)];
  const imports = collectImports(path, [...message.types.map((type) => type.name), headersTypeName(message)]);
  const guard = functionDeclaration({
    comment: docComment({ ...noDoc, description: `Tells whether \`value\` is a valid \`${message.typeName}\`.` }),
    exported: true,
    name: guardName(message),
    parameters: ['value: unknown'],
    returnType: `value is ${message.typeName}`,
    result: `${imports.use(validator(message))}(value)`,
  });
  return context.file(`event:${message.fileName}`, {
    path,
    imports: imports.statements(),
    reExports: [{ kind: 'names', file: validatorPath(message), names: [payloadSchemaName(message)], typeOnly: false }],
    declarations: [...types, guard],
  });
}

/** Names that the event's file exports: types first, then values. */
export function eventExports(message: MessageType): {
  readonly types: readonly string[];
  readonly values: readonly string[];
} {
  const headers = message.headers.length > 0 ? [headersTypeName(message)] : [];
  return {
    types: [...message.types.map((type) => type.name), ...headers],
    values: [guardName(message), payloadSchemaName(message)],
  };
}

function payloadTypes(context: EmitContext, message: MessageType): string[] {
  return message.types.map((named, index) =>
    typeAlias({
      comment:
        index === 0
          ? docComment(together(message.doc, named.doc), { notes: notes(context, message) })
          : docComment(named.doc),
      exported: true,
      name: named.name,
      type: printType(named.type, { column: aliasColumn(named.name) }),
    }),
  );
}

function headerTypes(message: MessageType): string[] {
  if (message.headers.length === 0) return [];
  const type: TypeExpression = {
    kind: 'object',
    index: null,
    isClosed: false,
    properties: message.headers.map(({ name, type, required }) => ({ name, type, required, doc: noDoc })),
  };
  const description = `Headers of \`${message.typeName}\`, which SNS and SQS carry as message attributes.`;
  return [
    typeAlias({
      comment: docComment({ ...noDoc, description }),
      exported: true,
      name: headersTypeName(message),
      type: printType(type, { column: aliasColumn(headersTypeName(message)) }),
    }),
  ];
}

/** The message speaks first, then its payload's schema; what both say stands once. */
function together(message: Doc, payload: Doc): Doc {
  const descriptions = new Set([message.description, payload.description].filter((text) => text !== null));
  return {
    description: descriptions.size === 0 ? null : [...descriptions].join('\n\n'),
    facts: [...new Set([...message.facts, ...payload.facts])],
    examples: [...new Set([...message.examples, ...payload.examples])],
    deprecated: message.deprecated === false ? payload.deprecated : message.deprecated,
  };
}

function notes({ model }: EmitContext, message: MessageType): string[] {
  const channels = model.catalog.events
    .filter((event) => event.message === message.typeName)
    .map((event) => `channel \`${event.channel}\` (\`${event.source}\`)`);
  const where = channels.length === 0 ? '' : `, published on ${channels.join(', ')}`;
  return [`Message \`${message.name}\` of \`${message.reference}\`${where}.`];
}

/** Columns that an alias takes beside its type. */
function aliasColumn(name: string): number {
  return `export type ${name} = ;`.length;
}
