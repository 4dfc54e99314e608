import { editDistance } from '@eventloom/engine';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { report } from './diagnostics/report.ts';
import type { EventModel } from './model/event-model.ts';
import { type QueueIdentities, queueIdentities } from './model/infrastructure/queue-identities.ts';
import { toTopology } from './model/to-topology.ts';
import { quote } from './model/wording.ts';

/**
 * Warns of every queue of the output as it was before that the spec has no more, or has as another queue: deploying
 * deletes it with what is on it.
 */
export function replacedQueues(model: EventModel, before: QueueIdentities): readonly Diagnostic[] {
  const now = queueIdentities(toTopology(model));
  const kept = new Set(Object.values(now).flat());
  return Object.entries(before).flatMap(([key, identities]) => {
    const lost = identities.filter((identity) => !kept.has(identity));
    if (lost.length === 0) return [];
    return Object.hasOwn(now, key) ? [replaced(model, key, lost)] : [gone(model, key, lost, { before, now })];
  });
}

function replaced(model: EventModel, key: string, lost: readonly string[]): Diagnostic {
  const message = `${subject(key)} is wired so that it has another queue or none: deploying deletes ${what(key, lost)}, with the messages on it.`;
  return report('queue-replaced', originOf(model, key), message, drain(key));
}

function gone(
  model: EventModel,
  key: string,
  lost: readonly string[],
  { before, now }: { readonly before: QueueIdentities; readonly now: QueueIdentities },
): Diagnostic {
  const message = `${subject(key)} is gone: deploying deletes ${what(key, lost)}, with the messages on it.`;
  const fresh = Object.keys(now).filter((other) => !Object.hasOwn(before, other) && scopeOf(other) === scopeOf(key));
  const [candidate] = fresh.sort((a, b) => editDistance(key, a) - editDistance(key, b) || (a < b ? -1 : 1));
  if (candidate === undefined) return report('queue-replaced', model.spec.origin, message, drain(key));
  const renamed = `If it is ${quote(nameOf(candidate))} now, ${keeping(key)}`;
  return report('queue-replaced', originOf(model, candidate), message, `${renamed} Otherwise: ${drain(key)}`);
}

function keeping(key: string): string {
  switch (kindOf(key)) {
    case 'channel':
      return 'keep the key of the channel and the name of its queue.';
    case 'ingress':
      return 'keep the key of the operation.';
    case 'consumer':
      return `it keeps its queue with \`x-consumer: ${key.slice(key.indexOf('/') + 1)}\` on that operation.`;
  }
}

function drain(key: string): string {
  const redrive =
    kindOf(key) === 'consumer'
      ? ` Bring dead letters back first: \`eventloom redrive ${key}\`, with the spec as it was.`
      : '';
  return `Deploy when nothing is published and the queue is empty.${redrive}`;
}

function what(key: string, lost: readonly string[]): string {
  if (kindOf(key) === 'channel') return 'the queue and its dead-letter queue';
  const hasDeadLetters = lost.some((identity) => identity.includes('/DeadLetterQueue'));
  const own = lost.length > 1 || !hasDeadLetters ? ['its queue'] : [];
  return [...own, ...(hasDeadLetters ? ['its dead-letter queue'] : [])].join(' and ');
}

function subject(key: string): string {
  const name = quote(nameOf(key));
  return {
    channel: `The queue of channel ${name}`,
    ingress: `The ingress of operation ${name}`,
    consumer: `Consumer ${name}`,
  }[kindOf(key)];
}

function kindOf(key: string): 'channel' | 'ingress' | 'consumer' {
  if (key.startsWith('queue:')) return 'channel';
  return key.startsWith('ingress:') ? 'ingress' : 'consumer';
}

/** Those with another scope are not the same under another name. */
function scopeOf(key: string): string {
  return kindOf(key) === 'consumer' ? key.slice(0, key.indexOf('/')) : kindOf(key);
}

function nameOf(key: string): string {
  return key.replace(/^(queue|ingress):/, '');
}

/** Where the consumer is written; what is found nowhere is about the document. */
function originOf({ system, spec }: EventModel, key: string): Diagnostic['origin'] {
  const consumers = system.services.flatMap((service) => service.consumers);
  return consumers.find(({ wiring }) => wiring.key === key)?.origin ?? spec.origin;
}
