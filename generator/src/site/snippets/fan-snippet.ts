import { literal } from '../../emit/print/literal.ts';
import {
  eventTypeName,
  type HandlerDraft,
  handlerConstant,
  makerName,
  makers,
  receivedField,
} from './handler-parts.ts';

/** The blocks of a handler that splits events: it makes a payload of each element. */
export function splitCode(draft: HandlerDraft): readonly string[] {
  const { consumer, lookUps } = draft;
  const [emitted] = consumer.wiring.emits;
  const [received] = consumer.receives;
  if (emitted === undefined || received === undefined) return [];
  const maker = makerName(lookUps.message(lookUps.event(emitted).message));
  const isOne = consumer.receives.length === 1;
  const entry = isOne ? `${receivedField(draft, received, 'event.payload')}, index` : 'index';
  const handle =
    `(element, { event, index, log }) => {\n  log.info(${literal(received.name)}, { ${entry} });\n` +
    `  return ${maker}(element, event);\n}`;
  return [
    makers(draft, ['element: unknown', `event: ${eventTypeName(draft)}`]),
    `// Called for each element; what it returns is published, and null leaves it out.\n${handlerConstant(draft, consumer.factoryName, handle)}`,
  ];
}

/** The blocks of a handler that gathers what was split. */
export function gatherCode(draft: HandlerDraft): readonly string[] {
  const { consumer } = draft;
  const [received] = consumer.receives;
  if (received === undefined) return [];
  const entry = receivedField(draft, received, 'first.payload');
  const handle =
    '(parts, { log }) => {\n  const [first] = parts;\n' +
    `  if (first !== undefined) log.info(${literal(received.name)}, { count: parts.length, ${entry} });\n}`;
  return [`// Called once, with all parts in their order.\n${handlerConstant(draft, consumer.factoryName, handle)}`];
}
