import type { ConsumerModel, EventReference } from '../../model/event-model.ts';
import { narrowingText } from '../narrowing-text.ts';

/** Characters of a type that a page shows. */
const shownCharacters = 600;

/** The payload that a handler gets of an event, as TypeScript; null for the whole payload, and for a type too long to read. */
export function narrowedType({ receives }: Pick<ConsumerModel, 'receives'>, event: EventReference): string | null {
  const received = receives.find(({ name, source }) => name === event.name && source === event.source);
  if (received === undefined || received.narrowing === null) return null;
  const text = narrowingText(received.narrowing).replace(/^\n/, '');
  return text.length > shownCharacters ? null : text;
}
