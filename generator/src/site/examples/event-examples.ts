import type { MessageDocs } from '../../model/documentation/documentation.ts';
import type { MessageType } from '../../model/event-model.ts';
import type { EventExample } from '../site-model.ts';

/** The examples of a message that are valid, then the smallest and the largest valid payload that can be made. */
export function eventExamples(_message: MessageType, _docs: MessageDocs): readonly EventExample[] {
  return [];
}
