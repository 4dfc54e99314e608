import type { Interceptor, WireCall, WireInput } from '../../wire/call.ts';
import { messageAttributes, optionalText, structures } from '../../wire/input.ts';

/** An event that the handler has published, and AWS accepted. */
export interface PublishedByHandler {
  readonly name: string;
  /** EventBridge `source`; empty on topics and queues, whose messages do not tell. */
  readonly source: string;
  readonly payload: unknown;
  /** `EventId`, or the attribute `id`. */
  readonly id: string;
  /** Message attributes; empty on a bus. */
  readonly attributes: Readonly<Record<string, string>>;
  /** `Resources` of the entry; empty on topics and queues. */
  readonly resources: readonly string[];
}

/** Writes down what functions publish. What they send to their dead-letter queue does not count. */
export function recordPublished(published: PublishedByHandler[]): Interceptor {
  return async (call, next) => {
    const answer = await next(call);
    if (call.caller.kind === 'function') published.push(...publishedBy(call, answer));
    return answer;
  };
}

function publishedBy({ operation, input, caller }: WireCall, answer: unknown): readonly PublishedByHandler[] {
  switch (operation) {
    case 'PutEvents':
      return fromBus(structures(input, 'Entries'), (answer as { readonly Entries: readonly EntryAnswer[] }).Entries);
    case 'Publish':
      return [fromMessage(input, 'Message')];
    case 'PublishBatch':
      return accepted(structures(input, 'PublishBatchRequestEntries'), answer).map((one) =>
        fromMessage(one, 'Message'),
      );
    case 'SendMessage':
    case 'SendMessageBatch': {
      const isDead = caller.kind === 'function' && input.QueueUrl === caller.function.deadLetterQueue.url;
      if (isDead) return [];
      const sent = operation === 'SendMessage' ? [input] : accepted(structures(input, 'Entries'), answer);
      return sent.map((one) => fromMessage(one, 'MessageBody'));
    }
    default:
      return [];
  }
}

interface EntryAnswer {
  readonly EventId?: string;
}

function fromBus(entries: readonly WireInput[], answers: readonly EntryAnswer[]): readonly PublishedByHandler[] {
  return entries.flatMap((entry, index) => {
    const id = answers[index]?.EventId;
    if (id === undefined) return [];
    const resources = Array.isArray(entry.Resources) ? entry.Resources.map(String) : [];
    const name = optionalText(entry, 'DetailType') ?? '';
    const source = optionalText(entry, 'Source') ?? '';
    return [{ id, name, source, payload: read(optionalText(entry, 'Detail')), attributes: {}, resources }];
  });
}

/** The entries of a batch that were not refused. */
function accepted(entries: readonly WireInput[], answer: unknown): readonly WireInput[] {
  const { Failed = [] } = answer as { readonly Failed?: readonly { readonly Id?: string }[] };
  const refused = new Set(Failed.map(({ Id }) => Id));
  return entries.filter(({ Id }) => !refused.has(Id as string));
}

function fromMessage(input: WireInput, body: string): PublishedByHandler {
  const found = [...messageAttributes(input)].map(([name, { stringValue }]) => [name, stringValue ?? ''] as const);
  const attributes = Object.fromEntries(found);
  const { type = '', id = '' } = attributes;
  return { name: type, source: '', id, payload: read(optionalText(input, body)), attributes, resources: [] };
}

function read(json: string | null): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return json;
  }
}
