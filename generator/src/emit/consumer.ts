import type { EventPattern } from '@eventloom/engine';
import type { ConsumerModel, CorrelationLocation, ReceivedEvent, ServiceModel } from '../model/event-model.ts';
import { type Draft, factories } from './consumer-factory.ts';
import { batchFactoryName, contextType, handlingFields, isFedByBus, takesBatches } from './consumer-handling.ts';
import type { EmitContext } from './emit-context.ts';
import { validator } from './event-symbols.ts';
import { emittedType, eventType, imported } from './event-types.ts';
import type { GeneratedFile } from './generated-file.ts';
import { receiverPath } from './output-paths.ts';
import { constant, interfaceDeclaration, methodSignature, typeAlias } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { collectImports, type Imports, typeFrom, valueFrom } from './print/imports.ts';
import { type CodeValue, code, codeValue, jsonValue, record } from './print/json-value.ts';
import { literal } from './print/literal.ts';
import { printType } from './print/type-expression.ts';
import { publishedEventDefinition, publishNote, publishParameters, runtime } from './published-event.ts';

/** Emits the handler factory and the types of a consumer. */
export function emitConsumer(context: EmitContext, service: ServiceModel, consumer: ConsumerModel): GeneratedFile {
  const path = receiverPath(service, consumer);
  const { typeName, factoryName } = consumer;
  const names = {
    event: `${typeName}Event`,
    context: `${typeName}Context`,
    emitted: `${typeName}Emitted`,
    publish: `${typeName}Publish`,
  };
  const narrowed = consumer.receives.flatMap(({ narrowing }) => narrowing?.typeName ?? []);
  const imports = collectImports(path, [
    ...Object.values(names),
    ...narrowed,
    factoryName,
    ...(takesBatches(consumer) ? [batchFactoryName(consumer)] : []),
    'definition',
    ...filterNames(filtersOf(consumer).length),
  ]);
  const draft: Draft = { context, imports, consumer, names };
  const declarations = [
    eventType(draft),
    ...consumer.receives.flatMap((event) => narrowedType(draft, event)),
    typeAlias({
      comment: comment(`What \`${consumer.wiring.key}\` knows beside the event.`),
      exported: true,
      name: names.context,
      type: contextType(consumer, names, imports),
    }),
    ...emittedType(draft),
    ...publishType(draft),
    ...factories(draft),
    ...handlerFilters(draft),
    definition(draft),
  ];
  return context.file(`consumer:${consumer.wiring.key}`, { path, imports: imports.statements(), declarations });
}

/** The declaration of what the filter lets through. */
function narrowedType({ context, imports, consumer }: Draft, event: ReceivedEvent): string[] {
  const { name, message, narrowing } = event;
  if (narrowing === null || narrowing.typeName === null) return [];
  const { typeName, type } = narrowing;
  return [
    typeAlias({
      comment: comment(`\`${name}\` as the filter of \`${consumer.wiring.key}\` lets it through.`),
      exported: true,
      name: typeName,
      type: printType(imported(type, context.message(message), imports), {
        column: `export type ${typeName} = ;`.length,
      }),
    }),
  ];
}

/** One call signature for each event that the consumer emits; where one name has two sources, the caller names one. */
function publishType({ context, imports, consumer, names }: Draft): string[] {
  const { emits, key } = consumer.wiring;
  if (emits.length === 0 || consumer.wiring.split !== undefined) return [];
  const returnType = `Promise<${imports.use(typeFrom(runtime, 'PublishedEvent'))}>`;
  const members = emits.map((event) => {
    const ambiguous = emits.filter((other) => other.name === event.name).length > 1;
    const extraOption = ambiguous ? `{ readonly source: ${literal(event.source)} }` : '';
    return methodSignature('', {
      comment: comment(publishNote(context, event)),
      parameters: [`name: ${literal(event.name)}`, ...publishParameters(context, imports, event, { extraOption })],
      returnType,
    });
  });
  return [
    interfaceDeclaration({
      comment: comment(`Publishes what \`${key}\` emits.`),
      exported: true,
      name: names.publish,
      members,
    }),
  ];
}

/** The filters that the handler evaluates itself. They come before the definition, which makes its tests of them. */
function handlerFilters({ imports, consumer }: Draft): string[] {
  return filtersOf(consumer).map((filter, index, { length }) => {
    const type = imports.use(typeFrom(runtime, 'EventPattern'));
    const name = filterNames(length)[index] ?? '';
    return constant({
      comment: comment('What is wanted; the route lets more through.'),
      exported: false,
      name,
      type,
      value: jsonValue(filter, { column: `const ${name}: ${type} = `.length }),
    });
  });
}

/** Each once, however many events it is for. */
function filtersOf({ receives }: ConsumerModel): readonly EventPattern[] {
  const filters = receives.flatMap(({ handlerFilter }) => (handlerFilter === undefined ? [] : [handlerFilter]));
  return [...new Map(filters.map((filter) => [JSON.stringify(filter), filter])).values()];
}

function filterNames(count: number): readonly string[] {
  return count === 1 ? ['filter'] : Array.from({ length: count }, (_, index) => `filter${index + 1}`);
}

/** The test of an event's filter. Marked pure, so that a bundle without the consumer carries neither. */
function matches(imports: Imports, consumer: ConsumerModel, { handlerFilter }: ReceivedEvent): CodeValue | undefined {
  if (handlerFilter === undefined) return undefined;
  const filters = filtersOf(consumer).map((filter) => JSON.stringify(filter));
  const name = filterNames(filters.length)[filters.indexOf(JSON.stringify(handlerFilter))] ?? '';
  return code(`/* @__PURE__ */ ${imports.use(valueFrom(runtime, 'matching'))}(${name})`);
}

function definition({ context, imports, consumer }: Draft): string {
  const { key, service, consumer: name, delivery, emits } = consumer.wiring;
  const type = isFedByBus(consumer) ? 'BusConsumerDefinition' : 'ConsumerDefinition';
  const kinds = [...new Set(consumer.wiring.routes.map((route) => route.kind))].sort();
  return constant({
    comment: '',
    exported: false,
    name: 'definition',
    type: `${imports.use(typeFrom(runtime, type))}<${literal(key)}>`,
    value: codeValue(
      record({
        key,
        service,
        consumer: name,
        onInvalid: delivery.onInvalid === 'deadLetter' ? undefined : delivery.onInvalid,
        fifo: delivery.type === 'queue' && delivery.fifo ? true : undefined,
        routes: kinds,
        receives: consumer.receives.map((event) => receivedDefinition({ context, imports, consumer }, event, kinds)),
        emits: emits.map((event) => publishedEventDefinition(context, imports, event)),
        ...handlingFields(consumer.wiring),
      }),
    ),
  });
}

function receivedDefinition(
  { context, imports, consumer }: Omit<Draft, 'names'>,
  event: ReceivedEvent,
  kinds: readonly string[],
): CodeValue {
  const route = consumer.wiring.routes.find(({ events }) =>
    events.some(({ name, source }) => name === event.name && source === event.source),
  );
  const { correlation } = context.message(event.message);
  return record({
    name: event.name,
    source: event.source,
    validate: code(imports.use(validator(context.message(event.message)))),
    route: kinds.length > 1 ? route?.kind : undefined,
    matches: matches(imports, consumer, event),
    correlation: correlation === null ? undefined : readCorrelation(imports, correlation),
  });
}

/** The reader of a correlation id. Marked pure, so that a bundle without the consumer carries none. */
function readCorrelation(imports: Imports, { in: place, pointer }: CorrelationLocation): CodeValue {
  const reader = place === 'header' ? 'correlationInHeader' : 'correlationInPayload';
  return code(`/* @__PURE__ */ ${imports.use(valueFrom(runtime, reader))}(${literal(pointer)})`);
}

function comment(description: string): string {
  return docComment({ ...noDoc, description });
}
