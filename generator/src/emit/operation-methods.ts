import type { EventReference, ProducerModel } from '../model/event-model.ts';
import type { EmitContext } from './emit-context.ts';
import { methodSignature } from './print/declarations.ts';
import { docComment } from './print/doc-comment.ts';
import type { Imports } from './print/imports.ts';
import { type CodeValue, record } from './print/json-value.ts';
import { literal } from './print/literal.ts';
import { propertyKey } from './print/property-key.ts';
import { publishedEventDefinition, publishParameters } from './published-event.ts';

/** What sets apart the methods of a publisher from those of an outbox. */
export interface MethodOptions {
  readonly returnType: string;
  /** Default: those of a call that publishes at once. */
  readonly options?: 'EventOptions' | undefined;
  /** Says in words what becomes of an event, for doc comments. */
  readonly note: (event: EventReference) => string;
}

/** Spells the methods of `send` operations: one each, or one overload for each event where an operation has several. */
export function operationMethods(
  context: EmitContext,
  imports: Imports,
  producers: readonly ProducerModel[],
  { returnType, options, note }: MethodOptions,
): string[] {
  const methods = producers.flatMap((producer) =>
    producer.events.map((event) =>
      methodSignature(propertyKey(producer.methodName), {
        comment: docComment(producer.doc, { notes: [note(event)], indent: '' }),
        parameters: [
          ...(producer.events.length === 1 ? [] : [`name: ${literal(event.name)}`]),
          ...publishParameters(context, imports, event, { options }),
        ],
        returnType,
      }),
    ),
  );
  return methods.map((method, index) => (index === 0 ? method : `\n${method}`));
}

/** Spells the runtime's definition of a publisher or an outbox (`PublisherDefinition`). */
export function operationsDefinition(
  context: EmitContext,
  imports: Imports,
  { service, producers }: { readonly service: string; readonly producers: readonly ProducerModel[] },
): CodeValue {
  const operations = producers.map(
    ({ methodName, events }) =>
      [methodName, events.map((event) => publishedEventDefinition(context, imports, event))] as const,
  );
  return record({ service, operations: new Map(operations) });
}
