import type { FirehoseDelivery, Subscriber } from '@eventloom/engine';
import { inertJsonText } from '../inert-json.ts';
import { pointerParts } from './json-path.ts';

/** How Firehose sorts events into folders. */
export interface Partitions {
  /** Folders of an object's name, in the language of Firehose. */
  readonly prefix: string;
  /** What jq takes out of each event; null when nothing of the payload makes a folder. */
  readonly query: string | null;
}

/** Folders of the day, as Hive and Athena read them. */
const day = 'year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/';

/**
 * Returns the folders of a subscriber: the event, what the spec takes from the payload, and the day of arrival:
 * `OrderPlaced/market=eu/year=2026/month=11/day=27/`. Where several events meet and no part of the payload makes a folder,
 * the name of the consumer stands for the event, since Firehose would charge for looking into each.
 * (https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-partitioning-keys.html)
 */
export function partitionsOf(subscriber: Subscriber, { partitions }: FirehoseDelivery): Partitions {
  const names = namesOf(subscriber);
  const byEvent = partitions.length > 0 && names.length > 1 && carriesName(subscriber);
  const [onlyName] = names.length === 1 ? names : [subscriber.consumer];
  const event = byEvent ? '!{partitionKeyFromQuery:event}' : literal(onlyName ?? subscriber.consumer);
  const keys = partitions.map((pointer, index) => ({ id: `p${index + 1}`, label: labelOf(pointer), pointer }));
  const folders = keys.map(({ id, label }) => `${label}=!{partitionKeyFromQuery:${id}}/`);
  const fields = keys.map(({ id, pointer }) => `${id}: ${folderText(valueAt(subscriber, pointer))}`);
  const named = byEvent ? [`event: ${folderText('.["detail-type"]')}`] : [];
  return {
    prefix: `${event}/${folders.join('')}${day}`,
    query: keys.length === 0 ? null : `{${[...named, ...fields].join(', ')}}`,
  };
}

function namesOf({ routes }: Subscriber): readonly string[] {
  return [...new Set(routes.flatMap(({ events }) => events.map(({ name }) => name)))].sort();
}

/** The envelope of a bus carries the name of the event; of a topic's message only the body reaches Firehose. */
function carriesName({ routes }: Subscriber): boolean {
  return routes.every(({ kind }) => kind !== 'sns');
}

/** Nothing that Firehose, S3 or CloudFormation would read as more than a name. */
function literal(name: string): string {
  return encodeURIComponent(name).replaceAll('!', '%21');
}

function labelOf(pointer: string): string {
  return literal(pointerParts(pointer).join('.'));
}

/** A jq expression for a part of the payload: null where it is missing. */
function valueAt({ routes }: Subscriber, pointer: string): string {
  const path = pointerParts(pointer).map((part) => (/^(0|[1-9]\d*)$/.test(part) ? Number(part) : part));
  return `${payloadOf(routes)} | try getpath(${inertJsonText(path)}) catch null`;
}

function payloadOf(routes: Subscriber['routes']): string {
  const inEnvelope = new Set(routes.map(({ kind }) => kind !== 'sns'));
  if (inEnvelope.size > 1) return '(if has("detail-type") and has("detail") then .detail else . end)';
  return inEnvelope.has(true) ? '.detail' : '.';
}

/** Any value as the name of one folder; Firehose refuses an event whose folder has no name. */
function folderText(value: string): string {
  return `(${value} | if . == null or . == "" then "none" else tostring | @uri end)`;
}
