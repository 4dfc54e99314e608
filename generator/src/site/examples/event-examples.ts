import type { MessageDocs } from '../../model/documentation/documentation.ts';
import type { MessageType } from '../../model/event-model.ts';
import { type Lookup, lookupIn } from '../../model/schema/in-place.ts';
import { canonicalText } from '../../model/schema/json.ts';
import { prettyJson } from '../pretty-json.ts';
import type { EventExample } from '../site-model.ts';
import { largestPayload, smallestPayload } from './sampled-payloads.ts';
import { isAccepted } from './search.ts';

/**
 * The examples of a message that are valid, then the smallest and the largest valid payload that can be made. Each
 * payload stands once. The verdict is that of the model, which is Ajv's.
 */
export function eventExamples(message: MessageType, docs: MessageDocs): readonly EventExample[] {
  const search = { lookup: lookupIn(message.payload) };
  const seen = new Set<string>();
  const isNew = ({ payload, origin }: Drafted): boolean => {
    const text = canonicalText(payload);
    // What was made was accepted already.
    const isKnown = seen.has(text) || (origin === 'spec' && !isAccepted(payload, [message.payload], search));
    seen.add(text);
    return !isKnown;
  };
  return [...fromSpec(message, docs).filter(isNew), ...made(message, search.lookup).filter(isNew)].map(finish);
}

type Drafted = Pick<EventExample, 'anchor' | 'title' | 'summary' | 'origin' | 'payload'>;

function fromSpec({ examples }: MessageType, docs: MessageDocs): readonly Drafted[] {
  return examples.map((payload, index) => ({
    anchor: `example-${index + 1}`,
    title: docs.examples[index]?.name ?? `Example ${index + 1}`,
    summary: docs.examples[index]?.summary ?? null,
    origin: 'spec',
    payload,
  }));
}

function made(message: MessageType, lookup: Lookup): readonly Drafted[] {
  const smallest = smallestPayload(message, lookup);
  const largest = largestPayload(message, lookup);
  return [
    ...(smallest === null ? [] : [{ ...words.smallest, payload: smallest.value }]),
    ...(largest === null ? [] : [{ ...words.largest, payload: largest.value }]),
  ];
}

const words = {
  smallest: {
    anchor: 'example-smallest',
    title: 'Smallest',
    summary: 'Made from the schema: only what is required, as short as it may be.',
    origin: 'smallest',
  },
  largest: {
    anchor: 'example-largest',
    title: 'Largest',
    summary: 'Made from the schema: every field filled in, lists with several elements.',
    origin: 'largest',
  },
} as const;

/** Examples stand in a narrow column beside the fields. */
const columns = 44;

function finish(drafted: Drafted): EventExample {
  const compact = JSON.stringify(drafted.payload);
  return { ...drafted, json: prettyJson(drafted.payload, columns), bytes: Buffer.byteLength(compact) };
}
