import type { CallModel, ReplyModel, ServiceModel } from '../model/event-model.ts';
import { callsNames } from '../model/names.ts';
import type { EmitContext } from './emit-context.ts';
import { payloadType, validator } from './event-symbols.ts';
import type { GeneratedFile } from './generated-file.ts';
import { servicePath } from './output-paths.ts';
import { constant, functionDeclaration, interfaceDeclaration, methodSignature } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { collectImports, type Imports, typeFrom, valueFrom } from './print/imports.ts';
import { type CodeValue, code, codeValue, record } from './print/json-value.ts';
import { literal } from './print/literal.ts';
import { propertyKey } from './print/property-key.ts';
import { runtime } from './published-event.ts';

/** Emits the direct calls of a service, or nothing when no `x-callers` names it. */
export function emitCalls(context: EmitContext, service: ServiceModel): GeneratedFile[] {
  const { calls } = service;
  if (calls === undefined) return [];
  const { name } = service.wiring;
  const { factoryName, typeName } = callsNames(name);
  const path = servicePath(service, 'calls.ts');
  const imports = collectImports(path, [factoryName, typeName, 'definition']);
  const methods = interfaceDeclaration({
    comment: comment(`Calls the functions of other services that service \`${name}\` may call directly.`),
    exported: true,
    name: typeName,
    members: calls.map((call, index) => `${index === 0 ? '' : '\n'}${method(context, imports, call)}`),
  });
  const factory = functionDeclaration({
    comment: comment(`Makes the direct calls of service \`${name}\`. It finds the functions in the environment.`),
    exported: true,
    name: factoryName,
    parameters: [`options?: ${imports.use(typeFrom(runtime, 'PublisherOptions'))}`],
    returnType: typeName,
    result: `${imports.use(valueFrom(runtime, 'createCalls'))}<${typeName}>(definition, options)`,
  });
  const definition = constant({
    comment: '',
    exported: false,
    name: 'definition',
    type: imports.use(typeFrom(runtime, 'CallsDefinition')),
    value: codeValue(
      record({
        service: name,
        calls: new Map(calls.map((call) => [call.methodName, callDefinition(context, imports, call)])),
      }),
    ),
  });
  return [
    context.file(`service:${name}`, {
      path,
      imports: imports.statements(),
      declarations: [methods, factory, definition],
    }),
  ];
}

function method(
  context: EmitContext,
  imports: Imports,
  { methodName, doc, event, consumer, reply }: CallModel,
): string {
  const payload = imports.use(payloadType(context.message(context.event(event).message)));
  const answer = reply === undefined ? 'void' : imports.use(payloadType(context.message(reply.message)));
  const note =
    reply === undefined
      ? `Hands \`${event.name}\` over to \`${consumer}\`.`
      : `Asks \`${consumer}\` with \`${event.name}\`, which answers \`${reply.name}\`.`;
  return methodSignature(propertyKey(methodName), {
    comment: docComment(doc, { notes: [note], indent: '' }),
    parameters: [`payload: ${payload}`, `options?: ${imports.use(typeFrom(runtime, 'CallOptions'))}`],
    returnType: `Promise<${answer}>`,
  });
}

function callDefinition(
  context: EmitContext,
  imports: Imports,
  { event, reply, environmentVariable }: CallModel,
): CodeValue {
  return record({
    event: record({
      name: event.name,
      source: event.source,
      validate: code(imports.use(validator(context.message(context.event(event).message)))),
    }),
    environmentVariable,
    reply: reply === undefined ? undefined : code(replyDefinition(context, imports, reply)),
  });
}

/** Spells what a function answers (`ReplyDefinition`), on one line. */
export function replyDefinition(
  context: EmitContext,
  imports: Imports,
  { name, message }: Pick<ReplyModel, 'name' | 'message'>,
): string {
  return `{ name: ${literal(name)}, validate: ${imports.use(validator(context.message(message)))} }`;
}

function comment(description: string): string {
  return docComment({ ...noDoc, description });
}
