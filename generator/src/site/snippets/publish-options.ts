import type { JsonValue } from '@eventloom/engine';
import { type CodeValue, codeValue, fromJson } from '../../emit/print/json-value.ts';
import type { EventReference } from '../../model/event-model.ts';
import { fitsType } from './fits-type.ts';
import type { LookUps } from './look-ups.ts';
import { sampleOf } from './sample-of-type.ts';
import { lineComment } from './snippet-text.ts';

/**
 * Spells the options that a caller has to give with an event: headers that the payload does not fill, a message group,
 * and the source where the name alone does not tell. Empty when there are none, null when no value for one is known.
 */
export function requiredOptions(lookUps: LookUps, reference: EventReference, source: string | null): string | null {
  const event = lookUps.event(reference);
  const destination = lookUps.destination(event.destination);
  const options = new Map<string, CodeValue>(source === null ? [] : [['source', source]]);
  if (destination.kind !== 'bus') {
    const { headers } = lookUps.message(event.message);
    const missing = headers.filter(({ required, alwaysInPayload }) => required && !alwaysInPayload);
    const values = missing.map(({ name, type }) => [name, type, sampleOf(type)] as const);
    if (values.some(([, type, value]) => value === undefined || !fitsType(value, type, new Map()))) return null;
    const given = new Map(values.map(([name, , value]) => [name, fromJson(value as JsonValue)]));
    if (given.size > 0) options.set('headers', given);
    if (destination.fifo && event.ordering === null) options.set('groupId', 'one-group');
  }
  return options.size === 0 ? '' : codeValue(options, { column: 40 });
}

/** Says in a comment which message attributes go with an event of a topic or a queue; empty without any. */
export function attributesComment(lookUps: LookUps, reference: EventReference): string {
  const event = lookUps.event(reference);
  const { headers } = lookUps.message(event.message);
  if (lookUps.destination(event.destination).kind === 'bus' || headers.length === 0) return '';
  const names = headers.map(({ name, inPayload }) => (inPayload ? `${name} (from the payload)` : name));
  return lineComment(`Sent as message attributes too, by the option \`headers\`: ${names.join(', ')}`);
}
