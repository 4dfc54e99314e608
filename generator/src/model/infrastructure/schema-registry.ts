import { limits, type RegistrySchema } from '@eventloom/engine';
import { toDraft04 } from '../../aws/draft-04/to-draft-04.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { ServerDeclaration } from '../declarations.ts';
import type { EventType, MessageType } from '../event-model.ts';
import { busKey } from '../events.ts';
import { sortBy } from '../order.ts';
import { listOf, quote } from '../wording.ts';

/** What the schemas of a registry are made from. */
interface Catalog {
  readonly messages: readonly MessageType[];
  readonly events: readonly EventType[];
}

/**
 * Returns a schema for each event of a bus, sorted by name; undefined when the bus has no registry. The schema is that
 * of the payload, which is the `detail` of the event.
 */
export function registrySchemas(
  { key, bus }: ServerDeclaration,
  { messages, events }: Catalog,
  problems: Diagnostic[],
): readonly RegistrySchema[] | undefined {
  if (bus === null || bus.schemaRegistry === null) return undefined;
  checkRegistryName(bus.name, bus.schemaRegistry, problems);
  const named = new Map<string, EventType>();
  const schemas = events.flatMap((event): RegistrySchema[] => {
    const message = messages.find(({ typeName }) => typeName === event.message);
    if (event.destination !== busKey(key) || message === undefined) return [];
    const name = schemaName(event);
    const first = named.get(name);
    if (first === undefined) named.set(name, event);
    else problems.push(sameName(name, event, first));
    return first === undefined
      ? [{ name, description: message.doc.description, content: draft04(event, message, problems) }]
      : [];
  });
  return sortBy(schemas, ({ name }) => name);
}

/** `<source>@<name>` as EventBridge names what it discovers: without the characters that a registry does not take. */
function schemaName({ source, name }: EventType): string {
  return `${source}@${name}`.replace(/[^0-9A-Za-z._@-]/g, '');
}

function draft04({ name }: EventType, { payload, origin }: MessageType, problems: Diagnostic[]): string {
  const { schema, lost } = toDraft04(payload);
  if (lost.length > 0) {
    const places = listOf(lost.slice(0, 5).map(({ pointer }) => pointer));
    const more = lost.length > 5 ? ` and ${lost.length - 5} more` : '';
    const message = `The schema of ${quote(name)} in the schema registry accepts more than the spec: draft-04 cannot say ${places}${more}.`;
    problems.push(report('schema-registry-lossy', origin, message));
  }
  const { $schema, ...rest } = schema;
  return JSON.stringify({ $schema, title: name, ...rest });
}

function checkRegistryName(busName: string, origin: Diagnostic['origin'], problems: Diagnostic[]): void {
  const most = limits.registryNameCharacters.value;
  if (busName.length <= most) return;
  const message = `The schema registry is called like the bus, ${quote(busName)}, which has ${busName.length} characters; a registry has at most ${most}.`;
  problems.push(report('physical-name', origin, message, 'Give the bus a shorter name with `x-eventbridge.busName`.'));
}

function sameName(name: string, event: EventType, first: EventType): Diagnostic {
  const text = ({ source, name }: EventType) => `${quote(name)} of ${quote(source)}`;
  const message = `${text(event)} and ${text(first)} would both be ${quote(name)} in the schema registry.`;
  const related = [{ message: 'the other event', origin: first.origin }];
  return report('name-collision', event.origin, message, 'Rename one of them.', related);
}
