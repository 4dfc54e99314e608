import { createHash } from 'node:crypto';
import { limits } from '@eventloom/engine';
import type { Content } from './content.ts';
import type { Deduplication } from './world.ts';

/** The deduplication id of a message on a FIFO topic or queue: the given one, else the SHA-256 of its body. */
export function deduplicationIdOf(content: Content, given: string | null): string {
  return given ?? createHash('sha256').update(content.body).digest('hex');
}

/** What was accepted under this id within the deduplication window; undefined when nothing was. */
export function findDuplicate(
  recent: Deduplication,
  id: string,
  now: number,
): { readonly messageId: string; readonly sequence: number } | undefined {
  const oldest = now - limits.deduplicationSeconds.value * 1000;
  for (const [key, { at }] of recent) {
    if (at > oldest) break;
    recent.delete(key);
  }
  return recent.get(id);
}
