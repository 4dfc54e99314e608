import { type JsonValue, limits, putEventsEntryBytes } from '@eventloom/engine';
import { nextUuid } from '../random.ts';
import { type BusEntry, putEvent } from '../state/bus.ts';
import type { World } from '../state/world.ts';
import { authorizePutEvents } from './access.ts';
import { AwsError } from './aws-error.ts';
import type { WireCall, WireInput } from './call.ts';
import { optionalNumber, optionalText, structures, text, texts } from './input.ts';

/** Answers a call of EventBridge. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html */
export function callEvents(world: World, call: WireCall): unknown {
  switch (call.operation) {
    case 'PutEvents':
      return putEvents(world, call);
    case 'DescribeEventBus':
      return describeEventBus(world, call.input);
    default:
      throw new AwsError('UnknownOperationException', `The local EventBridge has no operation ${call.operation}`);
  }
}

interface Entry {
  readonly bus: string;
  readonly source: string | null;
  readonly detailType: string | null;
  readonly detail: string | null;
  /** Seconds since the epoch. */
  readonly time: number | null;
  readonly resources: readonly string[];
  readonly traceHeader: string | null;
}

function putEvents(world: World, { input, caller }: WireCall): unknown {
  const entries = structures(input, 'Entries').map(readEntry);
  checkRequest(entries);
  for (const { bus, source, detailType } of entries) {
    authorizePutEvents(world, caller, { bus, source: source ?? '', detailType: detailType ?? '' });
  }
  const results = entries.map((entry) => putEntry(world, entry, caller));
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

function readEntry(input: WireInput): Entry {
  return {
    bus: busNameOf(optionalText(input, 'EventBusName') ?? 'default'),
    source: optionalText(input, 'Source'),
    detailType: optionalText(input, 'DetailType'),
    detail: optionalText(input, 'Detail'),
    time: optionalNumber(input, 'Time'),
    resources: texts(input, 'Resources'),
    traceHeader: optionalText(input, 'TraceHeader'),
  };
}

/** A bus is named by its name or by its ARN. */
function busNameOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;
}

function checkRequest(entries: readonly Entry[]): void {
  const most = limits.putEventsEntries.value;
  if (entries.length === 0 || entries.length > most) {
    throw validation(
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ` +
        (entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${most}`),
    );
  }
  for (const { resources, traceHeader } of entries) {
    for (const resource of resources) checkLength('resources', resource, limits.eventResourceCharacters.value);
    if (traceHeader !== null) checkLength('traceHeader', traceHeader, limits.traceHeaderCharacters.value);
  }
  if (entries.every(({ source, detailType, detail }) => !source || !detailType || !detail)) {
    throw validation('No entry has a Source, a DetailType and a Detail');
  }
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes >= limits.putEventsRequestBytes.value) {
    throw validation('Total size of the entries in the request is over the limit.');
  }
}

/** A resource may be empty. */
function checkLength(field: 'resources' | 'traceHeader', text: string, most: number): void {
  const isEmpty = text === '' && field === 'traceHeader';
  if (!isEmpty && text.length <= most) return;
  throw validation(
    `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member '${field}' must have length ` +
      (isEmpty ? 'greater than or equal to 1' : `less than or equal to ${most}`),
  );
}

function entryBytes({ time, source, detailType, detail, resources }: Entry): number {
  return putEventsEntryBytes({
    Time: time,
    Source: source ?? '',
    DetailType: detailType ?? '',
    Detail: detail ?? '',
    Resources: resources,
  });
}

/** An entry that EventBridge does not take. */
interface Refusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

type EntryResult = { readonly EventId: string } | Refusal;

function putEntry(world: World, entry: Entry, caller: WireCall['caller']): EntryResult {
  const checked = checkEntry(entry);
  if ('ErrorCode' in checked) return checked;
  const bus = world.buses.get(entry.bus);
  if (bus !== undefined) return { EventId: putEvent(world, bus, checked, caller) };
  // AWS answers with an id although nobody will see the event.
  const reason = `there is no event bus ${entry.bus}: ${checked.detailType} of ${checked.source} reaches nobody`;
  world.journal.add(world.scheduler.now(), { kind: 'discarded', destination: entry.bus, reason });
  return { EventId: nextUuid(world.random) };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
function checkEntry({ source, detailType, detail, time, resources, traceHeader }: Entry): BusEntry | Refusal {
  if (!source) return required('Source');
  if (!detailType) return required('DetailType');
  if (!detail) return required('Detail');
  if (source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (detailType.length > limits.detailTypeCharacters.value) {
    return invalid('DetailType', `DetailType is longer than ${limits.detailTypeCharacters.value} characters.`);
  }
  const parsed = parseObject(detail);
  if (parsed === null) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const milliseconds = time === null ? null : time * 1000;
  return { source, detailType, detail: parsed, time: milliseconds, resources, traceHeader };
}

function parseObject(json: string): JsonValue | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonValue) : null;
  } catch {
    return null;
  }
}

function required(parameter: string): Refusal {
  return invalid(parameter, `${parameter} is a required argument.`);
}

function invalid(parameter: string, reason: string): Refusal {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}` };
}

function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function describeEventBus(world: World, input: WireInput): unknown {
  const name = busNameOf(text(input, 'Name') || 'default');
  const bus = world.buses.get(name);
  if (bus === undefined) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  return { Name: bus.name, Arn: bus.arn };
}
