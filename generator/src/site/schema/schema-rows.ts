import type { MessageType } from '../../model/event-model.ts';
import type { SchemaRow } from '../site-model.ts';

/** Describes a payload as nested rows. */
export function payloadRow(message: MessageType): SchemaRow {
  return {
    anchor: 'field',
    path: '',
    name: message.name,
    kind: 'field',
    type: 'object',
    required: true,
    deprecated: false,
    description: null,
    constraints: [],
    defaultValue: null,
    unit: null,
    examples: [],
    condition: null,
    sameAs: null,
    children: [],
  };
}

/** Describes the attributes that a message has on topics and queues. */
export function headerRows(_message: MessageType): readonly SchemaRow[] {
  return [];
}
