import type { EventReference } from '../model/event-model.ts';
import type { EmitContext } from './emit-context.ts';
import { headersType, payloadType, validator } from './event-symbols.ts';
import { type Imports, typeFrom, valueFrom } from './print/imports.ts';
import { type CodeValue, code, record } from './print/json-value.ts';
import { literal } from './print/literal.ts';

/** Package that generated code imports. */
export const runtime = '@eventloom/runtime';

/** What sends to each kind of destination, as the runtime names it. */
const transports = { bus: 'toBus', topic: 'toTopic', queue: 'toQueue' } as const;

/** Spells the runtime's definition of an event that is published (`PublishedEventDefinition`). */
export function publishedEventDefinition(context: EmitContext, imports: Imports, reference: EventReference): CodeValue {
  const validate = code(imports.use(validator(context.message(context.event(reference).message))));
  return eventDefinition(context, imports, reference, validate);
}

/** The same for an event that was validated when it was written to an outbox (`RelayedEventDefinition`). */
export function relayedEventDefinition(context: EmitContext, imports: Imports, reference: EventReference): CodeValue {
  return eventDefinition(context, imports, reference, undefined);
}

function eventDefinition(
  context: EmitContext,
  imports: Imports,
  reference: EventReference,
  validate: CodeValue | undefined,
): CodeValue {
  const event = context.event(reference);
  const { kind, environmentVariable } = context.destination(event.destination);
  const message = context.message(event.message);
  const headers = kind === 'bus' ? [] : message.headers;
  return record({
    name: event.name,
    source: event.source,
    validate,
    destination: record({ transport: code(imports.use(valueFrom(runtime, transports[kind]))), environmentVariable }),
    headers: headers.map(({ name, attributeType, required }) => record({ name, attributeType, required })),
    ordering: event.ordering?.key,
    fairness: event.fairness?.key,
    maximumBytes: event.maximumBytes,
    claimCheck: event.claimCheck && record({ aboveBytes: event.claimCheck.aboveBytes, keep: event.claimCheck.keep }),
    correlation: message.correlation === null ? undefined : record({ ...message.correlation }),
  });
}

/** Spells the parameters of a method that publishes or writes an event: payload and options. */
export function publishParameters(
  context: EmitContext,
  imports: Imports,
  reference: EventReference,
  {
    options = 'PublishOptions',
    extraOption = '',
  }: { readonly options?: OptionsType | undefined; readonly extraOption?: string } = {},
): string[] {
  const event = context.event(reference);
  const payload = imports.use(payloadType(context.message(event.message)));
  const { type, required } = optionsOf(context, imports, reference, options);
  const optional = required || extraOption !== '' ? '' : '?';
  return [`payload: ${payload}`, `options${optional}: ${type}${extraOption === '' ? '' : ` & ${extraOption}`}`];
}

/** Spells an event among many: name, source, payload and options. The source tells apart events of one name. */
export function givenEvent(
  context: EmitContext,
  imports: Imports,
  reference: EventReference,
  { isOnlyOfName, indent }: { readonly isOnlyOfName: boolean; readonly indent: string },
): string {
  const payload = imports.use(payloadType(context.message(context.event(reference).message)));
  const source = literal(reference.source);
  const fields = [
    `readonly name: ${literal(reference.name)};`,
    isOnlyOfName ? `readonly source?: ${source} | undefined;` : `readonly source: ${source};`,
    `readonly payload: ${payload};`,
  ];
  const { type } = optionsOf(context, imports, reference, 'EventOptions');
  return `{\n${fields.map((field) => `${indent}  ${field}\n`).join('')}${indent}} & ${type}`;
}

/** What the runtime names options: those of one event, or of a call that publishes one. */
type OptionsType = 'EventOptions' | 'PublishOptions';

/** The type of the options, and whether there is one that the caller must give. */
function optionsOf(
  context: EmitContext,
  imports: Imports,
  reference: EventReference,
  name: OptionsType,
): { readonly type: string; readonly required: boolean } {
  const event = context.event(reference);
  const destination = context.destination(event.destination);
  const options = imports.use(typeFrom(runtime, name));
  if (destination.kind === 'bus') return { type: options, required: false };
  const message = context.message(event.message);
  const group = destination.fifo && event.ordering === null ? ' & { readonly groupId: string }' : '';
  if (message.headers.length === 0) return { type: `${options}${group}`, required: group !== '' };
  const headers = imports.use(headersType(message));
  const missing = message.headers.filter((field) => field.required && !field.alwaysInPayload);
  const names = missing.map((field) => literal(field.name)).join(' | ');
  const needed = missing.length === 0 ? '' : ` & { readonly headers: Pick<${headers}, ${names}> }`;
  return { type: `${options}<${headers}>${needed}${group}`, required: needed !== '' || group !== '' };
}

/** Says in words where an event is sent, for doc comments. */
export function publishNote(context: EmitContext, reference: EventReference): string {
  const destination = context.destination(context.event(reference).destination);
  return `Sends \`${reference.name}\` from \`${reference.source}\` to ${destination.kind} \`${destination.name}\`.`;
}
