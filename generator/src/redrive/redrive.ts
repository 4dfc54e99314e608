import { type Consumer, type DeadLetterReading, readDeadLetter } from '@eventloom/engine';
import type { RedriveAws, StandingMessage } from './aws.ts';
import { keepId } from './keep-id.ts';
import type { Link } from './links.ts';
import { readLetters, type Unseen } from './read-letters.ts';
import { sendingBack } from './send-back.ts';
import { isFifo } from './target.ts';

/** What to bring back. */
export interface RedriveOptions {
  readonly consumer: Pick<Consumer, 'delivery' | 'routes'>;
  /** Changes nothing: every message is shown again. */
  readonly dryRun: boolean;
  /** Messages at most. */
  readonly maximum: number;
  /** Only messages with this code; null takes all. */
  readonly code: string | null;
  /** When the run began, in milliseconds since 1970: what comes later may be what the run itself brought back. */
  readonly startedAt: number;
}

/** What happened to one message. */
export interface RedrivenMessage {
  readonly messageId: string;
  readonly event: string | null;
  readonly kind: DeadLetterReading['kind'];
  readonly code: string;
  readonly reason: string;
  /**
   * `redriven` it was sent back and deleted;
   * `duplicated` it was sent back, but could not be deleted: it will be sent again;
   * `wouldRedrive` a dry run;
   * `unreadable` and `failed` it stays, the first for ever, the second because AWS refused it or because it does not
   * tell where it belongs; a dry run finds only the latter.
   */
  readonly outcome: 'redriven' | 'duplicated' | 'wouldRedrive' | 'unreadable' | 'failed';
  /** What AWS said, or what is not known; empty unless `duplicated` or `failed`. */
  readonly error: string;
}

/** What a run over one dead-letter queue has done. */
export interface RedriveRun {
  readonly messages: readonly RedrivenMessage[];
  /** What may stand there still, unseen; nothing when the run ended at its maximum. */
  readonly unseen: Unseen;
}

/**
 * Brings the messages of a dead-letter queue back. A message is deleted only after AWS has accepted it at its target,
 * so none is lost; one whose deletion fails comes twice. Messages that stay are shown again at the end.
 *
 * Ends when a receive is empty: whatever stays is hidden until then. Rejects when receiving fails.
 */
export async function redrive(aws: RedriveAws, link: Link, options: RedriveOptions): Promise<RedriveRun> {
  const messages: RedrivenMessage[] = [];
  const stoppedGroups = new Set<string>();
  const reader = readLetters(aws.queues, link.deadLetterQueueUrl);
  try {
    while (messages.length < options.maximum) {
      const letters = await reader.next();
      if (letters === null) return { messages, unseen: reader.unseen() };
      for (const letter of letters) {
        if (messages.length >= options.maximum || letter.sentAt > options.startedAt) continue;
        const one = await bringBack(aws, link, options, letter, stoppedGroups);
        if (one === null) continue;
        messages.push(one);
        if (one.outcome === 'redriven') reader.forget(letter.id);
      }
    }
    return { messages, unseen: { blockedGroups: [], isQuotaReached: false } };
  } finally {
    await reader.close();
  }
}

/** Null for a message that was not asked for, or that must not overtake one of its group. */
async function bringBack(
  aws: RedriveAws,
  link: Link,
  options: RedriveOptions,
  message: StandingMessage,
  stoppedGroups: Set<string>,
): Promise<RedrivenMessage | null> {
  const { kind, code, reason, event, back } = readDeadLetter(message, options.consumer);
  if (options.code !== null && options.code !== code) return null;
  if (message.groupId !== undefined && isFifo(link.deadLetterQueueUrl) && stoppedGroups.has(message.groupId))
    return null;
  const told = { messageId: message.id, event, kind, code, reason, error: '' };
  if (back === null) return { ...told, outcome: 'unreadable' };
  try {
    const kept = back.to === 'queue' ? keepId({ letter: message, back, routes: options.consumer.routes }) : back;
    const send = sendingBack(aws, link.target, { letter: message, event, back: kept });
    if (options.dryRun) return { ...told, outcome: 'wouldRedrive' };
    await send();
  } catch (error) {
    if (message.groupId !== undefined) stoppedGroups.add(message.groupId);
    return { ...told, outcome: 'failed', error: messageOf(error) };
  }
  try {
    await aws.queues.remove(link.deadLetterQueueUrl, message.receipt);
    return { ...told, outcome: 'redriven' };
  } catch (error) {
    return { ...told, outcome: 'duplicated', error: messageOf(error) };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
