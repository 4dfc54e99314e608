import type { ReceivedEventDefinition } from '../definitions.ts';
import type { Call } from '../feature.ts';
import type { Attributes, QueueMessage } from '../publish/entry.ts';
import type { Failure } from './dead-letter.ts';
import type { Content } from './envelopes.ts';

/** A type whose fields can be set. */
export type Mutable<Part> = { -readonly [Field in keyof Part]: Part[Field] };

/** One event on its way in. It is a {@link Call} from when it has a `context`: then it was found valid and wanted. */
export interface Delivery extends Pick<Call, 'session' | 'messageId' | 'attempt'>, Partial<Mutable<EventParts>> {
  /** Reads the event. Whatever it throws, another try will not help. */
  readonly open: () => Received;
  /** Milliseconds since 1970, for a message that does not tell its time. */
  readonly sentAt: number;
  readonly traceHeader: string | undefined;
  /** What goes to the dead-letter queue when the event cannot be handled, and in its own way keeps why. */
  readonly deadLetter: (failure: Failure, attributes: Attributes) => DeadLetter;
  /** True once it stands on the dead-letter queue; false when sending it there was not tried. */
  letter?: Promise<true | undefined> | false;
  /** What became of it; undefined as long as it is to come again. */
  outcome?: 'handled' | 'deadLettered';
  /** Why it is to come again; undefined as long as it has not failed. */
  failure?: { readonly error: unknown };
}

type EventParts = Pick<Call, 'event' | 'route' | 'context'>;

/** An event as it came: nothing of it is restored or validated yet. */
export interface Received extends Pick<Call, 'route'> {
  /** What the consumer's definition says of it. */
  readonly type: ReceivedEventDefinition;
  readonly event: Mutable<Call['event']>;
  readonly content: Content;
}

/** A message as it is kept in the dead-letter queue. Its attributes are by default those that say why it is there. */
export type DeadLetter = Pick<QueueMessage, 'MessageBody'> & Partial<Omit<QueueMessage, 'QueueUrl'>>;
