import type { EventReference, MessageType, ReceivedEvent } from '../model/event-model.ts';
import type { TypeExpression } from '../model/type-expression.ts';
import type { Draft } from './consumer-factory.ts';
import type { EmitContext } from './emit-context.ts';
import { payloadType } from './event-symbols.ts';
import { typeAlias } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { type Imports, typeFrom } from './print/imports.ts';
import { literal } from './print/literal.ts';
import { lineWidth } from './print/text.ts';
import { printType } from './print/type-expression.ts';
import { runtime } from './published-event.ts';
import { renameReferences } from './rename-references.ts';

/** The union of the events that a consumer receives. */
export function eventType(draft: Draft): string {
  const { context, imports, names, consumer } = draft;
  const typed = consumer.receives.map((event) => ({ event, payload: receivedPayload(context, imports, event) }));
  return union('ReceivedEvent', typed, { draft, name: names.event, verb: 'receives' });
}

/** Whatever publishes: the handler of a consumer, or a workflow. */
export interface EmitterDraft extends Pick<Draft, 'context' | 'imports'> {
  readonly consumer: { readonly wiring: Pick<Draft['consumer']['wiring'], 'key' | 'emits'> };
  readonly names: { readonly emitted: string };
}

/** The union of the events that its handler may publish, with which the factory marks the handler; none for none. */
export function emittedType(draft: EmitterDraft): string[] {
  const { context, imports, names, consumer } = draft;
  const typed = consumer.wiring.emits.map((event) => {
    const message = context.message(context.event(event).message);
    return { event, payload: { kind: 'reference', name: imports.use(payloadType(message)) } as const };
  });
  return typed.length === 0 ? [] : [union('EmittedEvent', typed, { draft, name: names.emitted, verb: 'emits' })];
}

/** A type in the names by which this file knows the message's types. */
export function imported(type: TypeExpression, message: MessageType, imports: Imports): TypeExpression {
  const declared = new Set(message.types.map((named) => named.name));
  return renameReferences(type, (name) => (declared.has(name) ? imports.use(payloadType(message, name)) : name));
}

interface TypedEvent {
  readonly event: EventReference;
  readonly payload: TypeExpression;
}

interface Alias {
  readonly draft: Pick<EmitterDraft, 'imports' | 'consumer'>;
  readonly name: string;
  readonly verb: string;
}

/** `export type <name> =` a type of the runtime for each event: its name, source and payload. */
function union(
  type: 'ReceivedEvent' | 'EmittedEvent',
  events: readonly TypedEvent[],
  { draft, name, verb }: Alias,
): string {
  const single = events.length === 1;
  const start = `${draft.imports.use(typeFrom(runtime, type))}<`;
  const members = events.map(({ event, payload }) => {
    const parts = [literal(event.name), literal(event.source)];
    return spelled({ name, start, parts, payload, indent: single ? '' : '    ' });
  });
  return typeAlias({
    comment: docComment({ ...noDoc, description: `What \`${draft.consumer.wiring.key}\` ${verb}.` }),
    exported: true,
    name,
    type: single ? members.join('') : members.map((member) => `\n  | ${member}`).join('') || 'never',
  });
}

interface Member {
  readonly name: string;
  readonly start: string;
  readonly parts: readonly string[];
  readonly payload: TypeExpression;
  readonly indent: string;
}

/** On one line where it fits. */
function spelled({ name, start, parts, payload, indent }: Member): string {
  const flat = `${start}${[...parts, printType(payload, { column: 0 }).trimStart()].join(', ')}>`;
  const taken = indent.length + `export type ${name} = ;`.length;
  if (!flat.includes('\n') && taken + flat.length <= lineWidth) return flat;
  const inner = `${indent}  `;
  const lines = [...parts, printType(payload, { indent: inner, column: 0 }).trimStart()];
  return `${start}\n${lines.map((line) => `${inner}${line}`).join(',\n')}\n${indent}>`;
}

/** The payload, by the name that this file gives to what the filter lets through of it. */
function receivedPayload(context: EmitContext, imports: Imports, event: ReceivedEvent): TypeExpression {
  const message = context.message(event.message);
  if (event.narrowing === null) return { kind: 'reference', name: imports.use(payloadType(message)) };
  const { typeName, type } = event.narrowing;
  return typeName === null ? imported(type, message, imports) : { kind: 'reference', name: typeName };
}
