import type { EventPart } from '../events.ts';
import type { CallLimits } from './allowance.ts';

/** What a caller may say about one event that is published by itself, and how long that may take. */
export type PublishOptions<Headers = Record<never, never>> = EventOptions<Headers> & CallLimits;

/** What a caller may say about one event. */
export interface EventOptions<Headers = Record<never, never>> {
  /** When the event happened; a valid date. Default: now. EventBridge keeps whole seconds. */
  readonly time?: Date | undefined;
  /**
   * Identity of the event, which its consumers see as `id`; not empty, and on a bus 2,000 characters at most. Default: a
   * random UUID on a topic or queue, the id that EventBridge gives on a bus; one that is given travels over a bus as a
   * resource of the entry.
   */
  readonly id?: string | undefined;
  /**
   * Sent where the message's `correlationId` points to, and as a resource of the entry on a bus. Default: the one of the
   * event being handled.
   */
  readonly correlationId?: string | undefined;
  /** Place among the parts of a split. Default: that of the event being handled. */
  readonly part?: EventPart | undefined;
  /**
   * X-Ray trace header, of 1 to 500 characters, passed on by EventBridge and SQS. Default: that of the event being
   * handled. SNS has no place for it, but passes on that of the request, which the SDK takes from the Lambda function.
   */
  readonly traceHeader?: string | undefined;
  /** Message attributes on a topic or queue. Default for each: the payload's property of the same name. */
  readonly headers?: Partial<Headers> | undefined;
  /**
   * Message group on a FIFO topic or queue: 1 to 128 letters, digits and punctuation marks of ASCII. Default: the
   * payload's value that `x-ordering` names. On a standard queue it makes the queue fair between groups; its default
   * there is what `x-fairness` names.
   */
  readonly groupId?: string | undefined;
  /** Deduplication id on a FIFO topic or queue, of the same characters as `groupId`. Default: the event's id. */
  readonly deduplicationId?: string | undefined;
  /** False sends the payload without checking it. Default: true. */
  readonly validate?: boolean | undefined;
}
