import type { ConsumerModel, ReplyModel } from '../model/event-model.ts';
import type { Doc } from '../model/type-expression.ts';
import { replyDefinition } from './calls.ts';
import {
  batchFactoryName,
  type ConsumerNames,
  elementType,
  featuresOf,
  isFedByBus,
  takesBatches,
} from './consumer-handling.ts';
import type { EmitContext } from './emit-context.ts';
import { payloadType } from './event-symbols.ts';
import { functionDeclaration } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { type Imports, typeFrom, valueFrom } from './print/imports.ts';
import { literal } from './print/literal.ts';
import { lineWidth } from './print/text.ts';
import { runtime } from './published-event.ts';

/** One consumer while its file is put together. */
export interface Draft {
  readonly context: EmitContext;
  readonly imports: Imports;
  readonly consumer: ConsumerModel;
  readonly names: ConsumerNames;
}

/** The factories of a consumer: of the handler of single events, and of that of a whole batch where there is a queue. */
export function factories(draft: Draft): string[] {
  const { consumer } = draft;
  const first = factory(draft, consumer.factoryName, consumer.doc, userFunction(draft));
  if (!takesBatches(consumer)) return [first];
  return [first, factory(draft, batchFactoryName(consumer), noDoc, batchFunction(draft))];
}

/** What a factory takes from the user, and what it makes of it. */
interface UserFunction {
  readonly parameter: string;
  /** The runtime's function that makes the handler. */
  readonly make: string;
  /** What that is given beside definition and features. */
  readonly handle: string;
  readonly note: string;
}

function userFunction(draft: Draft): UserFunction {
  const { context, consumer, imports, names } = draft;
  const { key, delivery, split, gather, emits } = consumer.wiring;
  const queueHandler = isFedByBus(consumer) ? 'busQueueHandler' : 'queueHandler';
  const make = delivery.type === 'queue' ? queueHandler : 'functionHandler';
  const note = `Makes the Lambda handler of \`${key}\`.`;
  const [emitted] = emits;
  if (split !== undefined && emitted !== undefined) {
    const payload = imports.use(payloadType(context.message(context.event(emitted).message)));
    const element = `element: ${elementType(consumer, names, imports)}`;
    return {
      parameter: callback(
        'map',
        [element, `context: ${names.context}`],
        `${payload} | null | Promise<${payload} | null>`,
      ),
      make,
      handle: `${imports.use(valueFrom(runtime, 'splitHandler'))}(map)`,
      note: `${note} \`map\` turns an element into the payload of \`${emitted.name}\`; null leaves it out.`,
    };
  }
  if (gather !== undefined) {
    return {
      parameter: `gather: ${imports.use(typeFrom(runtime, 'GatherFunctions'))}<${names.event}, ${names.context}>`,
      make,
      handle: `${imports.use(valueFrom(runtime, 'gatherHandler'))}(gather)`,
      note: `${note} It is called once with all parts of a split.`,
    };
  }
  const taken = [`event: ${names.event}`, `context: ${names.context}`];
  if (consumer.reply !== undefined) return answeringFunction(draft, consumer.reply, taken);
  return { parameter: callback('handle', taken, nothing), make, handle: 'handle', note };
}

/** Where there are callers that wait, the user's function returns what they are answered. */
function answeringFunction(
  { context, consumer, imports }: Draft,
  { message, name }: ReplyModel,
  taken: readonly string[],
): UserFunction {
  const type = imports.use(payloadType(context.message(message)));
  return {
    parameter: callback('handle', taken, `${type} | Promise<${type}>`),
    make: 'answeringHandler',
    handle: `${replyDefinition(context, imports, { message, name })}, handle`,
    note: `Makes the Lambda handler of \`${consumer.wiring.key}\`. It answers \`${name}\` to ${consumer.wiring.callers?.map((one) => `\`${one}\``).join(', ')}, and a rule nothing.`,
  };
}

function batchFunction({ consumer, imports, names }: Draft): UserFunction {
  const context = `${imports.use(typeFrom(runtime, 'BatchContext'))}<${names.event}, ${names.context}>`;
  return {
    parameter: callback('handle', [`events: readonly ${names.event}[]`, `context: ${context}`], nothing),
    make: 'queueBatchHandler',
    handle: 'handle',
    note: `Makes a Lambda handler of \`${consumer.wiring.key}\` that takes the events of a batch together.`,
  };
}

const nothing = 'void | Promise<void>';

/** A parameter that is a function, on one line where it fits, else with one parameter a line. */
function callback(name: string, parameters: readonly string[], returnType: string): string {
  const flat = `${name}: (${parameters.join(', ')}) => ${returnType}`;
  if ('  ,'.length + flat.length <= lineWidth) return flat;
  return `${name}: (\n${parameters.map((parameter) => `    ${parameter},\n`).join('')}  ) => ${returnType}`;
}

/** A return type with its arguments, on the line that closes the parameters where they fit, else one a line. */
function withArguments(type: string, parts: readonly string[]): string {
  const flat = `${type}<${parts.join(', ')}>`;
  return '):  {'.length + flat.length <= lineWidth
    ? flat
    : `${type}<\n${parts.map((part) => `  ${part}`).join(',\n')}\n>`;
}

function factory(
  { imports, consumer, names }: Draft,
  name: string,
  doc: Doc,
  { parameter, make, handle, note }: UserFunction,
): string {
  const feature = imports.use(typeFrom(runtime, 'Feature'));
  const own = featuresOf(consumer, imports);
  const features = own.length > 0 ? `[${own.join(', ')}, ...features]` : 'features';
  const { key, emits } = consumer.wiring;
  const marks = [literal(key), names.event, ...(emits.length === 0 ? [] : [names.emitted])];
  const handlerType = withArguments(imports.use(typeFrom(runtime, 'LambdaHandler')), marks);
  const notes = consumer.receives.map((event) => `Receives \`${event.name}\` from \`${event.source}\`.`);
  return functionDeclaration({
    comment: docComment(doc, { notes: [note, ...notes] }),
    exported: true,
    name,
    parameters: [parameter, `...features: readonly ${feature}[]`],
    returnType: handlerType,
    result: `${imports.use(valueFrom(runtime, make))}(definition, ${handle}, ${features})`,
  });
}
