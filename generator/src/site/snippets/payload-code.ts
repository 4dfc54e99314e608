import type { JsonValue } from '@eventloom/engine';
import { jsonValue } from '../../emit/print/json-value.ts';
import type { MessageType } from '../../model/event-model.ts';
import { fitsType } from './fits-type.ts';

/** A payload in a snippet. */
export interface PayloadCode {
  /** What stands before its use; empty where it is written in place. */
  readonly declaration: string;
  readonly expression: string;
}

/** Longest payload that a snippet shows, in characters and lines; a longer one is left to the reader. */
const mostCharacters = 2_400;
const mostLines = 40;

/** Columns within which a payload is written in place. */
const inPlace = 60;

/**
 * Spells a payload: the first of the samples that the type surely takes and that is not too long, else a constant
 * without a value.
 * @param useType names the payload's type, where the snippet needs it.
 */
export function payloadCode(message: MessageType, useType: () => string, samples: readonly unknown[]): PayloadCode {
  const names = new Map(message.types.map((named) => [named.name, named.type]));
  const payload = { kind: 'reference', name: message.typeName } as const;
  for (const sample of samples) {
    if (!fitsType(sample, payload, names)) continue;
    const text = jsonValue(sample as JsonValue, { column: 40 });
    if (text.length > mostCharacters || text.split('\n').length > mostLines) continue;
    if (text.length <= inPlace && !text.includes('\n')) return { declaration: '', expression: text };
    return { declaration: `const payload: ${useType()} = ${text};`, expression: 'payload' };
  }
  return { declaration: `declare const payload: ${useType()};`, expression: 'payload' };
}
