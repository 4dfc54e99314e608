import { type Consumer, type DeadLetterReading, readDeadLetter } from '@eventloom/engine';
import type { RedriveAws, StandingMessage } from './aws.ts';
import type { Link } from './links.ts';
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

/** Long enough for the slowest run over ten messages, short enough to wait for when a run was killed. */
const hiddenSeconds = 120;

/**
 * Brings the messages of a dead-letter queue back. A message is deleted only after AWS has accepted it at its target,
 * so none is lost; one whose deletion fails comes twice. Messages that stay are shown again at the end.
 *
 * Ends when a receive is empty or brings only what was seen before. Rejects when receiving fails.
 */
export async function redrive(
  aws: RedriveAws,
  link: Link,
  options: RedriveOptions,
): Promise<readonly RedrivenMessage[]> {
  const told: RedrivenMessage[] = [];
  const left = new Map<string, string>();
  const seen = new Set<string>();
  const stoppedGroups = new Set<string>();
  try {
    while (told.length < options.maximum) {
      const received = await aws.queues.receive(link.deadLetterQueueUrl, hiddenSeconds);
      for (const { id, receipt } of received) left.set(id, receipt);
      const fresh = received.filter(({ id }) => !seen.has(id));
      if (fresh.length === 0) break;
      for (const message of fresh) {
        seen.add(message.id);
        if (told.length >= options.maximum || message.sentAt > options.startedAt) continue;
        const one = await bringBack(aws, link, options, message, stoppedGroups);
        if (one === null) continue;
        told.push(one);
        if (one.outcome === 'redriven') left.delete(message.id);
      }
    }
  } finally {
    // What cannot be shown again now shows itself when its time is over.
    const release = async (receipt: string) => aws.queues.release(link.deadLetterQueueUrl, receipt).catch(() => {});
    for (const receipt of left.values()) await release(receipt);
  }
  return told;
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
    const send = sendingBack(aws, link.target, { messageId: message.id, event, back });
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
